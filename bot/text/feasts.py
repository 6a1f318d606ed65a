"""Feasts and solar terms by name."""

from __future__ import annotations

from datetime import date

from bot.text.lexicon import load
from bot.text.lunar import SOLAR_TERMS, last_lunar, solar_term


def _days(table: str) -> dict[str, tuple[int, int]]:
    return {name: (month, day) for name, (month, day) in load("feasts")[table].items()}


_SOLAR = _days("solar")
_LUNAR = _days("lunar")
_DAYS = {
    **{f"初{c}": i for i, c in enumerate("一二三四五六七八九十", 1)},
    **{f"十{c}": i for i, c in enumerate("一二三四五六七八九", 11)},
    **{f"{ten}{c}": i for ten in ("二十", "廿") for i, c in enumerate("一二三四五六七八九", 21)},
    "二十": 20,
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
FEASTS = frozenset((*_SOLAR, *_LUNAR_DAYS, *SOLAR_TERMS, *(day for day in _DAYS if day.startswith("初"))))
NUMERALS = frozenset(load("feasts")["doubtful"]["numerals"].split())
WEATHER = frozenset(load("feasts")["doubtful"]["weather"].split())


def feast_day(name: str, today: date) -> date | None:
    """The latest day of that feast not after `today`."""
    if name in _LUNAR_DAYS:
        return last_lunar(*_LUNAR_DAYS[name], today)
    if name in _SOLAR:
        month, day = _SOLAR[name]
        return date(today.year - ((month, day) > (today.month, today.day)), month, day)
    if name in _DAYS:  # 初五 alone: of whichever lunar month was latest
        found = [last_lunar(month, _DAYS[name], today) for month in range(1, 13)]
        return max((day for day in found if day), default=None)
    day_of_term = solar_term(name, today.year)
    return day_of_term if day_of_term <= today else solar_term(name, today.year - 1)
