"""When the theme Party day (主题党日) is: a rule as people say it, read and applied to the calendar.

每月5日 · 每月十五号 · 每月最后一天
每月第一个周六 · 每月最后一个星期五
… ，遇节假日顺延          to the first day that is no public holiday
… ，遇节假日和周末顺延    to the first working day
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LAST = -1


class DayKind(StrEnum):
    """What the calendar says of a day; make-up workdays at weekends are working days."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


Calendar = Callable[[date], DayKind]


class RuleNotUnderstood(ValueError):
    """The rule is in none of the forms that are known; `rule` is what it says."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"not a rule for a day of the month: {rule!r}")
        self.rule = rule


@dataclass(frozen=True, slots=True)
class PartyDayRule:
    """Which day of each month.

    number: the day of the month, or, with a weekday, which one of them; LAST: the last. A month that is
        too short takes its last day.
    weekday: 0 Monday … 6 Sunday; null: any.
    not_on: kinds of day from which it is put off, day by day.
    """

    number: int
    weekday: int | None = None
    not_on: frozenset[DayKind] = frozenset()


def read_rule(text: str) -> PartyDayRule:
    """Read a rule.

    Raises:
        RuleNotUnderstood: when it is in none of the known forms.
    """
    match = _RULE.fullmatch(re.sub(r"[\s,，、;；。]+", "", text))
    if match is None:
        raise RuleNotUnderstood(text)
    not_on = set()
    if match["holidays"]:
        not_on.add(DayKind.HOLIDAY)
    if match["weekends"]:
        not_on.add(DayKind.WEEKEND)
    if match["last_day"]:
        return PartyDayRule(LAST, None, frozenset(not_on))
    weekday = None if match["weekday"] is None else _WEEKDAYS.index(match["weekday"].replace("天", "日"))
    number = LAST if match["which"] == "最后一" else _number(match["which"] or match["day"])
    if not (number == LAST or 1 <= number <= (31 if weekday is None else 5)):
        raise RuleNotUnderstood(text)
    return PartyDayRule(number, weekday, frozenset(not_on))


def day_in_month(rule: PartyDayRule, year: int, month: int, calendar: Calendar) -> date:
    """The Party day of a month; put off, it may fall into the next."""
    length = monthrange(year, month)[1]
    if rule.weekday is None:
        number = length if rule.number == LAST else min(rule.number, length)
        day = date(year, month, number)
    else:
        first = date(year, month, 1)
        first += timedelta(days=(rule.weekday - first.weekday()) % 7)
        all_of_them = [first + timedelta(weeks=week) for week in range(5)]
        in_month = [one for one in all_of_them if one.month == month]
        day = in_month[-1] if rule.number == LAST else in_month[min(rule.number, len(in_month)) - 1]
    while rule.not_on and calendar(day) in rule.not_on:
        day += timedelta(days=1)
    return day


def next_party_day(rule: PartyDayRule, today: date, calendar: Calendar) -> date:
    """The first Party day that is today or later."""
    year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    while True:
        day = day_in_month(rule, year, month, calendar)
        if day >= today:
            return day
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


# Numbers and weekdays of the rule's own small language.
_DIGITS = "零一二三四五六七八九十"
_WEEKDAYS = "一二三四五六日"
_RULE = re.compile(
    r"每(?:个)?月(?:的)?(?:"
    r"(?P<last_day>最后一[天日])"
    r"|第?(?P<which>最后一|[1-5一二三四五])个(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
    r"|(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]"
    r")(?:(?:如)?遇(?:到)?(?P<holidays>(?:法定)?节?假日)?(?:和|或|与)?(?P<weekends>周末|双休日)?(?:则)?(?:顺延|延后))?"
)


def _number(words: str) -> int:
    """1–39 in digits or Chinese; 0 when it is neither."""
    if words.isdecimal():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return _DIGITS.find(words) if len(words) == 1 else 0
    return 10 * (_DIGITS.find(tens) if tens else 1) + (_DIGITS.find(ones) if ones else 0)
