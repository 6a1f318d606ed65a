"""What the readers of day expressions share: a day with what it stands for, years and numbers as said."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from bot.text.date_grammar import YEARS
from bot.text.month_days import same_day
from bot.text.numbers import read_numeral


class Span(StrEnum):
    """day: one day. days: a few days or a vague stretch (its last day). period: a week, month, half-year."""

    DAY = "day"
    DAYS = "days"
    PERIOD = "period"
    FUTURE = "future"


Found = tuple[date, Span] | None
"""The day that an expression comes to, and what it stands for; null when it is none after all."""

_CENTURY_AHEAD = 10  # years; 33年 said in 2021 is 1933


def number(text: str | None) -> int:
    """The number written; 0 when none is."""
    return (read_numeral(text) if text else None) or 0


def year_said(text: str, today: date) -> int:
    """去年, 2025年, 二〇二五年, 零八年, 98年, 两千零四年."""
    if text in YEARS:
        return today.year + YEARS[text]
    said = text.removesuffix("年")
    if said.startswith("两千"):
        return number(said)
    year = int("".join(char if char.isdigit() else str(number(char)) for char in said))
    if year >= 100:
        return year
    year += today.year // 100 * 100
    return year if year <= today.year + _CENTURY_AHEAD else year - 100


def dated(day: date | None, today: date) -> Found:
    """A day that is exact, be it over or to come."""
    return (day, Span.FUTURE if day > today else Span.DAY) if day else None


def same_day_in(year: int, today: date) -> date:
    return same_day(today, year, today.month)
