"""Days to come, in what is promised or put off: "到下周五", "12月底前", "三周后"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bot.text.dates import Span, days
from bot.text.lexicon import load
from bot.text.normalise import normalise
from bot.text.numbers import read_numeral

_FARTHEST = 366  # days
_ENDS = ("底", "末")


@dataclass(frozen=True, slots=True)
class Ahead:
    """A day to come, and its place in the normalised text."""

    day: date
    start: int
    end: int


def day_ahead(text: str, today: date) -> Ahead | None:
    """The first expression of a text that stands for a day after `today`; null when there is none.

    A bare weekday, day of the month or date is the next one: said on a Tuesday, 周五 is three days off and
    周一 six. A month or a year stands for its last day.
    """
    plain = normalise(text).text
    return _by_span(plain, today) or _by_expression(plain, today)


def _by_span(plain: str, today: date) -> Ahead | None:
    """What `days` has no word for, since nobody reports of it: ends of months, spans from today on."""
    for kind, pattern in _spans():
        found = pattern.search(plain)
        if found is None:
            continue
        if kind == "month_end":
            return Ahead(_last_of_month(today.year, today.month), *found.span())
        if kind == "year_end":
            return Ahead(date(today.year, 12, 31), *found.span())
        count = read_numeral(found["n"])
        if count is None or not 0 < count <= _FARTHEST:
            continue
        if kind == "months":
            return Ahead(_months_later(today, count), *found.span())
        return Ahead(today + timedelta(days=count * (7 if kind == "weeks" else 1)), *found.span())
    return None


def _by_expression(plain: str, today: date) -> Ahead | None:
    found = days(plain, today)
    for place, expression in enumerate(found):
        if expression.span is Span.FUTURE:
            nearer = found[place + 1 : place + 2]
            if nearer and nearer[0].start == expression.end:  # 明年3月
                year = date(expression.day.year + (expression.day.year == today.year), 1, 1)
                month = _next(plain[nearer[0].start : nearer[0].end], year - timedelta(days=1))
                return None if month is None else Ahead(month, expression.start, nearer[0].end)
            return Ahead(expression.day, expression.start, expression.end)
        day = _next(expression.words, today)
        if day is not None:
            return Ahead(day, expression.start, expression.end)
    return None


def _next(words: str, after: date) -> date | None:
    """The first day after `after` on which `words`, looking back, would mean that very day."""
    for ahead in range(1, _FARTHEST + 1):
        day = after + timedelta(days=ahead)
        said = days(words, day)
        if not said or said[0].day != day or said[0].span is Span.FUTURE or _today_itself(words):
            continue
        # Looking back, a month that has begun and its end come no later than the day they are said on.
        whole = said[0].span is Span.PERIOD or words.endswith(_ENDS)
        return _last_of_month(day.year, day.month) if whole else day
    return None


def _today_itself(words: str) -> bool:
    """Whether the words mean the day on which they are said, or a day reckoned back from it."""
    return re.fullmatch(load("orders")["ahead"]["not_ahead"], words) is not None


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _months_later(today: date, count: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


@cache
def _spans() -> list[tuple[str, re.Pattern[str]]]:
    return [(kind, re.compile(pattern)) for kind, pattern in load("orders")["ahead"]["spans"].items()]
