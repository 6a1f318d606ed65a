"""Days as people say them, looking back from the day of the message.

Whoever reports speaks of the past: a bare weekday, day of the month or feast is the latest one that
is not after the day of the message. Words of the days to come are found too, as `future`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bot.text.date_grammar import PATTERN, WEEK
from bot.text.feasts import NUMERALS, WEATHER, feast_day
from bot.text.numbers import read_numeral


class Span(StrEnum):
    """day: one day. days: a few days or a vague stretch (its last day). period: a week, month, half-year."""

    DAY = "day"
    DAYS = "days"
    PERIOD = "period"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class Day:
    """A day expression. day: what it comes to; of a stretch the last day, never after the message's."""

    start: int
    end: int
    day: date
    span: Span
    words: str


_DEADLINE = re.compile("(?:之|以)?前(?![天后几])")
# stretches joined by these into one: the last day counts
_JOIN = re.compile(r"\s*(?:到|至|[-~—–]{1,2}|、|和|跟|以来到?|以来,?截?至|起到?至?)\s*")
_WEEKDAYS = (
    {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6, "末": 6} | {str(i + 1): i for i in range(7)}
)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _months_back(today: date, months: int) -> tuple[int, int]:
    index = today.year * 12 + today.month - 1 - months
    return index // 12, index % 12 + 1


def _number(text: str | None) -> int:
    return (read_numeral(text) if text else None) or 0


def _latest(month: int, day: int, today: date) -> date | None:
    """The latest day of that month and day that is not after today."""
    for year in (today.year, today.year - 1, today.year - 2, today.year - 3, today.year - 4):
        found = _safe(year, month, day)
        if found and found <= today:
            return found
    return None


Found = tuple[date, Span] | None


def _full(m: re.Match[str], today: date) -> Found:
    year = int("".join(str(_number(c)) if not c.isdigit() else c for c in m["ymd_y"]))
    found = _safe(year, _number(m["ymd_m"]), _number(m["ymd_d"]))
    return (found, Span.FUTURE if found > today else Span.DAY) if found else None


def _lunar(m: re.Match[str], today: date) -> Found:
    name = f"{m['lunar_m']}月{m['lunar_d']}"
    return _lunar_day(m["lunar_m"], m["lunar_d"], today) if name else None


def _lunar_day(month: str, day: str, today: date) -> Found:
    from bot.text.lunar import last_lunar

    number = {"正": 1, "冬": 11, "腊": 12}.get(month) or _number(month)
    found = last_lunar(number, _number(day), today)
    return (found, Span.DAY) if found else None


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
        year = today.year - {"今": 0, "本": 0, "去": 1, "前": 2}[m["md_y"]]
        found = _safe(year, month, first)
    else:
        found = _latest(month, first, today)
    if m["md_d2"] and found:
        other = _safe(found.year, _number(m["md_m2"]) or month, _number(m["md_d2"]))
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
    if m["slash_s"] == "-" and not opens:
        return None
    if not (opens or after[:1] in ("日", "号", "走", "入", "上", "下", "去", "电", "看", "访", "晚")):
        return None
    if after[:1] in ("、", ",") and m["slash_s"] == "-":
        return None
    found = _latest(int(m["slash_m"]), int(m["slash_d"]), today)
    return (found, Span.DAY) if found else None


def _day_of_named_month(m: re.Match[str], today: date) -> Found:
    back = m["md_last"].count("上") if m["md_last"] else 0
    year, month = _months_back(today, back)
    found = _safe(year, month, _number(m["month_d2"] or m["month_d"]))
    return (min(found, today), Span.DAYS if m["month_d2"] else Span.DAY) if found else None


def _part_of_month(m: re.Match[str], today: date) -> Found:
    named, part = m["part_m"], m["part"]
    if named is None and part in ("底", "末", "初", "头几天"):
        return None
    year, month = today.year, today.month
    if named:
        if "上" in named:
            year, month = _months_back(today, named.count("上"))
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
        day = _month_end(year, month)
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


def _ago(m: re.Match[str], today: date) -> Found:
    unit = m["ago_u"]
    if m["ago_n"] == "半":
        if "年" in unit:
            return None
        return today - timedelta(days=15), Span.DAYS
    number = _number(m["ago_n"])
    if "天" in unit or "日" in unit:
        return today - timedelta(days=number), Span.DAY
    if "年" in unit:
        return (_latest(today.month, today.day, date(today.year - number, 12, 31)) or today), Span.DAYS
    if "月" in unit and WEEK not in unit:
        year, month = _months_back(today, number)
        return date(year, month, min(today.day, _month_end(year, month).day)), Span.DAY
    return today - timedelta(weeks=number), Span.DAY


def _week_period(m: re.Match[str], today: date) -> Found:
    back = m["wp_p"].count("上")
    if not back:
        return today, Span.PERIOD
    return today - timedelta(days=today.weekday() + 1 + 7 * (back - 1)), Span.PERIOD


def _month_period(m: re.Match[str], today: date) -> Found:
    if m["mp_n"]:
        month = _number(m["mp_n"])
        said_last = m.string[: m.start()].endswith("去年")
        year = today.year - (month > today.month or said_last)
        return (today if (year, month) == (today.year, today.month) else _month_end(year, month)), Span.PERIOD
    back = m["mp_p"].count("上")
    return (_month_end(*_months_back(today, back)) if back else today), Span.PERIOD


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
    return min(_month_end(year, number * 3), today), Span.PERIOD


def _year(m: re.Match[str], today: date) -> Found:
    back = {"去年": 1, "前年": 2}.get(m["year"], 0)
    return (date(today.year - back, 12, 31) if back else today), Span.PERIOD


def _day_of_month(m: re.Match[str], today: date) -> Found:
    number = _number(m["days_d2"] or m["day_d"])
    for back in (0, 1, 2):
        found = _safe(*_months_back(today, back), number)
        if found and found <= today:
            return found, Span.DAYS if m["days_d2"] else Span.DAY
    return None


def _feast(m: re.Match[str], today: date) -> Found:
    part, name = m["feast_part"] or "", m["feast"].removesuffix(m["feast_part"] or "")
    before = m.string[max(0, m.start() - 1) : m.start()]
    if name in WEATHER and not part:
        return None
    if name in NUMERALS and before and (before.isdigit() or before in "第一二三四五六七八九十百周"):
        return None
    if re.match("初[一二三]", name) and re.match(
        "的?(?:学|孩|娃|年级|上学|毕业|生|男|女|下)", m.string[m.end() :]
    ):
        return None  # a school year
    if part.lstrip("节").startswith(("前", "后", "过后")):
        return None
    day = feast_day(name, today)
    if day is None:
        return None
    ordinal = re.search("第(.)天", part)
    if ordinal:
        return min(day + timedelta(days=_number(ordinal[1]) - 1), today), Span.DAY
    if part.endswith("期间") or part.endswith("假") or part.endswith("假期"):
        length = {"国庆": 7, "国庆节": 7, "春节": 7, "五一": 5}.get(name, 3)
        return min(day + timedelta(days=length - 1), today), Span.DAYS
    return day, Span.DAY


def _days_back(days: int, span: Span = Span.DAY) -> Callable[[re.Match[str], date], Found]:
    return lambda _m, today: (today - timedelta(days=days), span)


_READERS: dict[str, Callable[[re.Match[str], date], Found]] = {
    "future": lambda _m, today: (today + timedelta(days=1), Span.FUTURE),
    "ymd": _full,
    "lunar": _lunar,
    "md": _month_and_day,
    "slash": _slash,
    "month_day": _day_of_named_month,
    "month_part": _part_of_month,
    "week": _weekday,
    "ago": _ago,
    "three": lambda m, today: (today - timedelta(days=4 if m["three"] == "大大前天" else 3), Span.DAY),
    "two": _days_back(2),
    "one": _days_back(1),
    "zero": _days_back(0),
    "vague_past": _days_back(1, Span.DAYS),
    "vague_now": _days_back(0, Span.DAYS),
    "week_period": _week_period,
    "month_period": _month_period,
    "half": _half,
    "quarter": _quarter,
    "year": _year,
    "feast": _feast,
    "days": _day_of_month,
    "day": _day_of_month,
}


def days(text: str, today: date) -> list[Day]:
    """All day expressions of `text`, in order, ranges joined."""
    out: list[Day] = []
    for m in PATTERN.finditer(text):
        for name, reader in _READERS.items():
            if m[name]:
                found = reader(m, today)
                if found and not (name in ("day", "md") and _DEADLINE.match(text, m.end())):
                    out.append(Day(m.start(), m.end(), found[0], found[1], m[0]))
                break
    joined: list[Day] = []
    for day in out:
        last = joined[-1] if joined else None
        if last and last.words == "去年" and last.end == day.start:
            joined[-1] = replace(day, start=last.start, words=text[last.start : day.end])
        elif last and Span.FUTURE not in (last.span, day.span) and _JOIN.fullmatch(text, last.end, day.start):
            span = Span.PERIOD if Span.PERIOD in (last.span, day.span) else Span.DAYS
            later = replace(day, start=last.start, day=max(last.day, day.day), span=span)
            joined[-1] = replace(later, words=text[last.start : day.end])
        else:
            joined.append(day)
    return joined
