"""Feasts, solar terms and days of the farmers' calendar: 国庆第三天, 立冬那天, 农历十月十五, 腊月."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.text.date_units import Found, Span, dated, number, year_said
from bot.text.feasts import GIVEN, MISTAKABLE, NUMBERED, NUMERALS, WEATHER, feast_day, feast_of
from bot.text.lunar import last_lunar, lunar_day
from bot.text.month_days import valid
from bot.text.names.words import surnames

# 中秋的月饼, 立秋了: goods of a feast, and the season told of, say nothing of the day
_NO_DAY = re.compile("了|的?(?:月饼|粽子|元宵|汤圆|春联|慰问品|礼品|年货)")
_SCHOOL = re.compile("的?(?:学|孩|娃|年级|上学|毕业|生|男|女|下)")
_VISITED = re.compile("[,]?(?:[上下]午|早上|晚上|中午)?(?:走访|入户|去|看望|慰问|上门|探|到)")
_ALONE = re.compile("$|[,。]")
# 十一组, 十一点: the name is a number
_COUNTED = re.compile("[点分秒户位名把组号楼层月岁块斤亩幢栋]|家(?![里家人中])|个(?!个)")
# 国庆家, 卫国庆、: somebody is called so
_AT_HOME = re.compile("家(?![里家中人庭乡])|[他她]|[大二三小]?(?:[爷娘妈叔婶伯哥嫂姐弟])")
_NAME_OPENS = re.compile("(?:^|[\\n 、,。;:和跟与])([一-龥])$")
_NAME_ENDS = re.compile("$|[\\n 、,。;和跟与家]")
_EVE = 7  # 中秋前夕: so many days at most
# kept on another day by others: whoever says so on one of them means their own
_OF_SEVERAL_DAYS = {"小年": timedelta(days=3)}
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_HOLIDAYS = {"国庆": 7, "十一": 7, "春节": 7, "五一": 5, "劳动节": 5}  # days


def lunar(m: re.Match[str], today: date) -> Found:
    month, day = (
        _month(m["lunar_m"] or m["lunar_w"] or m["lunar_n"]),
        number((m["lunar_e"] or m["lunar_c"] or m["lunar_d"] or m["lunar_t"]).rstrip("日")),
    )
    if (month, day) == (12, 30):
        day = 0  # the eve is called so even where the month has but 29 days
    year = m["lunar_y"] or m["in_year"]
    if year:
        return dated(lunar_day(year_said(year, today), month, day), today)
    found = last_lunar(month, day, today)
    return (found, Span.DAY) if found else None


def lunar_month(m: re.Match[str], today: date) -> Found:
    """腊月, 去年正月, 农历十月: so far as it has come."""
    month, said = _month(m["lm_n"] or m["lm_w"]), m["lm_y"] or m["in_year"]
    if said:
        end = lunar_day(year_said(said, today), month, 0)
        return (min(end, today), Span.DAYS) if end else None
    begun = last_lunar(month, 1, today)
    if begun is None:
        return None
    ends = [lunar_day(year, month, 0) for year in (begun.year - 1, begun.year)]
    return min(next(end for end in ends if end and end > begun), today), Span.DAYS


def _month(said: str) -> int:
    return _LUNAR_MONTHS.get(said) or number(said)


def feast(m: re.Match[str], today: date) -> Found:
    part, name = m["feast_part"] or "", m["feast_n"]
    if not m["feast_l"] and not part and _is_something_else(m, name):
        return None
    if re.match("初[一二三]", name) and _SCHOOL.match(m.string, m.end()):
        return None
    if _NO_DAY.match(m.string, m.end()):
        return None
    told = part.removeprefix("节").removeprefix("气")
    eve = told.startswith(("前一天", "前夕", "前夜"))
    day = _day_of(m, name, today + timedelta(days=_EVE if "夕" in told else 1) if eve else today)
    if name in _OF_SEVERAL_DAYS and not part and day and today - day < _OF_SEVERAL_DAYS[name]:
        return today, Span.DAY
    if part == "节气" and feast_day(name, today + timedelta(days=1)) != day:
        return today, Span.DAY  # whoever says so on the eve has another almanac
    if eve and day:
        return min(day - timedelta(days=1), today), Span.DAY
    if day is None or day > today:
        return (day, Span.FUTURE) if day else None
    if told.startswith(("前", "后", "过后")):
        return None
    ordinal = re.search("[第这](.)天", part)
    if ordinal:
        return min(day + timedelta(days=number(ordinal[1]) - 1), today), Span.DAY
    if part.endswith(("期间", "假", "假期")):
        length = _HOLIDAYS.get(name.removesuffix("节"), 3)
        return min(day + timedelta(days=length - 1), today), Span.DAYS
    return day, Span.DAY


def _is_something_else(m: re.Match[str], name: str) -> bool:
    """A number (第十一), the weather (大雪), somebody's name, or food that bears the feast's name."""
    if name in GIVEN and _is_given_name(m):
        return True
    before = m.string[max(0, m.start() - 1) : m.start()]
    if name in NUMERALS and before and (before.isdigit() or before in "第一二三四五六七八九十百周"):
        return True
    if name in NUMERALS and _COUNTED.match(m.string, m.end()):
        return True
    if name not in MISTAKABLE:
        return name in WEATHER
    alone = _ALONE.match(m.string, m.end()) and (not before or before in "\n,。;:(间期")
    return not alone and not _VISITED.match(m.string, m.end())


def _is_given_name(m: re.Match[str]) -> bool:
    surname = _NAME_OPENS.search(m.string, max(0, m.start() - 2), m.start())
    if surname and surname[1] in surnames() and _NAME_ENDS.match(m.string, m.end()):
        return True
    return _AT_HOME.match(m.string, m.end()) is not None


def _day_of(m: re.Match[str], name: str, today: date) -> date | None:
    if not m["in_year"]:
        return feast_day(name, today)
    year = year_said(m["in_year"], today)
    if name in NUMBERED and m["in_year"][0] not in "今本去前":  # 二〇〇四年八月十五 is no Mid-Autumn
        return valid(year, *NUMBERED[name])
    day = feast_of(name, year)
    if day and day > today and year == today.year:  # 今年腊八, said when it is over
        past = feast_day(name, today)
        return past if past and past.year == year else day
    return day
