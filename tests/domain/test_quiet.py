"""Quiet hours, in a table of exact times. The village is at UTC+8, where the clocks are never changed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quiet import QuietHours
from bot.domain.working_time import WorkingTime

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = QuietHours(SHANGHAI)
NOON = QuietHours(SHANGHAI, time(12), time(14))
NEVER = QuietHours(SHANGHAI, time(0), time(0))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=SHANGHAI)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


@pytest.mark.parametrize(
    ("rule", "moment", "quiet"),
    [
        (NIGHT, "02 21:29", False),
        (NIGHT, "02 21:30", True),
        (NIGHT, "03 00:00", True),
        (NIGHT, "03 06:59", True),
        (NIGHT, "03 07:00", False),
        (NOON, "02 11:59", False),
        (NOON, "02 12:00", True),
        (NOON, "02 14:00", False),
        (NEVER, "02 00:00", False),
        (NEVER, "02 23:00", False),
    ],
)
def test_quiet_begins_on_its_first_moment_and_is_over_on_its_end(rule, moment, quiet) -> None:
    assert rule.is_quiet(at(moment)) is quiet
    assert rule.is_quiet(at(moment).astimezone(UTC)) is quiet


@pytest.mark.parametrize(
    ("rule", "moment", "held_until"),
    [
        (NIGHT, "02 12:00", "02 12:00"),  # nothing to hold
        (NIGHT, "02 21:30", "03 07:00"),  # before midnight: the next morning
        (NIGHT, "03 03:00", "03 07:00"),  # after midnight: the same morning
        (NOON, "02 13:15", "02 14:00"),
        (NEVER, "03 03:00", "03 03:00"),
    ],
)
def test_what_falls_into_quiet_time_is_held_until_it_ends(rule, moment, held_until) -> None:
    assert rule.after_quiet(at(moment)) == at(held_until)


@pytest.mark.parametrize(
    ("rule", "start", "span", "end"),
    [
        (NIGHT, "02 10:00", 3, "02 13:00"),  # within a day
        (NIGHT, "02 20:30", 1, "02 21:30"),  # ends with the day
        (NIGHT, "02 20:30", 1.5, "03 07:30"),  # 1 h today, half an hour tomorrow
        (NIGHT, "02 23:00", 2, "03 09:00"),  # starts in the night: runs from 07:00
        (NIGHT, "02 10:00", 24, "03 19:30"),  # 11.5 h, then 12.5 h
        (NIGHT, "02 07:00", 29, "03 21:30"),  # exactly two days' 14.5 h
        (NOON, "02 11:00", 2, "02 15:00"),
        (NEVER, "02 10:00", 24, "03 10:00"),
    ],
)
def test_a_clock_stands_still_in_quiet_time(rule, start, span, end) -> None:
    assert WorkingTime(rule).add(at(start), hours(span)) == at(end)
    assert WorkingTime(rule).subtract(at(end), hours(span)) == rule.after_quiet(at(start))


def test_four_hours_before_nine_in_the_morning_is_the_evening_before() -> None:
    assert WorkingTime(NIGHT).subtract(at("03 09:00"), hours(4)) == at("02 19:30")


@given(
    start=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001 the zone is put on below
    minutes=st.integers(1, 60 * 24 * 20),
)
def test_no_clock_runs_out_in_the_night(start: datetime, minutes: int) -> None:
    """It may end on the evening's last moment, which is the first quiet one."""
    end = WorkingTime(NIGHT).add(start.replace(tzinfo=SHANGHAI), timedelta(minutes=minutes))
    assert not NIGHT.is_quiet(end - timedelta(microseconds=1))
