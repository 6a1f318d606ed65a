"""Feasts and solar terms by name."""

from __future__ import annotations

from datetime import date, timedelta

from bot.text.lexicon import load
from bot.text.lunar import SOLAR_TERMS, last_lunar, lunar_day, solar_term


def _days(table: str) -> dict[str, tuple[int, int]]:
    return {name: (month, day) for name, (month, day) in load("feasts")[table].items()}


_SOLAR = _days("solar")
_LUNAR = _days("lunar")
_DAYS = {
    **{f"初{c}": i for i, c in enumerate("一二三四五六七八九十", 1)},
    **{f"十{c}": i for i, c in enumerate("一二三四五六七八九", 11)},
    **{f"{ten}{c}": i for ten in ("二十", "廿") for i, c in enumerate("一二三四五六七八九", 21)},
    "二十": 20,
    "三十": 30,
}
_MONTHS = {"正月": 1, "腊月": 12, "冬月": 11, "大年": 1}
_MONTHS |= {f"{c}月": number for number, c in enumerate("二三四五六七八九十", 2)}
# 正月十六 is lunar whatever the day; of the numbered months only 初X is said of the lunar calendar alone
_LUNAR_DAYS = {
    **{
        f"{month}{day}": (number, value)
        for month, number in _MONTHS.items()
        for day, value in _DAYS.items()
        if month in ("正月", "腊月", "冬月", "大年") or day.startswith("初")
    },
    **_LUNAR,
}
# the second Sunday of May and the like: month, weekday from 0, which of them
_NTH: dict[str, list[int]] = load("feasts")["nth_weekday"]
_OF_ANY_MONTH = tuple(day for day in _DAYS if day[0] in "初廿")
FEASTS = frozenset((*_SOLAR, *_NTH, *_LUNAR_DAYS, *SOLAR_TERMS, *_OF_ANY_MONTH))
NUMERALS = frozenset(load("feasts")["doubtful"]["numerals"].split())
WEATHER = frozenset(load("feasts")["doubtful"]["weather"].split())
GIVEN = frozenset(load("feasts")["doubtful"]["given"].split())
MISTAKABLE = frozenset(load("feasts")["doubtful"]["mistakable"].split())
_NUMBERS = tuple(enumerate("二三四五六七八九十", 2))
NUMBERED = {f"{c}月{c}": (month, month) for month, c in _NUMBERS}
NUMBERED |= {f"{c}月十五": (month, 15) for month, c in _NUMBERS}
"""Lunar days called like solar ones, with month and day."""


def feast_day(name: str, today: date) -> date | None:
    """The latest day of that feast not after `today`."""
    if name in _OF_ANY_MONTH:  # 初五 alone: of whichever lunar month was latest
        found = [last_lunar(month, _DAYS[name], today) for month in range(1, 13)]
    else:
        found = [feast_of(name, year) for year in range(today.year, today.year - 3, -1)]
    return max((day for day in found if day and day <= today), default=None)


def feast_of(name: str, year: int) -> date | None:
    """The day of that feast in a year, of a lunar one in the lunar year.

    Null for 初五 alone, which is of no one month, and outside 2000–2049.
    """
    if name in _LUNAR_DAYS:
        return lunar_day(year, *_LUNAR_DAYS[name])
    if name in _SOLAR:
        return date(year, *_SOLAR[name])
    if name in _NTH:
        month, weekday, number = _NTH[name]
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
    return solar_term(name, year) if name in SOLAR_TERMS else None
