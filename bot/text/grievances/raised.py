"""Whether trouble in a report on visits is a matter, or only what a member looked after."""

from __future__ import annotations

from bot.text.grievances.stretches import Stretch
from bot.text.lexicon.patterns import patterns

_P = patterns("grievances")


def is_raised(stretch: Stretch) -> bool:
    """Somebody voices it, or something is plainly broken; faint trouble only where something is asked."""
    asked = stretch.has("ask", "complain")
    if stretch.weight < 2 or (stretch.weight < 3 and not asked):
        return False
    pressing = any(match.frame.data.get("urgency") for match in stretch.matches)
    return pressing or asked or _P["raised"].search(stretch.text) is not None
