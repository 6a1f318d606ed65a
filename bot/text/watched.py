"""The words that the gates wait for, and a quick look at which of them a text may hold.

A word stands in a text only if its first two characters do (`heads`). Of a text's heads those that begin no
word waited for are left out once, so that each gate afterwards has a few to look at.
"""

from __future__ import annotations

from functools import cache

from bot.domain.acts import ActivityKind
from bot.text.lexicon import Scanner, heads, lexicon

EVENT = frozenset(f"act_{kind.value}" for kind in ActivityKind)
_MENDED = frozenset(("fixed",))
# enough without a household counted or named; the other verbs of visits are not
_VISITING = frozenset(("visit_strong", "all_households"))
_GOING = frozenset(("visit_move", "visit_touch", "phone", "online"))


@cache
def telling() -> Scanner:
    """Words that tell of an event, of mending, or of a matter told before."""
    return lexicon().scanner_of(EVENT | _MENDED | {"matter_word"})


@cache
def visiting() -> Scanner:
    """Words that tell of a visit by themselves."""
    return lexicon().scanner_of(_VISITING)


@cache
def going() -> Scanner:
    """Words that tell of a visit beside a number."""
    return lexicon().scanner_of(_GOING)


def heads_watched(text: str) -> frozenset[str]:
    """The heads of the text with which a word waited for begins."""
    return _all().intersection(heads(text))


@cache
def _all() -> frozenset[str]:
    return frozenset().union(telling().heads, visiting().heads, going().heads, lexicon().heads_of_danger)
