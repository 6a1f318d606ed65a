"""Where dictated text would have its marks: 今天跑了三家王大爷家漏雨 is heard with a pause behind 三家.

Whoever dictates, or never types a mark, leaves it to the reader where a clause ends. The model has learned
from the marks of other messages what they stand behind and before (see `opinion`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from bot.text.lanes import columns
from bot.text.lexicon import load
from bot.text.normalise import PHONE, Plain
from bot.text.opinion import PAUSES, SCALE, Weights, shipped
from bot.text.signs import in_place

_WEIGHING: dict[str, float] = load("weighing")["pauses"]
_SHORTEST = 13  # characters; a shorter message is one clause, or says so
_AROUND = r"[^\w。!?;…]*"  # a flower or a blank at either end parts nothing
_UNMARKED = re.compile(rf"{_AROUND}[\w{PHONE}]{{{_SHORTEST},}}{_AROUND}")
_LONG = 16  # characters that few say in one breath
FEWEST = 2  # characters between two pauses
_IN_DATE = re.compile("(?<=[年月])(?=[0-9一二三四五六七八九十]{1,3}[月日号])")  # nobody pauses there


def lacks_marks(text: str) -> bool:
    """Whether a plain text is long enough for several clauses, and nothing parts them."""
    return _UNMARKED.fullmatch(text) is not None


def with_pauses(plain: Plain) -> Plain:
    """The text with a comma wherever somebody reading it aloud would pause.

    A comma stands for the place of the character before it.
    """
    text, origin = plain.text, plain.origin
    odds = pause_odds(text, shipped())
    for date in _IN_DATE.finditer(text):
        odds[date.start()] = -math.inf
    stretches = list(_stretches(odds, 0, len(text)))
    places = [place for start, end in stretches for place in (*origin[start:end], origin[end - 1])]
    return Plain(",".join(text[start:end] for start, end in stretches), plain.source, places[:-1])


def _stretches(odds: Sequence[float], start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands between pauses, parted at the likeliest place as long as that is likely enough."""
    least = _WEIGHING["least_in_long" if end - start > _LONG else "least"]
    place = max(range(start + FEWEST, end - FEWEST + 1), key=odds.__getitem__, default=start)
    if place == start or odds[place] < least:
        yield start, end
    else:
        yield from _stretches(odds, start, place)
        yield from _stretches(odds, place, end)


def pause_odds(text: str, weights: Weights) -> list[float]:
    """For each place of a plain text, before its first character to after its last, how likely a pause is.

    Natural logarithms of odds, by the n-grams that end there and begin there, and the pair around it.
    """
    array, bias = weights.arrays[PAUSES], sum(weights.biases[PAUSES])
    framed = in_place(text)
    weighed = [0] * (len(framed) + 1)
    for sign, start, end in weights.standing(framed):
        behind, before, around = columns(array[sign])
        weighed[end] += behind
        weighed[start] += before
        if end - start == 2:
            weighed[start + 1] += around
    return [bias + weight / SCALE for weight in weighed[1:-1]]
