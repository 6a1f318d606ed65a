"""Stretches of the calendar, which stand for their last day: 上旬, 月底, 9月, 上半年, 三季度, 去年."""

from __future__ import annotations

import re
from datetime import date

from bot.text.date_units import Found, Span, number, year_said
from bot.text.month_days import month_end, months_back

_ENDS_OF_YEAR = {"第一天": (1, 1), "最后一天": (12, 31)}
_STRETCHES = {"上旬": 10, "上半月": 15, "前半月": 15, "前半个月": 15, "中旬": 20, "下旬": 31}
_EXACT = "初底末头尾"


def part_of_year(m: re.Match[str], today: date) -> Found:
    """年底, 去年初: without a year like 月底, so far as it has come."""
    year = year_said(m["in_year"], today) if m["in_year"] else today.year
    day = date(year, 1, 1) if m["yp"] == "初" else date(year, 12, 31)
    if not m["in_year"]:
        return min(day, today), Span.DAYS
    return day, Span.FUTURE if day > today else Span.DAYS


def part_of_month(m: re.Match[str], today: date) -> Found:
    named, part = m["part_m"] or "", m["part"] or m["part_bare"]
    if m["part_bare"] in _ENDS_OF_YEAR:
        return date(today.year, *_ENDS_OF_YEAR[part]), Span.DAY
    year, month = today.year, today.month
    if named.startswith("上"):
        year, month = months_back(today, named.count("上"))
    elif named and named[0] not in "本这当":
        month = number(re.sub("月份?", "", named))
        if not 1 <= month <= 12:
            return None
        year -= month > today.month
    if part.startswith("前") and part.endswith("天"):
        day = date(year, month, min(number(part[1:-1]), month_end(year, month).day))
        return min(day, today), Span.PERIOD
    if part in _STRETCHES or part.endswith("中"):
        day = month_end(year, month) if part == "下旬" else date(year, month, _STRETCHES.get(part, 20))
        return min(day, today), Span.PERIOD if part in _STRETCHES else Span.DAYS
    first = part[-1] in "初头" or part in ("第一天", "头一天", "头几天")
    day = date(year, month, 1) if first else month_end(year, month)
    return min(day, today), Span.DAYS if part == "头几天" else Span.DAY


def month(m: re.Match[str], today: date) -> Found:
    if m["mp_n"]:
        return month_of_latest_year(number(m["mp_n"]), today)
    back = m["mp_p"].count("上")
    return (month_end(*months_back(today, back)) if back else today), Span.PERIOD


def months(m: re.Match[str], today: date) -> Found:
    """1-9月份, 二至四月."""
    first, last = number(m["months_1"]), number(m["months_2"])
    return month_of_latest_year(last, today) if 1 <= first <= 12 else None


def month_of_latest_year(which: int, today: date) -> Found:
    if not 1 <= which <= 12:
        return None
    year = today.year - (which > today.month)
    return (today if (year, which) == (today.year, today.month) else month_end(year, which)), Span.PERIOD


def half(m: re.Match[str], today: date) -> Found:
    if m["half_n"] == "上":
        return min(date(today.year, 6, 30), today), Span.PERIOD
    return (date(today.year - 1, 12, 31) if today.month <= 6 else today), Span.PERIOD


def quarter(m: re.Match[str], today: date) -> Found:
    current = (today.month - 1) // 3 + 1
    if m["q_p"] and not m["q_p"].startswith("上"):
        return today, Span.PERIOD
    which = current - 1 if m["q_p"] else number(m["q_n"] or m["q_first"]) or 1
    year = today.year
    if which < 1 or which > current:
        year, which = year - 1, which or 4
    return min(month_end(year, which * 3), today), Span.PERIOD


def year(m: re.Match[str], today: date) -> Found:
    said = m["year_n"] or m["year_w"]
    which = year_said(said, today) if said else today.year
    if which > today.year:
        return date(which, 1, 1), Span.FUTURE
    return min(date(which, 12, 31), today), Span.PERIOD
