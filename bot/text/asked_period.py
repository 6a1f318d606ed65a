"""The time of which somebody asks for figures: "十月", "上季度", "2026年下半年", "2026-11"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bot.domain.periods import Period, days_of, first_day
from bot.text.lexicon import load
from bot.text.numbers import NUMERAL, read_numeral

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AskedPeriod:
    """First and last day of a time, and where in the text it is written."""

    first: date
    last: date
    start: int
    end: int


def asked_period(plain: str, today: date) -> AskedPeriod | None:
    """The first time written in a plain text; null when there is none.

    A month or quarter without a year is the latest that has begun.
    """
    for name, pattern in _patterns():
        found = pattern.search(plain)
        days = None if found is None else _days(name, found, today)
        if found is not None and days is not None:
            return AskedPeriod(*days, found.start(), found.end())
    return None


def this_month(today: date) -> tuple[date, date]:
    """The month that is asked for when none is named."""
    return _whole(Period.MONTH, today)


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    words = load("asked_figures")
    written = [(name, one.replace("{n}", NUMERAL)) for name, one in words["patterns"].items()]
    plain = [(f"the_{name}", "|".join(listed)) for name, listed in words["periods"].items()]
    return [(name, re.compile(pattern)) for name, pattern in (*written, *plain)]


def _days(name: str, found: re.Match[str], today: date) -> tuple[date, date] | None:
    if name == "written":
        return days_of(found["written"])
    if name in ("month", "quarter"):
        number = read_numeral(found[name])
        length = 1 if name == "month" else 3
        if number is None or not 1 <= number <= 12 // length:
            return None
        first = date(_year(found, today), (number - 1) * length + 1, 1)
        if first > today and found["year"] is None and found["before"] is None:
            first = first.replace(year=first.year - 1)
        return _whole(Period.MONTH if name == "month" else Period.QUARTER, first)
    if name == "half":
        first_half = found["half"] in load("asked_figures")["periods"]["first_half"][0]
        return days_of(f"{found['year']}-H{1 if first_half else 2}")
    return _as_called(name.removeprefix("the_"), today)


def _as_called(name: str, today: date) -> tuple[date, date]:
    if name in ("first_half", "second_half"):
        return days_of(f"{today.year}-H{1 if name == 'first_half' else 2}")
    period = Period(name.removeprefix("last_"))
    if name.startswith("last_"):
        return _whole(period, first_day(period, today) - _DAY)
    return _whole(period, today)


def _whole(period: Period, day: date) -> tuple[date, date]:
    first = first_day(period, day)
    if period is Period.WEEK:
        return first, first + 6 * _DAY
    months = {Period.MONTH: 31, Period.QUARTER: 95, Period.HALF_YEAR: 186, Period.YEAR: 366}
    return first, first_day(period, first + months[period] * _DAY) - _DAY


def _year(found: re.Match[str], today: date) -> int:
    if found["year"] is not None:
        return int(found["year"])
    return today.year - 1 if found["before"] is not None else today.year
