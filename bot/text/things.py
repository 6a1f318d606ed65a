"""What a trouble is about and where: the thing named in it (路灯), and the places (村口, 二组)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from bot.domain.acts import Category
from bot.text.lexicon import load
from bot.text.normalise import normalise


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be out of order.

    shared: one for many households; else every house has its own.
    settled: what its reporter is asked, without the question's last word ("路灯亮了").
    """

    name: str
    shared: bool
    settled: str


@dataclass(frozen=True, slots=True)
class Places:
    """Where it is, as far as a text says: spots (桥头), and by kind what is numbered or named (组: 2)."""

    spots: frozenset[str] = frozenset()
    of_kind: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.spots or self.of_kind)


@lru_cache(maxsize=4096)
def things_in(text: str) -> tuple[Thing, ...]:
    """The things that a text names, in the order in which it names them."""
    pattern, things = _things()
    found = (things[each[0]] for each in pattern.finditer(normalise(text).text))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def places_in(text: str) -> Places:
    """The places that a text names."""
    plain = normalise(text).text
    words = load("things")["places"]
    spots = {names[0] for names in _spots() if any(name in plain for name in names)}
    of_kind: dict[str, set[str]] = {}
    for found in re.finditer(words["numbered"], plain):
        of_kind.setdefault(found["kind"], set()).add(found["number"].translate(_DIGITS))
    for found in re.finditer(words["named"], plain):
        if found["name"] not in words["not_named"]:
            of_kind.setdefault(found["kind"], set()).add(found["name"])
    return Places(frozenset(spots), {kind: frozenset(names) for kind, names in of_kind.items()})


def asks_for_new(text: str) -> bool:
    """Whether it asks for something that is not there yet."""
    return any(word in text for word in load("things")["wishes"]["words"])


def settled_words(text: str, category: Category) -> str:
    """What the reporter of a trouble is asked, without the last word of the question ("水管修好了")."""
    things = things_in(text)
    if things and category is not Category.DISCIPLINE:
        return things[0].settled
    return str(load("things")["category"][category])


_DIGITS = str.maketrans("一二三四五六七八九", "123456789")


@cache
def _spots() -> list[list[str]]:
    return [line.split() for line in load("things")["places"]["spots"]]


@cache
def _things() -> tuple[re.Pattern[str], dict[str, Thing]]:
    by_word = {
        word: Thing(one["name"], one["shared"], one["settled"])
        for one in load("things")["things"]
        for word in one["words"]
    }
    longest_first = sorted(by_word, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first))), by_word
