"""How urgent a matter is: what is happening, and what could only happen."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.acts import Urgency
from bot.text.grievances.happening import ended_well, is_feared, is_harmless, is_past
from bot.text.grievances.stretches import Stretch
from bot.text.lexicon.frames import Match
from bot.text.lexicon.patterns import patterns

_P = patterns("grievances")
_NEAR = 6  # characters before a loss in which it is said what is lost


def urgency_of(stretch: Stretch, *, likely: bool) -> Urgency:
    """likely: the evidence suffices to take an emergency as told in earnest."""
    levels = {match.frame.urgency for match in stretch.matches}
    if Urgency.EMERGENCY in levels and likely and not _only_feared(stretch):
        return Urgency.EMERGENCY
    return Urgency.URGENT if Urgency.URGENT in levels else Urgency.NORMAL


def _only_feared(stretch: Stretch) -> bool:
    """No emergency of the stretch is happening now."""
    return not any(
        match.frame.urgency == Urgency.EMERGENCY
        and not any(excuse(stretch, match) for excuse in NOT_NOW)
        for match in stretch.matches
    )


def happened_before(stretch: Stretch, match: Match) -> bool:
    """夹住过两回: it has happened before, not now."""
    return _P["happened_before"].match(stretch.reading.text, match.words[0][1]) is not None


def no_person_lost(stretch: Stretch, match: Match) -> bool:
    """What is lost, or has fallen in, is an animal or a thing."""
    text = stretch.reading.text
    if _P["lost"].search(text, match.start, match.end) is None:
        return False
    end = max(0, match.start - _NEAR)
    for start, next_end in match.words:
        if _P["lost"].search(text, start, next_end) and _P["thing_lost"].search(text, end, start):
            return True
        end = next_end
    near = text[max(0, match.start - 10) : match.words[0][1]]
    return _P["animal_or_thing"].search(near) is not None and _P["person"].search(near) is None


def past_or_in_bed(stretch: Stretch, match: Match) -> bool:
    """Somebody lies ill at home or in hospital, or it was last year."""
    near = stretch.reading.text[max(0, match.start - 6) : match.end + 6]
    return _P["past_or_in_bed"].search(near) is not None


def not_happening(stretch: Stretch, match: Match) -> bool:
    """Long ago, over, or only feared."""
    return any(holds(stretch.reading, match) for holds in (is_feared, is_past, ended_well, is_harmless))


NOT_NOW: tuple[Callable[[Stretch, Match], bool], ...] = (
    happened_before,
    no_person_lost,
    past_or_in_bed,
    not_happening,
)
