"""Where a message of several sentences goes over to something else: 巷口的灯三天没亮了。二小子考上一中了!

Each of the things told is read as a message of its own: what stands beside it neither makes nor hides it.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import NamedTuple

from bot.domain.acts import Category
from bot.text.clauses import enumeration
from bot.text.lexicon import load
from bot.text.notes import Place
from bot.text.opinion import Opinion
from bot.text.reading import Reading
from bot.text.signs import Beside

_WEIGHING: dict[str, float] = load("weighing")["tellings"]
_WORDS: dict[str, str] = load("tellings")
_SAID_OFTEN = frozenset(_WORDS["said_often"])
_SUMS_UP, _OPENER = re.compile(_WORDS["sums_up"]), re.compile(_WORDS["opener"])
_LISTS_ON = re.compile(_WORDS["lists_on"])
_OPENED = re.compile(f"(?<=[, ]){_OPENER.pattern}")
_MAY_GO_OVER = re.compile(rf"[。!?;\n…].|[.~]{{2}}.|{_OPENED.pattern}")
_LINES = re.compile(r"\n+")
_HEADING = frozenset(":】")  # what ends one
_LONGEST = 300  # characters; a longer message is a letter, and has one concern
_NOT_APART = -math.inf
_SHORTEST = 4  # of a sentence that begins to tell something


class Telling(NamedTuple):
    """What is told at one place of a message.

    text: as written. apart: by how much it is surer than is needed that it goes on with nothing told before,
    in natural logarithms of odds.
    """

    text: str
    apart: float


def tellings(reading: Reading) -> list[Telling]:
    """What the message tells one after another; a list is told as one."""
    text, plain = reading.text, reading.plain
    if len(text) > _LONGEST or not _MAY_GO_OVER.search(text):
        return [Telling(plain.source, 0)]
    told, cuts = [(0, 0.0)], []
    listed, last = enumeration(text) or (len(text), 0)
    for (_, end), (start, stop) in pairwise(_stretches(reading)):
        if listed <= start and (start <= last or _LISTS_ON.match(text, start)):
            continue
        begin, _ = told[-1]
        apart = _apart(reading, (begin, end), (start, stop))
        if apart >= 0:
            opener = _OPENER.match(text, start)
            told.append((opener.end() if opener else start, apart))
            cuts.append(start)
    return [
        Telling(plain.source[plain.origin[start] : plain.origin[end - 1] + 1], apart)
        for (start, apart), end in zip(told, [*cuts, len(text)], strict=True)
    ]


def _stretches(reading: Reading) -> list[Place]:
    """The sentences, each cut where a clause of it opens with 另外 or the like."""
    out: list[Place] = []
    for start, end in reading.clauses.sentences():
        cuts = [found.start() for found in _OPENED.finditer(reading.text, start + 1, end)]
        out += pairwise([start, *cuts, end])
    return out


def _apart(reading: Reading, before: Place, after: Place) -> float:
    """By how much it is surer than needed that a stretch is about something else than what was told."""
    told, words = reading.text[slice(*before)], reading.text[slice(*after)]
    between = reading.text[before[1] - 1 : after[0]]
    if _SUMS_UP.match(words) or not _HEADING.isdisjoint(between):
        return _NOT_APART
    opener = _OPENER.match(words)
    least = _WEIGHING["least_opened" if opener else "least"]
    if "\n" in between and len(_LINES.findall(reading.text)) == 1:  # more lines are those of a form or list
        least -= _WEIGHING["new_line"]
    if opener:
        words = words[opener.end() :]
    if len(words) < _SHORTEST or not _named(reading, before).isdisjoint(_named(reading, after)):
        return _NOT_APART
    return _odds(told, words, Beside(reading.message.speaker)) - least


def _named(reading: Reading, place: Place) -> set[str]:
    """Who is named there: what is told of somebody once more goes on with it."""
    start, end = place
    return {reading.text[name.start : name.end] for name in reading.names if start <= name.start < end}


def _odds(told: str, words: str, beside: Beside) -> float:
    """How likely the words tell something else, as the natural logarithm of odds."""
    before, after = Opinion(told, beside), Opinion(words, beside)
    shared = len(set(told) & set(words) - _SAID_OFTEN) / math.sqrt(len(words))
    return (
        after.begins
        + _WEIGHING["whole"] * before.whole
        - _WEIGHING["alike"] * _alike(before.category, after.category)
        - _WEIGHING["shared"] * shared
    )


def _alike(one: dict[Category, float], other: dict[Category, float]) -> float:
    """How likely both are of one category, if each tells a matter."""
    return sum(share * other[category] for category, share in one.items())
