"""The Party day's rule: how it is read, and on which days it falls."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.party_day import (
    LAST,
    DayKind,
    PartyDayRule,
    RuleNotUnderstood,
    day_in_month,
    next_party_day,
    read_rule,
)

HOLIDAY, WEEKEND = DayKind.HOLIDAY, DayKind.WEEKEND


def calendar(day: date) -> DayKind:
    """1 to 7 October are holidays; Saturday the 10th is a make-up workday."""
    if day.month == 10 and day.day <= 7:
        return HOLIDAY
    if day == date(2026, 10, 10):
        return DayKind.WORKING
    return WEEKEND if day.weekday() >= 5 else DayKind.WORKING


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("每月5日", PartyDayRule(5)),
        ("每月5号", PartyDayRule(5)),
        ("每个月的十五日", PartyDayRule(15)),
        ("每月二十号", PartyDayRule(20)),
        ("每月三十一日", PartyDayRule(31)),
        ("每月最后一天", PartyDayRule(LAST)),
        ("每月第一个周六", PartyDayRule(1, 5)),
        ("每月第2个星期天", PartyDayRule(2, 6)),
        ("每月最后一个礼拜五", PartyDayRule(LAST, 4)),
        ("每月5日，遇节假日顺延", PartyDayRule(5, None, frozenset({HOLIDAY}))),
        ("每月 5 日, 遇法定节假日顺延。", PartyDayRule(5, None, frozenset({HOLIDAY}))),
        ("每月第一个周五，遇节假日和周末顺延", PartyDayRule(1, 4, frozenset({HOLIDAY, WEEKEND}))),
        ("每月20日，遇周末顺延", PartyDayRule(20, None, frozenset({WEEKEND}))),
    ],
)
def test_rules_as_people_say_them(text, rule) -> None:
    assert read_rule(text) == rule


@pytest.mark.parametrize(
    "text", ["", "每周五", "每月0日", "每月32日", "每月第一个周八", "每月第六个周一", "随时", "每月十十日"]
)
def test_other_rules_are_refused(text) -> None:
    with pytest.raises(RuleNotUnderstood):
        read_rule(text)


@pytest.mark.parametrize(
    ("rule", "year", "month", "day"),
    [
        ("每月5日", 2026, 10, date(2026, 10, 5)),
        ("每月5日，遇节假日顺延", 2026, 10, date(2026, 10, 8)),
        ("每月5日，遇节假日顺延", 2026, 9, date(2026, 9, 5)),  # a plain Saturday is no holiday
        ("每月5日，遇节假日和周末顺延", 2026, 9, date(2026, 9, 7)),
        ("每月10日，遇节假日和周末顺延", 2026, 10, date(2026, 10, 10)),  # a make-up workday
        ("每月31日", 2026, 11, date(2026, 11, 30)),
        ("每月31日", 2028, 2, date(2028, 2, 29)),
        ("每月最后一天", 2026, 12, date(2026, 12, 31)),
        ("每月最后一天，遇周末顺延", 2026, 10, date(2026, 11, 2)),  # into the next month
        ("每月第一个周六", 2026, 11, date(2026, 11, 7)),
        ("每月第一个周日", 2026, 11, date(2026, 11, 1)),
        ("每月第五个周一", 2026, 11, date(2026, 11, 30)),
        ("每月第五个周六", 2026, 11, date(2026, 11, 28)),  # there are four
        ("每月最后一个周五", 2026, 11, date(2026, 11, 27)),
    ],
)
def test_the_day_of_a_month(rule, year, month, day) -> None:
    assert day_in_month(read_rule(rule), year, month, calendar) == day


@pytest.mark.parametrize(
    ("rule", "today", "day"),
    [
        ("每月5日", date(2026, 11, 5), date(2026, 11, 5)),  # today counts
        ("每月5日", date(2026, 11, 6), date(2026, 12, 5)),
        ("每月5日", date(2026, 12, 6), date(2027, 1, 5)),  # across the year
        ("每月最后一天，遇周末顺延", date(2026, 11, 1), date(2026, 11, 2)),  # October's, put off
        ("每月5日，遇节假日顺延", date(2026, 10, 6), date(2026, 10, 8)),
    ],
)
def test_the_next_party_day(rule, today, day) -> None:
    assert next_party_day(read_rule(rule), today, calendar) == day
