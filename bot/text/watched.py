"""The words that the gates wait for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.text.lexicon import Needed, Scanner, heads, lexicon
from bot.text.lexicon.patterns import patterns

# enough without a household counted or named; the other verbs of visits are not
_VISITING = frozenset(("visit_strong", "all_households"))
_P = patterns("visits")
_OF_REPORTS = ("户", "家", "电话")  # one of them stands in whatever reports plainly
_GOING = frozenset(("visit_move", "visit_touch", "phone", "online"))


@cache
def visiting() -> Scanner:
    """Words that tell of a visit by themselves."""
    return lexicon().scanner_of(_VISITING)


@cache
def going() -> Scanner:
    """Words that tell of a visit beside a number."""
    return lexicon().scanner_of(_GOING)


def reports_plainly(text: str) -> bool:
    """Whether a clause tells but so many households visited, or called up, whatever the whole is like."""
    return any(word in text for word in _OF_REPORTS) and _P["plain_report"].search(text) is not None


def may_endanger(text: str) -> bool:
    """Whether what tells of danger to life or limb may stand in a text: most hold no word of it."""
    words, needed = _danger()
    found = words.found(text)
    if not found:
        return False
    known = frozenset(heads(text))
    return any(not any(map(known.isdisjoint, classes)) for word in found for classes in needed[word])


@cache
def _danger() -> tuple[Scanner, Mapping[str, Needed]]:
    needed = lexicon().words_of_danger()
    return Scanner({"danger": needed.keys()}, frozenset(), frozenset()), needed
