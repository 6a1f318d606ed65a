"""The words that the gates wait for, and a quick look at which of them a text may hold.

A word stands in a text only if its first two characters do (`heads`). Of a text's heads those that begin no
word waited for are left out once, so that each gate afterwards has a few to look at.
"""

from __future__ import annotations

from functools import cache

from bot.text.lexicon import Scanner, heads, lexicon
from bot.text.opinion import levelled

# enough without a household counted or named; the other verbs of visits are not
_VISITING = frozenset(("visit_strong", "all_households"))
_GOING = frozenset(("visit_move", "visit_touch", "phone", "online"))


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


def heads_among(outline: list[str]) -> frozenset[str]:
    """The same of a text by the model's outline of it; heads that look alike to the model all count."""
    alike = _alike()
    found = alike.keys() & outline
    return frozenset().union(*[alike[sign] for sign in found])


@cache
def _alike() -> dict[str, frozenset[str]]:
    """By what the model sees of them, the heads waited for."""
    out: dict[str, frozenset[str]] = {}
    for head in _all():
        seen = levelled(head)
        out[seen] = out.get(seen, frozenset()) | {head}
    return out


@cache
def _all() -> frozenset[str]:
    return frozenset().union(visiting().heads, going().heads, lexicon().heads_of_danger)
