"""Clocks that stand still at night and on paused days, in tables of exact times and for any times at all."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.party_day import DayKind
from bot.domain.quiet import QuietHours
from bot.domain.village_calendar import VillageCalendar, read_busy
from bot.domain.working_time import WorkingTime

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT, NEVER = QuietHours(SHANGHAI), QuietHours(SHANGHAI, time(0), time(0))
NOON = QuietHours(SHANGHAI, time(12), time(14))
# 1–7 October are off, 10 October (a Saturday) is worked; the wheat is brought in on 20–22 October.
_OFF = {datetime(2026, 10, day).date(): DayKind.HOLIDAY for day in range(1, 8)}  # noqa: DTZ001 days only
OCTOBER = VillageCalendar(
    kind_of=lambda day: _OFF.get(day, DayKind.WORKING), busy=(read_busy("2026-10-20..2026-10-22"),)
)
VILLAGE = WorkingTime(NIGHT, OCTOBER)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "resumes"),
    [
        ("09-30 12:00", "09-30 12:00"),
        ("09-30 21:30", "10-08 07:00"),  # the night before a holiday ends after the holiday's last night
        ("10-03 12:00", "10-08 07:00"),
        ("10-07 23:00", "10-08 07:00"),
        ("10-08 06:59", "10-08 07:00"),
        ("10-20 00:00", "10-23 07:00"),
    ],
)
def test_a_pause_ends_on_an_open_day_in_the_morning(moment, resumes) -> None:
    assert VILLAGE.after_pause(at(moment)) == at(resumes)
    assert VILLAGE.is_paused(at(moment)) is (moment != resumes)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("09-30 20:30", 1, "09-30 21:30"),
        ("09-30 20:30", 2, "10-08 08:00"),  # an hour before the holiday, an hour after it
        ("10-03 12:00", 24, "10-09 16:30"),  # begins in it: 14.5 h on the 8th, 9.5 h on the 9th
        ("10-19 10:00", 24, "10-23 19:30"),  # 11.5 h before the harvest, 12.5 h after it
        ("10-09 20:30", 2, "10-10 08:00"),  # a make-up Saturday is worked
    ],
)
def test_hours_are_counted_outside_nights_and_paused_days(start, hours, end) -> None:
    assert VILLAGE.add(at(start), hours * HOUR) == at(end)
    assert VILLAGE.subtract(at(end), hours * HOUR) == VILLAGE.after_pause(at(start))


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("09-21 10:00", 7, "09-28 10:00"),  # a week
        ("09-28 10:00", 7, "10-12 10:00"),  # seven days off are not counted
        ("10-02 10:00", 7, "10-15 07:00"),  # begins when the holiday is over
        ("10-18 23:00", 1, "10-23 07:00"),  # the 19th at 23:00 is night, and the harvest follows
        ("10-19 10:00", 1, "10-23 10:00"),
    ],
)
def test_days_are_counted_without_the_paused_ones(start, days, end) -> None:
    assert VILLAGE.add_days(at(start), days * DAY) == at(end)


def test_a_day_before_the_first_day_after_a_holiday_is_the_eve_of_the_holiday() -> None:
    assert VILLAGE.open_day_before(at("10-08 10:00"), DAY) == at("09-30 10:00")


QUIETS = st.sampled_from([NIGHT, NOON, NEVER])
STARTS = st.datetimes(datetime(2026, 9, 20), datetime(2026, 11, 1))  # noqa: DTZ001 the zone is put on below
SPANS = st.integers(1, 60 * 24 * 12).map(lambda minutes: timedelta(minutes=minutes))


@given(quiet=QUIETS, start=STARTS, span=SPANS)
def test_what_is_added_and_taken_away_again_leads_back(quiet, start, span) -> None:
    working = WorkingTime(quiet, OCTOBER)
    start = start.replace(tzinfo=SHANGHAI)
    back = working.subtract(working.add(start, span), span)
    # On a boundary the evening's last moment stands for the morning's first.
    assert working.after_pause(back) == working.after_pause(start)


@given(quiet=QUIETS, start=STARTS, span=SPANS, later=SPANS)
def test_who_starts_later_or_has_longer_never_ends_earlier(quiet, start, span, later) -> None:
    working = WorkingTime(quiet, OCTOBER)
    start = start.replace(tzinfo=SHANGHAI)
    assert working.add(start + later, span) >= working.add(start, span)
    assert working.add(start, span + later) > working.add(start, span)
    assert working.add_days(start + later, 3 * DAY) >= working.add_days(start, 3 * DAY)
    assert working.add(start, span) >= start + span


@given(quiet=QUIETS, start=STARTS, span=SPANS, days=st.integers(1, 20))
def test_no_deadline_lies_in_a_pause(quiet, start, span, days) -> None:
    """It may end on the evening's last moment, which is the first one of the pause."""
    working = WorkingTime(quiet, OCTOBER)
    start = start.replace(tzinfo=SHANGHAI)
    assert not working.is_paused(working.add(start, span) - timedelta(microseconds=1))
    assert not working.is_paused(working.add_days(start, days * DAY))
