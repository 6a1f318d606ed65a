"""How many homes a list names, beside those whose names are known for names: 宝成屋、改改屋、狗娃屋."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.text.lexicon.patterns import patterns
from bot.text.names import Name
from bot.text.reading import Reading

_P = patterns("visits")


def listed(reading: Reading, start: int, end: int, called: Sequence[Name], households: int) -> int:
    """The number of homes told of between two places, at least `households`.

    called: those named who are households. households: how many they come to by their names alone.
    """
    if not called or _P["counted_otherwise"].search(reading.text, start, end):
        return households
    rows = [_homes(found, called) for found in _P["homes_in_a_row"].finditer(reading.text, start, end)]
    rows += [
        _people(reading, found, called) for found in _P["people_in_a_row"].finditer(reading.text, start, end)
    ]
    most = max((households, *rows))
    if most == households:
        return households + _beside_them(reading, start, end, called, households)
    return most


def _homes(found: re.Match[str], called: Sequence[Name]) -> int:
    """今天走了缪家和荣家: every home of a row with somebody's name in it."""
    if not any(found.start() <= name.start < found.end() for name in called):
        return 0
    homes = [home for home in _P["home_apart"].split(found[0]) if home]
    return 0 if any(_P["no_home"].search(home) for home in homes) else len(set(homes))


def _people(reading: Reading, found: re.Match[str], called: Sequence[Name]) -> int:
    """贝老汉、贝家二小子、明婶: everybody in a row that begins or ends with a name."""
    inside = [name for name in reading.names if found.start() <= name.start < found.end()]
    if not inside or any(name not in called for name in inside):
        return 0
    if _P["row_of_others"].match(reading.text, found.end()):
        return 0
    told = [one for one in _P["person_apart"].split(found[0]) if one]
    named = {name.text for name in inside}
    begins = (at for at, one in enumerate(told) if _ends_with(one, named) or _P["person_ends"].search(one))
    at = next(begins, len(told))
    others = told[at + 1 :]
    if not others or not (_ends_with(told[at], named) or named.intersection(others)):
        return 0
    return 0 if any(_is_no_person(other) for other in others) else len({*others, told[at]})


def _ends_with(one: str, named: set[str]) -> bool:
    return any(one.endswith(name) for name in named)


def _is_no_person(called: str) -> bool:
    return _P["no_person"].search(called) is not None and _P["kin_apart"].search(called) is None


def _beside_them(reading: Reading, start: int, end: int, called: Sequence[Name], households: int) -> int:
    """走了老丁家和他隔壁, 又到老丁他哥家: one more, whom nobody calls by a name."""
    if households != 1:
        return 0
    more = [
        *_P["next_door_too"].finditer(reading.text, start, end),
        *_P["home_of_their_kin"].finditer(reading.text, start, end),
    ]
    first = min(name.start for name in called)
    places = {found.start() for found in more if found.start() > first and not _named(found, called)}
    return min(1, len(places))


def _named(found: re.Match[str], called: Sequence[Name]) -> bool:
    return any(found.start("who") < name.end <= found.end() for name in called)
