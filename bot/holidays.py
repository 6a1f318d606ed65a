"""Public holidays and make-up workdays of China, for rules about days.

The library knows the years whose plan the State Council has published. Later years have the days that the
law itself names; bridging days and make-up workdays are not known then.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

from bot.domain.party_day import DayKind
from bot.text.lunar import lunar_day, solar_term

_FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
_LUNAR = ((1, 1), (1, 2), (1, 3), (5, 5), (8, 15))


def day_kind(day: date) -> DayKind:
    """What the calendar says of a day."""
    try:
        off, holiday = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:  # the plan for this year has not been published, or not reached the library
        if day in _by_law(day.year):
            return DayKind.HOLIDAY
        return DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKING
    if not off:
        return DayKind.WORKING
    return DayKind.HOLIDAY if holiday else DayKind.WEEKEND


@lru_cache
def _by_law(year: int) -> frozenset[date]:
    """The days off that the law names, from New Year's Day to the three days of October."""
    days = {date(year, month, day) for month, day in _FIXED} | {solar_term("清明", year)}
    lunar = {lunar_day(year, month, day) for month, day in _LUNAR}
    spring = lunar_day(year, 1, 1)
    eve = None if spring is None else spring - timedelta(days=1)
    return frozenset(days | {day for day in (*lunar, eve) if day is not None})


def plan_is_known(year: int) -> bool:
    """Whether the library knows a year's plan, with its bridging days and make-up workdays."""
    try:
        chinese_calendar.get_holiday_detail(date(year, 7, 1))
    except NotImplementedError:
        return False
    return True
