"""Days reckoned from the day of the message: 昨天, 上周三, 三天前, 这两天."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.text.date_grammar import OFFSETS, VAGUE
from bot.text.date_units import Found, Span, number
from bot.text.month_days import latest, month_end, months_back, same_day, valid

_WEEKDAYS = (
    {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6, "末": 6} | {str(i + 1): i for i in range(7)}
)
_VAGUE = {"past": (-1, Span.DAYS), "now": (0, Span.DAYS), "future": (1, Span.FUTURE)}
_SOME = 3  # 几天前: three of them


def by_word(m: re.Match[str], today: date) -> Found:
    if m["word"] in OFFSETS:
        offset = OFFSETS[m["word"]]
        return today + timedelta(days=offset), Span.FUTURE if offset > 0 else Span.DAY
    if VAGUE[m["word"]] == "none":
        return None
    offset, span = _VAGUE[VAGUE[m["word"]]]
    return today + timedelta(days=offset), span


def in_next(m: re.Match[str], today: date) -> Found:
    """下周三, 下下个月: of a week without a day its Monday, of a month its first day."""
    ahead = len(m["next_p"])
    if "月" in m["next"]:
        year, month = months_back(today, -ahead)
        return valid(year, month, number(m["next_m"]) or 1) or date(year, month, 1), Span.FUTURE
    monday = _monday(today) + timedelta(weeks=ahead)
    return monday + timedelta(days=_WEEKDAYS[m["next_d"]] if m["next_d"] else 0), Span.FUTURE


def later(m: re.Match[str], today: date) -> Found:
    day = _moved(m["later_n"], m["later_u"], today, ahead=True)
    return (day, Span.FUTURE) if day else None


def ago(m: re.Match[str], today: date) -> Found:
    day = _moved(m["ago_n"], m["ago_u"], today, ahead=False)
    vague = m["ago_n"][-1] in "半几" or "年" in m["ago_u"]
    return (day, Span.DAYS if vague else Span.DAY) if day else None


def _moved(count: str, unit: str, today: date, *, ahead: bool) -> date | None:
    """The day so many units before or after; null for half a day."""
    sign = 1 if ahead else -1
    if count == "半":
        if "年" in unit:
            return same_day(today, *months_back(today, -6 * sign))
        return today + timedelta(days=15 * sign) if "月" in unit else None
    units, half = (_SOME if count.endswith("几") else number(count)) * sign, "半" in unit
    if "天" in unit or "日" in unit:
        return today + timedelta(days=units)
    if "年" in unit:
        return same_day(today, *months_back(today, -12 * units - 6 * sign * half))
    if "月" in unit:
        return same_day(today, *months_back(today, -units)) + timedelta(days=15 * sign * half)
    return today + timedelta(weeks=units)


def recent(m: re.Match[str], today: date) -> Found:
    """近30天, 过去一个月: until today."""
    return today, Span.DAYS if m["recent_u"] in "天日" else Span.PERIOD


def same(m: re.Match[str], today: date) -> Found:
    """上个月的今天."""
    said = m["same_p"]
    if "月" in said:
        return same_day(today, *months_back(today, said.count("上"))), Span.DAY
    return today - timedelta(weeks=said.count("上")), Span.DAY


def weekday(m: re.Match[str], today: date) -> Found:
    monday = _monday(today)
    prefix = m["week_p"] or ""
    which = _WEEKDAYS[m["week_d2"] or m["week_d"]]
    if "上" in prefix or prefix[:1] in ("前", "头"):
        monday -= timedelta(weeks=max(1, prefix.count("上")) + (prefix[:1] == "前"))
    if prefix and which < _WEEKDAYS[m["week_d"]]:  # 上周日到周三
        monday += timedelta(weeks=1)
    day = monday + timedelta(days=which)
    if m["week_d"] == "末" and monday + timedelta(days=5) <= today < day:
        day = today
    if day > today:
        if prefix:
            return day, Span.FUTURE
        day -= timedelta(weeks=1)
    return day, Span.DAYS if m["week_d2"] or m["week_d"] == "末" else Span.DAY


def nth_weekday(m: re.Match[str], today: date) -> Found:
    """十月的第一个星期一, 上个月最后一个周五."""
    if m["nth_m"]:
        month = number(m["nth_m"])
        first = latest(month, 1, today) if 1 <= month <= 12 else None
    else:
        first = date(*months_back(today, m["nth_last"].count("上") if m["nth_last"] else 0), 1)
    if first is None:
        return None
    which = _WEEKDAYS[m["nth_d"]]
    if m["nth_n"]:
        days = (which - first.weekday()) % 7 + 7 * (number(m["nth_n"]) - 1)
        return dated_within(first + timedelta(days=days), first, today)
    last = month_end(first.year, first.month)
    return dated_within(last - timedelta(days=(last.weekday() - which) % 7), first, today)


def dated_within(day: date, first: date, today: date) -> Found:
    if (day.year, day.month) != (first.year, first.month):
        return None
    return day, Span.FUTURE if day > today else Span.DAY


def week(m: re.Match[str], today: date) -> Found:
    back = m["wp_p"].count("上")
    return (_monday(today) - timedelta(days=1 + 7 * (back - 1)) if back else today), Span.PERIOD


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())
