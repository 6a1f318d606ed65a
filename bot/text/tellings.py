"""Where a message of several sentences goes over to something else: 巷口的灯三天没亮了。二小子考上一中了!

Each of the things told is read as a message of its own: what stands beside it neither makes nor hides it.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise

from bot.domain.acts import Category
from bot.text.clauses import items
from bot.text.lexicon import load
from bot.text.notes import Place
from bot.text.opinion import Opinion
from bot.text.reading import Reading
from bot.text.signs import Beside

_WEIGHING: dict[str, float] = load("weighing")["tellings"]
_WORDS: dict[str, str] = load("tellings")
_SAID_OFTEN = frozenset(_WORDS["said_often"])
_SUMS_UP, _OPENER = re.compile(_WORDS["sums_up"]), re.compile(_WORDS["opener"])
_OPENED = re.compile(f"(?<=[, ]){_OPENER.pattern}")
_MAY_GO_OVER = re.compile(rf"[。!?;\n…].|[.~]{{2}}.|{_OPENED.pattern}")
_LONGEST = 300  # characters; a longer message is a letter, and has one concern
_SHORTEST = 4  # of a sentence that begins to tell something


def tellings(reading: Reading) -> list[str]:
    """What the message tells one after another, each as written; a list is told as one."""
    text, plain = reading.text, reading.plain
    if len(text) > _LONGEST or not _MAY_GO_OVER.search(text) or items(text):
        return [plain.source]
    told = [(0, 0)]
    for (_, end), (start, stop) in pairwise(_stretches(reading)):
        begin, _ = told[-1]
        if stop - start >= _SHORTEST and _goes_over(reading, (begin, end), (start, stop)):
            opener = _OPENER.match(text, start)
            told[-1] = (begin, start)
            told.append((opener.end() if opener else start, 0))
    told[-1] = (told[-1][0], len(text))
    return [plain.source[plain.origin[start] : plain.origin[end - 1] + 1] for start, end in told]


def _stretches(reading: Reading) -> list[Place]:
    """The sentences, each cut where a clause of it opens with 另外 or the like."""
    out: list[Place] = []
    for start, end in reading.clauses.sentences():
        cuts = [found.start() for found in _OPENED.finditer(reading.text, start + 1, end)]
        out += pairwise([start, *cuts, end])
    return out


def _goes_over(reading: Reading, before: Place, after: Place) -> bool:
    """Whether a stretch is about something else than what was told before it."""
    told, words = reading.text[slice(*before)], reading.text[slice(*after)]
    if _SUMS_UP.match(words):
        return False
    opener = _OPENER.match(words)
    least = _WEIGHING["least_opened" if opener else "least"]
    if opener:
        words = words[opener.end() :]
    if len(words) < _SHORTEST or _odds(told, words, Beside(reading.message.speaker)) < least:
        return False
    return _named(reading, before).isdisjoint(_named(reading, after))


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
