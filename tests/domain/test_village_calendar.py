"""Busy farming days and official holidays: which days pause normal clocks."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.party_day import DayKind
from bot.domain.village_calendar import NoSuchDays, VillageCalendar, read_busy

MAY_DAY = {date(2026, 5, 1): DayKind.HOLIDAY, date(2026, 5, 2): DayKind.WEEKEND}
YEARLY, ONCE, TURN = "05-28..06-10", "2026-09-25..2026-10-08", "12-20..01-05"


@pytest.mark.parametrize(
    ("text", "day", "busy"),
    [
        (YEARLY, date(2026, 5, 27), False),
        (YEARLY, date(2026, 5, 28), True),
        (YEARLY, date(2031, 6, 10), True),  # every year
        (YEARLY, date(2026, 6, 11), False),
        (ONCE, date(2026, 10, 8), True),
        (ONCE, date(2027, 10, 1), False),  # this year only
        (TURN, date(2026, 12, 31), True),  # over the turn of the year
        (TURN, date(2026, 1, 5), True),
        (TURN, date(2026, 1, 6), False),
        ("10-01", date(2026, 10, 1), True),  # a day stands for itself
        ("10-01", date(2026, 10, 2), False),
    ],
)
def test_busy_days_include_both_ends(text, day, busy) -> None:
    assert (day in read_busy(text)) is busy


@pytest.mark.parametrize(
    "text", ["", "夏天", "13-01..13-05", "02-30", "2026-06-10..2026-05-28", "05-28..2026-06-10"]
)
def test_what_is_no_stretch_of_days_is_refused(text) -> None:
    with pytest.raises(NoSuchDays):
        read_busy(text)


@pytest.mark.parametrize("text", [YEARLY, ONCE, TURN])
def test_a_stretch_is_written_as_it_is_read(text) -> None:
    assert str(read_busy(text)) == text


@pytest.mark.parametrize(
    ("calendar", "paused"),
    [
        ({}, [1]),  # official holidays alone
        ({"weekends": True}, [1, 2]),
        ({"holidays": False}, []),
        ({"holidays": False, "weekends": True}, [2]),
        ({"busy": (read_busy("05-03..05-04"),)}, [1, 3, 4]),
        ({"kind_of": None}, []),
    ],
)
def test_which_days_of_may_pause(calendar, paused) -> None:
    known = {"kind_of": lambda day: MAY_DAY.get(day, DayKind.WORKING), **calendar}
    one = VillageCalendar(**known)
    assert [day for day in range(1, 7) if one.pauses(date(2026, 5, day))] == paused
