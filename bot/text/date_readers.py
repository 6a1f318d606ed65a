"""What day each shape of a day expression comes to, seen from the day of the message."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum

from bot.text.date_grammar import OFFSETS, VAGUE
from bot.text.feasts import NUMERALS, WEATHER, feast_day, feast_of
from bot.text.lunar import last_lunar, lunar_day
from bot.text.month_days import latest, month_end, months_back, same_day, valid
from bot.text.numbers import read_numeral


class Span(StrEnum):
    """day: one day. days: a few days or a vague stretch (its last day). period: a week, month, half-year."""

    DAY = "day"
    DAYS = "days"
    PERIOD = "period"
    FUTURE = "future"


Found = tuple[date, Span] | None

_WEEKDAYS = (
    {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6, "末": 6} | {str(i + 1): i for i in range(7)}
)
_VAGUE = {"past": (-1, Span.DAYS), "now": (0, Span.DAYS), "future": (1, Span.FUTURE)}
_YEARS_BACK = {"今年": 0, "本年": 0, "去年": 1, "前年": 2, "大前年": 3}
_SOME = 3  # 几天前: three of them
# 中秋的月饼: goods of a feast say nothing of the day
_GOODS = re.compile("的?(?:月饼|粽子|元宵|汤圆|春联|慰问品|礼品|年货)")
_SCHOOL = re.compile("的?(?:学|孩|娃|年级|上学|毕业|生|男|女|下)")


def _number(text: str | None) -> int:
    return (read_numeral(text) if text else None) or 0


def _year_said(text: str, today: date) -> int:
    """去年, 2025年, 二〇二五年."""
    if text in _YEARS_BACK:
        return today.year - _YEARS_BACK[text]
    return int("".join(c if c.isdigit() else str(_number(c)) for c in text.removesuffix("年")))


def _dated(found: date | None, today: date) -> Found:
    return (found, Span.FUTURE if found > today else Span.DAY) if found else None


def _word(m: re.Match[str], today: date) -> Found:
    if m[0] in OFFSETS:
        offset = OFFSETS[m[0]]
        return today + timedelta(days=offset), Span.FUTURE if offset > 0 else Span.DAY
    if VAGUE[m[0]] == "none":
        return None
    offset, span = _VAGUE[VAGUE[m[0]]]
    return today + timedelta(days=offset), span


def _next(m: re.Match[str], today: date) -> Found:
    """下周三, 下下个月: of a week without a day its Monday, of a month its first day."""
    ahead = len(m["next_p"])
    if "月" in m[0]:
        year, month = months_back(today, -ahead)
        return valid(year, month, _number(m["next_m"]) or 1) or date(year, month, 1), Span.FUTURE
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=ahead)
    return monday + timedelta(days=_WEEKDAYS[m["next_d"]] if m["next_d"] else 0), Span.FUTURE


def _moved(number: str, unit: str, today: date, *, ahead: bool) -> date | None:
    """The day so many units before or after; null for half a day."""
    sign = 1 if ahead else -1
    if number == "半":
        if "年" in unit:
            return same_day(today, *months_back(today, -6 * sign))
        return today + timedelta(days=15 * sign) if "月" in unit else None
    count = (_SOME if number.endswith("几") else _number(number)) * sign
    if "天" in unit or "日" in unit:
        return today + timedelta(days=count)
    if "年" in unit:
        return same_day(today, today.year + count, today.month)
    if "月" in unit:
        return same_day(today, *months_back(today, -count))
    return today + timedelta(weeks=count)


def _later(m: re.Match[str], today: date) -> Found:
    day = _moved(m["later_n"], m["later_u"], today, ahead=True)
    return (day, Span.FUTURE) if day else None


def _ago(m: re.Match[str], today: date) -> Found:
    day = _moved(m["ago_n"], m["ago_u"], today, ahead=False)
    vague = m["ago_n"][-1] in "半几" or "年" in m["ago_u"]
    return (day, Span.DAYS if vague else Span.DAY) if day else None


def _full(m: re.Match[str], today: date) -> Found:
    year = _year_said(m["ymd_y"], today)
    return _dated(valid(year + 2000 if year < 100 else year, _number(m["ymd_m"]), _number(m["ymd_d"])), today)


def _lunar(m: re.Match[str], today: date) -> Found:
    number = {"正": 1, "冬": 11, "腊": 12}.get(m["lunar_m"]) or _number(m["lunar_m"])
    day = _number(m["lunar_d"])
    if m["lunar_y"]:
        return _dated(lunar_day(_year_said(m["lunar_y"], today), number, day), today)
    found = last_lunar(number, day, today)
    return (found, Span.DAY) if found else None


def _feast(m: re.Match[str], today: date) -> Found:
    part, name = m["feast_part"] or "", m["feast_n"]
    before = m.string[max(0, m.start() - 1) : m.start()]
    if name in WEATHER and not part:
        return None
    if name in NUMERALS and before and (before.isdigit() or before in "第一二三四五六七八九十百周"):
        return None
    if re.match("初[一二三]", name) and _SCHOOL.match(m.string, m.end()):
        return None
    if _GOODS.match(m.string, m.end()):
        return None
    if part.lstrip("节").startswith(("前", "后", "过后")):
        return None
    if m["feast_y"]:
        day = feast_of(name, _year_said(m["feast_y"], today))
        if day and day > today:
            return day, Span.FUTURE
    else:
        day = feast_day(name, today)
    if day is None:
        return None
    ordinal = re.search("[第这](.)天", part)
    if ordinal:
        return min(day + timedelta(days=_number(ordinal[1]) - 1), today), Span.DAY
    if part.endswith(("期间", "假", "假期")):
        length = {"国庆": 7, "国庆节": 7, "春节": 7, "五一": 5}.get(name, 3)
        return min(day + timedelta(days=length - 1), today), Span.DAYS
    return day, Span.DAY


def _same(m: re.Match[str], today: date) -> Found:
    """去年今天, 上个月的今天."""
    said = m["same_p"]
    if said in _YEARS_BACK:
        return same_day(today, today.year - _YEARS_BACK[said], today.month), Span.DAY
    if "月" in said:
        return same_day(today, *months_back(today, said.count("上"))), Span.DAY
    return today - timedelta(weeks=said.count("上")), Span.DAY


def _month_and_day(m: re.Match[str], today: date) -> Found:
    month, first = _number(m["md_m"]), _number(m["md_d"])
    if not m["md_k"] and not m["md_d2"]:
        if not m["md_m"].isdigit() and first > 31:
            return None
        follows = m.string[m.end() : m.end() + 1]
        if follows and (follows in "户家人个名位次天年月块元斤亩度点份" or follows.isdigit()):
            return None
    if not 1 <= month <= 12:
        return None
    if m["md_y"]:
        found = valid(today.year - _YEARS_BACK[m["md_y"] + "年"], month, first)
    else:
        found = latest(month, first, today)
    if m["md_d2"] and found:
        other = valid(found.year, _number(m["md_m2"]) or month, _number(m["md_d2"]))
        if other and found < other <= today:
            return other, Span.DAYS
    return (found, Span.DAY) if found and found <= today else None


def _slash(m: re.Match[str], today: date) -> Found:
    # 3.6 is a day only where it opens a line or is said to be one; elsewhere it is a number
    before, after = m.string[max(0, m.start() - 4) : m.start()], m.string[m.end() : m.end() + 2]
    opens = (
        not before.strip()
        or before[-1] in "\n,。;:("
        or before.endswith(("日期", "时间", "于", "在", "到", "-", "~", "报", "、"))
    )
    if m["slash_s"] == "-" and (not opens or after[:1] in ("、", ",")):
        return None
    if not (opens or after[:1] in ("日", "号", "走", "入", "上", "下", "去", "电", "看", "访", "晚")):
        return None
    found = latest(int(m["slash_m"]), int(m["slash_d"]), today)
    return (found, Span.DAY) if found else None


def _day_of_named_month(m: re.Match[str], today: date) -> Found:
    back = m["md_last"].count("上") if m["md_last"] else 0
    found = valid(*months_back(today, back), _number(m["month_d2"] or m["month_d"]))
    return (min(found, today), Span.DAYS if m["month_d2"] else Span.DAY) if found else None


def _part_of_year(m: re.Match[str], today: date) -> Found:
    year = _year_said(m["yp_y"] or "今年", today)
    day = date(year, 1, 1) if m["yp"] == "初" else date(year, 12, 31)
    if not m["yp_y"]:
        return min(day, today), Span.DAYS  # 年底了, 年底的走访: like 月底
    return day, Span.FUTURE if day > today else Span.DAYS


def _part_of_month(m: re.Match[str], today: date) -> Found:
    named, part = m["part_m"], m["part"]
    if named is None and part in ("底", "末", "初", "头几天"):
        return None
    year, month = today.year, today.month
    if named:
        if "上" in named:
            year, month = months_back(today, named.count("上"))
        elif named[0] not in "本这":
            month = _number(re.sub("月份?", "", named))
            if not 1 <= month <= 12:
                return None
            year -= month > today.month
    if part in ("上旬", "中旬"):
        day = date(year, month, 10 if part == "上旬" else 20)
    elif "初" in part or part in ("月头", "头几天"):
        day = date(year, month, 1)
    else:
        day = month_end(year, month)
    exact = "初" in part or part in ("月头", "最后一天", "月底", "底", "月末", "末")
    return min(day, today), Span.DAY if exact else Span.DAYS


def _weekday(m: re.Match[str], today: date) -> Found:
    monday = today - timedelta(days=today.weekday())
    prefix = m["week_p"] or ""
    number = _WEEKDAYS[m["week_d2"] or m["week_d"]]
    if "上" in prefix or prefix[:1] in ("前", "头"):
        monday -= timedelta(weeks=max(1, prefix.count("上")) + (prefix[:1] == "前"))
    day = monday + timedelta(days=number)
    if m["week_d"] == "末" and monday + timedelta(days=5) <= today < day:
        day = today
    if day > today:
        if prefix:
            return day, Span.FUTURE
        day -= timedelta(weeks=1)
    return day, Span.DAYS if m["week_d2"] or m["week_d"] == "末" else Span.DAY


def _week_period(m: re.Match[str], today: date) -> Found:
    back = m["wp_p"].count("上")
    if not back:
        return today, Span.PERIOD
    return today - timedelta(days=today.weekday() + 1 + 7 * (back - 1)), Span.PERIOD


def _month_period(m: re.Match[str], today: date) -> Found:
    if m["mp_n"]:
        month = _number(m["mp_n"])
        said_last = m.string.endswith("去年", 0, m.start())
        year = today.year - (month > today.month or said_last)
        return (today if (year, month) == (today.year, today.month) else month_end(year, month)), Span.PERIOD
    back = m["mp_p"].count("上")
    return (month_end(*months_back(today, back)) if back else today), Span.PERIOD


def _month_of_year(m: re.Match[str], today: date) -> Found:
    year, month = _year_said(m["my_y"], today), _number(m["my_m"])
    if not 1 <= month <= 12:
        return None
    if (year, month) > (today.year, today.month):
        return date(year, month, 1), Span.FUTURE
    return min(month_end(year, month), today), Span.PERIOD


def _half(m: re.Match[str], today: date) -> Found:
    year = today.year - (m["half_y"] == "去年")
    end = date(year, 6, 30) if m["half_n"] == "上" else date(year, 12, 31)
    if m["half_n"] == "下" and today.month <= 6 and m["half_y"] is None:
        end = date(year - 1, 12, 31)
    return min(end, today), Span.PERIOD


def _quarter(m: re.Match[str], today: date) -> Found:
    current = (today.month - 1) // 3 + 1
    if m["q_p"] and m["q_p"] != "上":
        return today, Span.PERIOD
    number = _number(m["q_n"]) if m["q_n"] else current - 1
    year = today.year
    if number < 1 or number > current:
        year, number = year - 1, number or 4
    return min(month_end(year, number * 3), today), Span.PERIOD


def _year(m: re.Match[str], today: date) -> Found:
    if m["year_n"]:
        year = _year_said(m["year_n"], today)
        if year > today.year:
            return date(year, 1, 1), Span.FUTURE
        return min(date(year, 12, 31), today), Span.PERIOD
    back = _YEARS_BACK.get(m[0].removesuffix("全年"), 0)
    return (date(today.year - back, 12, 31) if back else today), Span.PERIOD


def _day_of_month(m: re.Match[str], today: date) -> Found:
    number = _number(m["days_d2"] or m["day_d"])
    for back in (0, 1, 2):
        found = valid(*months_back(today, back), number)
        if found and found <= today:
            return found, Span.DAYS if m["days_d2"] else Span.DAY
    return None


READERS: dict[str, Callable[[re.Match[str], date], Found]] = {
    "word": _word,
    "next": _next,
    "later": _later,
    "ymd": _full,
    "lunar": _lunar,
    "feast": _feast,
    "same": _same,
    "md": _month_and_day,
    "slash": _slash,
    "month_day": _day_of_named_month,
    "year_part": _part_of_year,
    "month_part": _part_of_month,
    "week": _weekday,
    "ago": _ago,
    "week_period": _week_period,
    "month_period": _month_period,
    "month_of_year": _month_of_year,
    "half": _half,
    "quarter": _quarter,
    "year": _year,
    "days": _day_of_month,
    "day": _day_of_month,
}
