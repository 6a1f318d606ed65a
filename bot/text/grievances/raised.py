"""Whether trouble in a report on visits is a matter, or only what a member looked after."""

from __future__ import annotations

from bot.text.grievances.stretches import Stretch
from bot.text.lexicon import load
from bot.text.lexicon.patterns import patterns

_P = patterns("grievances")
_TO_BE_SEEN_TO = 4  # weight of trouble that is told only to have it seen to
_LIKE_A_MATTER: float = load("urgency")["beside_visit"]["plain"]


def is_raised(stretch: Stretch) -> bool:
    """Somebody voices it, or something is plainly broken; faint trouble only where something is asked."""
    if stretch.weight >= _TO_BE_SEEN_TO:
        return True
    asked = stretch.has("ask", "complain")
    if stretch.weight < 2 or (stretch.weight < 3 and not asked):
        return False
    pressing = any(match.frame.urgency for match in stretch.matches)
    if pressing or asked or _P["raised"].search(stretch.text) is not None:
        return True
    if _P["deed"].search(stretch.text):
        return False
    return stretch.opinion_of_trouble.told.matter >= _LIKE_A_MATTER
