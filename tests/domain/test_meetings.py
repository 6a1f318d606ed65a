"""When meetings are, how long one may sign in, and how attendance is summed up."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.meetings import (
    MeetingRules,
    Occasion,
    Presence,
    StudyKind,
    Turnout,
    occasions,
    sign_in_window,
    together,
    turnout,
)
from bot.domain.party_day import DayKind, read_rule

ZONE = ZoneInfo("Asia/Shanghai")
RULES = MeetingRules(
    party_day_begins=time(9, 30),
    planned=(),
    sign_in_before=timedelta(minutes=30),
    late_after=timedelta(minutes=15),
    open_for=timedelta(hours=3),
    agenda_most=10,
    gather_at=time(18),
    kind_unsaid=StudyKind.FARMING,
    study_by=0,
    report_in=None,
    report_in_before=3,
    report_in_after=3,
    dues=None,
)


def _working(_day: date) -> DayKind:
    return DayKind.WORKING


def _holidays(day: date) -> DayKind:
    """The first week of October."""
    return DayKind.HOLIDAY if (day.month, day.day) <= (10, 7) and day.month == 10 else DayKind.WORKING


@pytest.mark.parametrize(
    ("rule", "first", "last", "months", "found"),
    [
        # a week ahead, within a month and over its end
        ("每月5日", date(2026, 11, 28), date(2026, 12, 5), (), [(12, 5)]),
        ("每月5日", date(2026, 11, 28), date(2026, 12, 4), (), []),
        ("每月最后一天", date(2026, 11, 28), date(2026, 12, 31), (), [(11, 30), (12, 31)]),
        # of a quarter
        ("每月第三个周五", date(2026, 1, 1), date(2026, 7, 31), (3, 6, 9, 12), [(3, 20), (6, 19)]),
    ],
)
def test_occasions(
    rule: str, first: date, last: date, months: tuple[int, ...], found: list[tuple[int, int]]
) -> None:
    days = [one.day for one in occasions(read_rule(rule), _working, first=first, last=last, months=months)]
    assert [(day.month, day.day) for day in days] == found


def test_a_day_put_off_into_the_next_month_belongs_to_its_own() -> None:
    rule = read_rule("每月最后一天，遇周末顺延")

    def weekend(day: date) -> DayKind:
        return DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKING

    found = occasions(rule, weekend, first=date(2026, 11, 1), last=date(2026, 11, 5))
    assert found == [Occasion(date(2026, 10, 1), date(2026, 11, 2))]  # 31 October is a Saturday


def test_it_is_put_off_by_a_holiday() -> None:
    rule = read_rule("每月5日，遇节假日顺延")
    found = occasions(rule, _holidays, first=date(2026, 10, 1), last=date(2026, 10, 31))
    assert [one.day for one in found] == [date(2026, 10, 8)]


def _at(clock: str) -> datetime:
    return datetime.combine(date(2026, 12, 5), time.fromisoformat(clock), ZONE)


@pytest.mark.parametrize(
    ("starts", "opened", "opens", "late", "closes"),
    [
        ("09:30", None, "09:00", "09:45", "12:30"),
        ("09:30", "09:00", "09:00", "09:45", "12:30"),
        ("09:30", "11:00", "09:00", "11:15", "12:30"),  # the board was late, so nobody is
        ("09:30", "13:00", "09:00", "13:15", "14:00"),  # and has an hour
        ("20:00", None, "19:30", "20:15", "23:00"),
    ],
)
def test_when_one_may_sign_in(starts: str, opened: str | None, opens: str, late: str, closes: str) -> None:
    midnight = _at("00:00") + timedelta(days=1)
    up = None if opened is None else _at(opened)
    window = sign_in_window(RULES, _at(starts), opened_at=up, day_ends=midnight)
    assert (window.opens, window.late_from, window.closes) == (_at(opens), _at(late), _at(closes))


def test_sign_in_never_goes_on_after_midnight() -> None:
    midnight = _at("00:00") + timedelta(days=1)
    assert sign_in_window(RULES, _at("22:00"), opened_at=None, day_ends=midnight).closes == midnight
    late = sign_in_window(RULES, _at("09:30"), opened_at=_at("23:30"), day_ends=midnight)
    assert late.closes == midnight


def test_attendance_is_summed_up() -> None:
    here = turnout(
        [
            (Presence.PRESENT, False),
            (Presence.PRESENT, True),
            (Presence.EXCUSED, False),
            (Presence.ABSENT, False),
            (Presence.EXPECTED, False),
        ]
    )
    assert here == Turnout(expected=5, present=2, late=1, absent_with_reason=1)
    assert here.absent == 2
    assert here.share == pytest.approx(0.4)


def test_what_nobody_knows_counts_for_nothing() -> None:
    told = Turnout(expected=None, present=12)
    assert (told.absent, told.share) == (None, None)
    whole = together([told, Turnout(10, 9, absent_with_reason=1), Turnout(10, 10)])
    assert whole == Turnout(20, 19, absent_with_reason=1)
    assert together([]).share is None
    assert Turnout(10, 12).share == 1.0  # guests
