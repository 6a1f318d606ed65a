"""Takes out of a text what tells who somebody is: names, numbers and addresses; what is told stays."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from bot.text.lexicon import load
from bot.text.names import NameKind, names, sure_surname
from bot.text.normalise import normalise

_HALF_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)}
_SHORTEST = 2  # characters of a known name: one alone is in every other word


def mask_personal(text: str, known: Collection[str] = ()) -> str:
    """`text` without names, numbers and addresses.

    Args:
        known: names and addresses that may stand in it, of people and households.
    """
    plain = normalise(text)
    spans = [*_numbers(text)]
    for start, end, instead in _named(plain.text, [one for one in known if len(one) >= _SHORTEST]):
        spans.append((plain.origin[start], plain.origin[end - 1] + 1, instead))
    masked, done = "", 0
    for start, end, instead in sorted(spans):
        if start >= done:
            masked += text[done:start] + instead
            done = end
    return masked + text[done:]


def _numbers(text: str) -> Iterator[tuple[int, int, str]]:
    # Digits of full width are one character each, as those of half width are.
    for found in _pattern("numbers").finditer(text.translate(_HALF_WIDTH)):
        yield *found.span(), load("masking")["number"]


def _named(plain: str, known: Collection[str]) -> Iterator[tuple[int, int, str]]:
    words = load("masking")
    for found in _pattern("addresses").finditer(plain):
        yield *found.span(), words["address"]
    for one in known:
        kind = "address" if any(char.isdigit() for char in one) else "person"
        for found in re.finditer(re.escape(normalise(one).text), plain):
            yield *found.span(), words[kind]
    for name in names(plain, known):
        yield name.start, name.end, words["person" if name.kind is NameKind.PERSON else "address"]
    for found in re.finditer(words["before_names"], plain):
        if sure_surname(found["name"][0]):
            yield *found.span("name"), words["person"]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(load("masking")[name]))
