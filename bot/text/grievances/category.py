"""What kind of trouble a matter is: the frames found vote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from bot.domain.acts import Category, Urgency
from bot.text.grievances.stretches import Stretch
from bot.text.lexicon import load
from bot.text.lexicon.frames import Match

_LISTS = load("weighing")
_VOTES: dict[str, float] = _LISTS["votes"]
_VOTING: dict[str, float] = _LISTS["voting"]


def votes(stretch: Stretch) -> dict[str, float]:
    """Weight of each category among the frames, and with the model, which reads the whole stretch."""
    out: dict[str, float] = defaultdict(float)
    once = {(match.frame.pattern, match.start): match for match in reversed(stretch.matches)}
    for match in reversed(once.values()):
        out[match.frame.category] += _vote(match)
    trust = _VOTING["opinion"] * sum(out.values())
    for category, share in stretch.opinion.category.items():
        out[category] += trust * share
    return dict(out)


def category_of(stretch: Stretch, urgency: Urgency, counted: Mapping[str, float]) -> Category:
    """The category with most votes, as `counted`; an emergency has one of the frames that tell of danger."""
    among: Collection[str] = counted
    if urgency is Urgency.EMERGENCY:
        among = [match.frame.category for match in stretch.matches if match.frame.urgency == urgency]
    return Category(max(among, key=lambda name: counted[name]))


def _vote(match: Match) -> float:
    if match.frame.vote is not None:
        return match.frame.vote
    factor = _VOTING["urgent"] if match.frame.urgency else 1.0
    place = 1 + _VOTING["later"] * match.start
    return _VOTES[str(match.frame.weight)] * factor / place
