"""Which reader says what day each shape of `date_grammar.py` comes to, and what a year before it does."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from bot.text import calendar_days, calendar_stretches, feast_days, relative_days
from bot.text.date_units import Found, Span, same_day_in, year_said

READERS: dict[str, Callable[[re.Match[str], date], Found]] = {
    "word": relative_days.by_word,
    "next": relative_days.in_next,
    "later": relative_days.later,
    "ymd": calendar_days.full,
    "lunar": feast_days.lunar,
    "feast": feast_days.feast,
    "lunar_month": feast_days.lunar_month,
    "same": relative_days.same,
    "nth_weekday": relative_days.nth_weekday,
    "md": calendar_days.month_and_day,
    "slash": calendar_days.in_figures,
    "month_day": calendar_days.of_named_month,
    "year_part": calendar_stretches.part_of_year,
    "month_part": calendar_stretches.part_of_month,
    "week": relative_days.weekday,
    "ago": relative_days.ago,
    "recent": relative_days.recent,
    "week_period": relative_days.week,
    "months": calendar_stretches.months,
    "month_period": calendar_stretches.month,
    "half": calendar_stretches.half,
    "quarter": calendar_stretches.quarter,
    "year": calendar_stretches.year,
    "days": calendar_days.of_month,
    "day": calendar_days.of_month,
}
# what comes round every year; of the other shapes a year said before them moves the day they are seen from
_YEARLY = frozenset(("nth_weekday", "md", "month_part", "months", "month_period", "half", "quarter", "year"))
_HEEDS_YEAR = frozenset(("lunar", "feast", "lunar_month", "year_part"))


def shape_of(m: re.Match[str]) -> str:
    """The shape that the expression has."""
    return next(name for name in READERS if m[name])


def read(m: re.Match[str], today: date) -> Found:
    """What the expression comes to, seen from `today`.

    Raises:
        OverflowError, ValueError: for 900年以后, a day that can't be reckoned.
    """
    shape = shape_of(m)
    reader = READERS[shape]
    if not m["in_year"] or shape in _HEEDS_YEAR:
        return reader(m, today)
    year = year_said(m["in_year"], today)
    if year == today.year:
        found = reader(m, today)
        if found is None or shape not in _YEARLY or found[0].year == year:
            return found
    seen_from = date(year, 12, 31) if shape in _YEARLY else same_day_in(year, today)
    found = reader(m, seen_from)
    return (found[0], Span.FUTURE) if found and found[0] > today else found
