"""Days of the calendar: 3月6号, 11.20, 2026-11-20, 上个月15号, 20号."""

from __future__ import annotations

import re
from datetime import date

from bot.text.date_units import Found, Span, dated, number
from bot.text.month_days import latest, months_back, valid

_LINE_OPENS = ("\n", ",", "。", ";", ":", "(", " ")
_DAY_OPENS = ("日期", "时间", "于", "在", "到", "-", "~", "报", "、", "从")
_DAY_GOES_ON = ("日", "号", "走", "入", "上", "下", "去", "电", "看", "访", "晚")
_COUNTED = "户家人个名位次天年月块元斤亩度点份"
_YEARS_BACK = 10  # 26.11.20: a year of two figures is one of these


def full(m: re.Match[str], today: date) -> Found:
    """2026-11-20, 26.11.20, 20261120, 11/20/2026 and, where that is none, 20.11.2026."""
    if m["run_y"]:
        return dated(valid(int(m["run_y"]), int(m["run_m"]), int(m["run_d"])), today)
    if m["dmy_y"]:
        first, second, year = int(m["dmy_a"]), int(m["dmy_b"]), int(m["dmy_y"])
        return dated(valid(year, first, second) or valid(year, second, first), today)
    year = int(m["ymd_y"])
    if year < 100:
        year += 2000
        if not today.year - _YEARS_BACK <= year <= today.year:
            return None
    return dated(valid(year, int(m["ymd_m"]), int(m["ymd_d"])), today)


def month_and_day(m: re.Match[str], today: date) -> Found:
    month, first = number(m["md_m"]), number(m["md_d"])
    if not (m["md_k"] or m["md_d2"] or m["md_d3"] or m["md_d4"]):
        if not m["md_m"].isdigit() and first > 31:
            return None
        follows = m.string[m.end() : m.end() + 1]
        if follows and (follows in _COUNTED or follows.isdigit()):
            return None
    if not 1 <= month <= 12:
        return None
    found = latest(month, first, today)
    if found is None:
        return None
    until = m["md_d2"] or m["md_d3"] or m["md_d4"]
    other = valid(found.year, month, number(until)) if until else None
    return (other, Span.DAYS) if other and found < other <= today else (found, Span.DAY)


def in_figures(m: re.Match[str], today: date) -> Found:
    """11.20, 11/20, 11.3-11.5: a day only where it opens a line or is said to be one; else it is a number."""
    between = m["slash_s"] or m["one_s"]
    before, after = m.string[max(0, m.start() - 4) : m.start()], m.string[m.end() : m.end() + 2]
    ends = not after and before.endswith(("户", "家"))
    opens = not before.strip() or before.endswith((*_LINE_OPENS, *_DAY_OPENS)) or ends
    if m["one_s"] == "-" and after[:1] in ("日", "号"):  # 3-5号
        return _latest_of_month(number(m["one_d"]), today, Span.DAYS)
    if between == "-" and (m["slash_s"] or not opens or (after[:1] in ("、", ",") and m["one_m"][0] != "0")):
        return None
    if not opens and after[:1] not in _DAY_GOES_ON:
        return None
    if not m["slash_s"]:
        found = latest(int(m["one_m"]), int(m["one_d"]), today)
        return (found, Span.DAY) if found else None
    found = latest(int(m["slash_m2"] or m["slash_m"]), int(m["slash_d2"]), today)
    return (found, Span.DAYS) if found else None


def of_named_month(m: re.Match[str], today: date) -> Found:
    back = m["md_last"].count("上") if m["md_last"] else 0
    found = valid(*months_back(today, back), number(m["month_d"]))
    return (min(found, today), Span.DAY) if found else None


def of_month(m: re.Match[str], today: date) -> Found:
    last = m["days_d2"] or m["day_last"]
    return _latest_of_month(number(last or m["day_d"]), today, Span.DAYS if last else Span.DAY)


def _latest_of_month(day: int, today: date, span: Span) -> Found:
    for back in (0, 1, 2):
        found = valid(*months_back(today, back), day)
        if found and found <= today:
            return found, span
    return None
