"""Days as people say them, looking back from the day of the message.

Whoever reports speaks of the past: a bare weekday, day of the month or feast is the latest one that
is not after the day of the message. Words of the days to come are found too, as `future`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.text.date_grammar import expressions
from bot.text.date_readers import READERS, Span

__all__ = ["Day", "Span", "days"]


@dataclass(frozen=True, slots=True)
class Day:
    """A day expression. day: what it comes to; of a stretch the last day, never after the message's.

    start, end: its place in the text. Of `future` ones `day` lies after the message's, where it is exact:
    改天 is given as the next day.
    """

    start: int
    end: int
    day: date
    span: Span
    words: str


_DEADLINE = re.compile("(?:之|以)?前(?![天后几])")
# stretches joined by these into one: the last day counts
_JOIN = re.compile(r"\s*(?:到|至|[-~—–]{1,2}|、|和|跟|以来到?|以来,?截?至|起到?至?)\s*")


def days(text: str, today: date) -> list[Day]:
    """All day expressions of a plain text (see `normalise`), in order, ranges joined.

    today: the day that the text is written on.
    """
    joined: list[Day] = []
    for day in _single(text, today):
        last = joined[-1] if joined else None
        if last and last.words == "去年" and last.end == day.start:
            joined[-1] = replace(day, start=last.start, words=text[last.start : day.end])
        elif last and Span.FUTURE not in (last.span, day.span) and _JOIN.fullmatch(text, last.end, day.start):
            span = Span.PERIOD if Span.PERIOD in (last.span, day.span) else Span.DAYS
            later = replace(day, start=last.start, day=max(last.day, day.day), span=span)
            joined[-1] = replace(later, words=text[last.start : day.end])
        else:
            joined.append(day)
    return joined


def _single(text: str, today: date) -> list[Day]:
    out: list[Day] = []
    for m in expressions(text):
        shape = next(name for name in READERS if m[name])
        try:
            found = READERS[shape](m, today)
        except (OverflowError, ValueError):
            found = None  # 900年以后: no day that can be reckoned
        if found and not (shape in ("day", "md") and _DEADLINE.match(text, m.end())):
            out.append(Day(m.start(), m.end(), found[0], found[1], m[0]))
    return out
