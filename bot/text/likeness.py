"""Whether two troubles told are one and the same: the same thing, at the same place, not of two houses.

A question that asks people about two things which are not the same costs more trust than a question
that is not asked: what speaks against it (another place, another group, another family) weighs more
than words in common.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from bot.text.lexicon import load
from bot.text.normalise import normalise
from bot.text.things import Places, asks_for_new, places_in, things_in

ALIKE = 0.7
"""From this likeness on it is worth asking whether two are the same."""

_SAME_THING = 0.6
_SAME_PLACE, _ONE_PLACE, _NO_PLACE, _OTHER_PLACE = 0.3, 0.1, 0.2, -0.1
_OTHER_HOUSE, _OTHER_GROUP, _ONE_IS_A_WISH, _WORDS = -0.3, -0.3, -0.3, 0.1
_WORDS_ALONE = 0.8  # of 1: words in common from which two count as alike that name no known thing
_LONGEST_ALSO = 24  # characters
_NOT_CHINESE = re.compile(r"[^一-鿿0-9]+")


@dataclass(frozen=True, slots=True)
class Told:
    """A trouble as it was told.

    about: the household or person named; null: the teller's own or everybody's.
    household, group: keys of those that it belongs to; null: not known.
    """

    text: str
    about: str | None = None
    household: int | None = None
    group: int | None = None


def likeness(one: Told, other: Told) -> float:
    """How much speaks for two troubles being the same: from 0, `ALIKE` is worth a question."""
    here, there = things_in(one.text), things_in(other.text)
    same_house = _same_house(one, other)
    common = set(here) & set(there)
    if common:
        if not same_house and not any(thing.shared for thing in common):
            return 0.0
        score = _SAME_THING
    elif here or there or same_house is False or _words_in_common(one.text, other.text) < _WORDS_ALONE:
        return 0.0
    else:
        score = _SAME_THING
    place = _place(places_in(one.text), places_in(other.text))
    if place is None:
        return 0.0
    score += place + _WORDS * _words_in_common(one.text, other.text)
    if place != _SAME_PLACE and None not in (one.group, other.group) and one.group != other.group:
        score += _OTHER_GROUP  # a spot named is the village's, whoever passes it
    if one.about is not None and other.about is not None and not same_house:
        score += _OTHER_HOUSE
    if asks_for_new(one.text) != asks_for_new(other.text):
        score += _ONE_IS_A_WISH
    return max(0.0, min(1.0, score))


def says_also(text: str) -> bool:
    """Whether the whole message says that it is the same at the writer's ("俺家也是", "+1")."""
    plain = normalise(text).text.strip(" 。!！.，,~\n")
    return 0 < len(plain) <= _LONGEST_ALSO and _also().fullmatch(plain) is not None


def _same_house(one: Told, other: Told) -> bool | None:
    """Whether both are about the same household; null when that is not known."""
    if one.about is not None and one.about == other.about:
        return True
    if one.household is not None and other.household is not None:
        return one.household == other.household
    return False if one.about is not None and other.about is not None else None


def _place(one: Places, other: Places) -> float | None:
    """What the places say; null when they are different ones for sure."""
    kinds = one.of_kind.keys() & other.of_kind.keys()
    if any(not one.of_kind[kind] & other.of_kind[kind] for kind in kinds):
        return None
    if one.spots and other.spots and not one.spots & other.spots:
        return None
    if kinds or one.spots & other.spots:
        return _SAME_PLACE
    if one and other:
        return _OTHER_PLACE
    return _ONE_PLACE if one or other else _NO_PLACE


def _words_in_common(one: str, other: str) -> float:
    """From 0 to 1, by pairs of characters, whatever their order."""
    return fuzz.token_set_ratio(_pairs(one), _pairs(other)) / 100


def _pairs(text: str) -> str:
    runs = _NOT_CHINESE.split(normalise(text).text)
    return " ".join(run[i : i + 2] for run in runs for i in range(len(run) - 1))


@cache
def _also() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{frame})" for frame in load("things")["also"]["frames"]))
