from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.burden import Told, weeks_of
from bot.domain.quiet import QuietHours

ZONE = ZoneInfo("Asia/Shanghai")
QUIET = QuietHours(zone=ZONE, start=time(21, 30), end=time(7))


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=ZONE)


def test_a_week_says_what_was_sent_asked_and_done() -> None:
    told = [
        Told(at(2, 8), asks=True),
        Told(at(2, 9)),
        Told(at(2, 10), asks=True),
        Told(at(2, 23), emergency=True, asks=True),
        Told(at(3, 9), answer=True),
        Told(at(8, 9)),  # Sunday, the same week
        Told(at(9, 9)),  # Monday, the next
    ]
    first, second = weeks_of(told, [at(2, 9), at(8, 22)], quiet=QUIET, budget=2)
    assert (first.week, second.week) == (date(2026, 11, 2), date(2026, 11, 9))
    assert (first.messages, first.emergencies, first.answers, first.questions) == (5, 1, 1, 3)
    assert (first.done, first.quiet, first.quiet_share) == (2, 1, 0.2)
    assert (first.busiest_day, first.budget, first.days_over) == (3, 2, 1)
    assert (second.messages, second.done, second.days_over) == (1, 0, 0)


def test_a_week_of_answers_alone_has_no_share_in_quiet_hours() -> None:
    [week] = weeks_of([Told(at(2, 23), answer=True)], [], quiet=QUIET, budget=8)
    assert (week.messages, week.quiet_share) == (0, None)


def test_somebody_who_was_told_nothing_has_no_week() -> None:
    assert weeks_of([], [], quiet=QUIET, budget=8) == []
