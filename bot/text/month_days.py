"""Reckoning with months of unequal length."""

from __future__ import annotations

import calendar
from datetime import date


def valid(year: int, month: int, day: int) -> date | None:
    """That day; null when the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """The last day of the month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months_back(today: date, months: int) -> tuple[int, int]:
    """Year and month so many months before; of a negative number, after."""
    index = today.year * 12 + today.month - 1 - months
    return index // 12, index % 12 + 1


def same_day(today: date, year: int, month: int) -> date:
    """The same day of another month, or its last one."""
    return date(year, month, min(today.day, month_end(year, month).day))


def latest(month: int, day: int, today: date) -> date | None:
    """The latest day of that month and day that is not after today; the 29th of February may be years ago."""
    for year in range(today.year, today.year - 5, -1):
        found = valid(year, month, day)
        if found and found <= today:
            return found
    return None
