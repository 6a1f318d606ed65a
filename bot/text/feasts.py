"""Feasts and solar terms by name."""

from __future__ import annotations

from datetime import date

from bot.text.lunar import SOLAR_TERMS, last_lunar, solar_term

_SOLAR = {
    "元旦节": (1, 1), "元旦": (1, 1), "妇女节": (3, 8), "三八节": (3, 8), "三八妇女节": (3, 8), "三八": (3, 8),
    "植树节": (3, 12), "学雷锋日": (3, 5), "劳动节": (5, 1), "五一节": (5, 1), "五一": (5, 1), "青年节": (5, 4),
    "五四青年节": (5, 4), "护士节": (5, 12), "儿童节": (6, 1), "六一儿童节": (6, 1), "六一": (6, 1),
    "建党节": (7, 1), "七一": (7, 1), "建军节": (8, 1), "八一建军节": (8, 1), "八一": (8, 1), "教师节": (9, 10),
    "国庆节": (10, 1), "国庆": (10, 1), "十一": (10, 1), "平安夜": (12, 24), "圣诞节": (12, 25), "圣诞": (12, 25),
    "情人节": (2, 14), "党的生日": (7, 1), "记者节": (11, 8), "宪法日": (12, 4), "消防日": (11, 9),
}  # fmt: skip
_LUNAR = {
    "春节": (1, 1), "大年初一": (1, 1), "正月初一": (1, 1), "年初一": (1, 1), "元宵节": (1, 15), "元宵": (1, 15),
    "正月十五": (1, 15), "二月二": (2, 2), "龙抬头": (2, 2), "三月三": (3, 3), "端午节": (5, 5), "端午": (5, 5),
    "端阳": (5, 5), "五月端午": (5, 5), "五月初五": (5, 5), "七夕": (7, 7), "七月七": (7, 7), "中元节": (7, 15),
    "七月半": (7, 15), "七月十五": (7, 15), "中秋节": (8, 15), "中秋": (8, 15), "八月十五": (8, 15), "八月节": (8, 15),
    "重阳节": (9, 9), "重阳": (9, 9), "老人节": (9, 9), "九月九": (9, 9), "九月初九": (9, 9), "寒衣节": (10, 1),
    "十月一儿": (10, 1), "腊八节": (12, 8), "腊八": (12, 8), "小年夜": (12, 23), "小年": (12, 23), "除夕夜": (12, 0),
    "除夕": (12, 0), "年三十": (12, 0), "大年三十": (12, 0), "腊月三十": (12, 0), "年夜": (12, 0), "破五": (1, 5),
}  # fmt: skip
_TENS = {"初": 0, "十": 10, "二十": 20, "廿": 20}
_DAYS = {
    **{f"初{c}": i for i, c in enumerate("一二三四五六七八九十", 1)},
    **{f"十{c}": i for i, c in enumerate("一二三四五六七八九", 11)},
    **{f"{ten}{c}": i for ten in ("二十", "廿") for i, c in enumerate("一二三四五六七八九", 21)},
    "二十": 20,
}
_MONTHS = {"正月": 1, "腊月": 12, "冬月": 11, "大年": 1, "二月": 2, "三月": 3, "四月": 4, "五月": 5, "六月": 6,
           "七月": 7, "八月": 8, "九月": 9, "十月": 10}  # fmt: skip
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
# names that are plain numbers as well (十一户), and names that are mostly weather or people (大雪, 小满)
NUMERALS = frozenset(("十一", "五一", "六一", "七一", "八一", "三八"))
WEATHER = frozenset(
    ("大雪", "小雪", "雨水", "大寒", "小寒", "大暑", "小暑", "小满", "谷雨", "白露", "霜降", "元宵", "春分")
)


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
