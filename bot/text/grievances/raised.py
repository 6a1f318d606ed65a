"""Whether trouble in a report on visits is a matter, or only what a member looked after."""

from __future__ import annotations

from bot.text.grievances.stretches import Stretch
from bot.text.lexicon.patterns import patterns

_P = patterns("grievances")
_TO_BE_SEEN_TO = 4  # weight of trouble that is told only to have it seen to


def is_raised(stretch: Stretch) -> bool:
    """Somebody voices it, or something is plainly broken; faint trouble only where something is asked."""
    if stretch.weight >= _TO_BE_SEEN_TO:
        return True
    asked = stretch.has("ask", "complain")
    if stretch.weight < 2 or (stretch.weight < 3 and not asked):
        return False
    pressing = any(match.frame.urgency for match in stretch.matches)
    return pressing or asked or _P["raised"].search(stretch.text) is not None
