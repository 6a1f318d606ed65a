"""Stretches of the calendar that running totals and figures are counted over."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum


class Period(StrEnum):
    """How long a running total runs; weeks begin on Monday."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}


def first_day(period: Period, day: date) -> date:
    """The first day of the week, month, … in which `day` lies."""
    if period is Period.WEEK:
        return day - timedelta(days=day.weekday())
    months = _MONTHS[period]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


_WRITTEN = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])))?"
)


def days_of(written: str) -> tuple[date, date]:
    """First and last day of a period written as `2026-11`, `2026-Q4`, `2026-H2` or `2026`.

    Raises:
        ValueError: it is written otherwise.
    """
    found = _WRITTEN.fullmatch(written.strip().upper())
    if found is None or found["year"] == "0000":
        raise ValueError(written)
    year = int(found["year"])
    for name, months in (("month", 1), ("quarter", 3), ("half", 6)):
        if found[name] is not None:
            first_month = (int(found[name]) - 1) * months + 1
            break
    else:
        first_month, months = 1, 12
    last_month = first_month + months - 1
    return date(year, first_month, 1), date(year, last_month, monthrange(year, last_month)[1])
