"""Households away: "王福来一家出门打工了，年底回来", "周大山家外出到12月31日", and back: "王福来家回来了"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bot.text.coming import coming_day, coming_stretch
from bot.text.lexicon import load
from bot.text.normalise import normalise
from bot.text.numbers import read_numeral


@dataclass(frozen=True, slots=True)
class AwayTold:
    """What a sentence tells of households being away.

    names: as written; empty: the speaker's own. back: they are at home again, and no days are given.
    whole: it is said of the whole household, and not of one who lives there.
    last: the last day away; null: not said.
    """

    names: tuple[str, ...]
    back: bool
    whole: bool
    first: date
    last: date | None = None


_SENTENCE = re.compile(r"[^。!;\n]+[。!;\n]?")
_AND = re.compile("[、和跟与及]|还有")


def read_away(text: str, today: date) -> tuple[AwayTold, ...]:
    """What a message tells of households being away or back; empty when it tells nothing of it."""
    plain = normalise(text).text
    if not _pattern("prefilter").search(plain):
        return ()
    found = (_read(sentence[0].strip("。!;\n "), today) for sentence in _SENTENCE.finditer(plain))
    return tuple(told for told in found if told is not None)


def _read(sentence: str, today: date) -> AwayTold | None:
    if _pattern("void").search(sentence):
        return None
    for shape, back in ((_back(), True), (_gone(), False)):
        for start in _clause_starts(sentence):
            found = shape.match(sentence, start)
            if found is None or _pattern("some").search(found["who"]):
                continue
            names = () if _pattern("own").search(found["who"]) else tuple(_AND.split(found["who"]))
            if not all(names):
                continue
            whole = found["whole"] is not None or not names
            if back:
                return AwayTold(names, True, whole, today)
            behind = sentence[found.end("whole") if found["whole"] else found.end("who") :]
            if _pattern("moved").search(behind) and not _pattern("returns").search(behind):
                continue
            first, last = _days(behind, today)
            return AwayTold(names, False, whole, first, last)
    return None


def _clause_starts(sentence: str) -> list[int]:
    return [0, *(comma.end() for comma in re.finditer("[,:]", sentence))]


def _days(rest: str, today: date) -> tuple[date, date | None]:
    """From when until when, by the words behind the name; null: the end is not said."""
    if _pattern("next_month").search(rest):
        return today, date(today.year, today.month, monthrange(today.year, today.month)[1])
    named = _pattern("long_ends").search(rest)
    if named is not None:
        month = read_numeral(named["month"]) or 0
        return today, date(today.year + 1, month, 1) - timedelta(days=1) if 1 <= month <= 12 else None
    if _pattern("open_end").search(rest):
        return today, None
    first, begins = today, coming_day(rest, today)
    if begins is not None and (begins.day == today or re.match("起|开始|以后|之后", rest[begins.end :])):
        first, rest = max(begins.day, today), rest[begins.end :]
    stretch = coming_stretch(rest, today)
    if stretch is None or stretch.last < first:
        return first, None
    # A single day is the one on which they come back.
    return (max(stretch.first, first) if stretch.last > stretch.first else first), stretch.last


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(load("away")[key])


@cache
def _gone() -> re.Pattern[str]:
    words = load("away")
    return re.compile("".join(words[part] for part in ("before", "who", "whole", "between", "gone")))


@cache
def _back() -> re.Pattern[str]:
    words = load("away")
    return re.compile("".join(words[part] for part in ("before", "who", "whole", "back")) + "(?:[,。!]|$)")
