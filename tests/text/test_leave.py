"""Leave and busy days as people ask for them, in tables. Today is Tuesday, 10 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from bot.text.leave import CalendarAsked, LeaveAsked, read_calendar, read_leave

TODAY = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("said", "first", "last", "substitute"),
    [
        ("请假 11月25日到30日，张建国代", "2026-11-25", "2026-11-30", "张建国"),
        ("请假到周五", "2026-11-10", "2026-11-13", None),
        ("请假三天 由张建国代管", "2026-11-10", "2026-11-12", "张建国"),
        ("我要请假两天", "2026-11-10", "2026-11-11", None),
        ("请假两周", "2026-11-10", "2026-11-23", None),
        ("我请假明天到后天，请何文替我", "2026-11-11", "2026-11-12", "何文"),
        ("请假 孙立新代，11月20日到22日", "2026-11-20", "2026-11-22", "孙立新"),
        ("请假 下周一到下周五", "2026-11-16", "2026-11-20", None),
        ("请假从明天起到周日", "2026-11-11", "2026-11-15", None),
        ("请假 25号到30号", "2026-11-25", "2026-11-30", None),
        ("请假 25号到5号", "2026-11-25", "2026-12-05", None),  # into the next month
        ("请假 12月28日到1月3日", "2026-12-28", "2027-01-03", None),  # into the next year
        ("请假 11.25-11.30 何文代", "2026-11-25", "2026-11-30", "何文"),
        ("请假 明天", "2026-11-11", "2026-11-11", None),
        # What is wrong is read as it is said, for the answer to say so.
        ("请假 11月30日到25日", "2026-11-30", "2026-11-25", None),
        ("请假 11月1日到3日", "2026-11-01", "2026-11-03", None),
    ],
)
def test_leave_has_its_days_and_its_substitute(said, first, last, substitute) -> None:
    found = read_leave(said, TODAY)
    assert found is not None and found.stretch is not None
    assert (found.stretch.first.isoformat(), found.stretch.last.isoformat()) == (first, last)
    assert found.substitute == substitute


@pytest.mark.parametrize(
    ("said", "command", "asked"),
    [
        ("请假", False, LeaveAsked()),
        ("销假", False, LeaveAsked(over=True)),
        ("销假", True, LeaveAsked(over=True)),
        ("取消请假", False, LeaveAsked(over=True)),
        ("", True, LeaveAsked()),  # /leave alone
        ("今天请假去医院", False, None),  # told, not asked for
        ("张海燕请假了", False, None),
        ("今天走访了老王家", False, None),
    ],
)
def test_leave_without_days(said, command, asked) -> None:
    assert read_leave(said, TODAY, command=command) == asked


def test_after_the_command_the_word_is_not_needed() -> None:
    found = read_leave("11月25日到30日 张建国代", TODAY, command=True)
    assert found is not None and found.stretch is not None
    assert (found.stretch.last, found.substitute) == (date(2026, 11, 30), "张建国")


@pytest.mark.parametrize(
    ("said", "first", "last", "yearly"),
    [
        ("农忙 5月28日到6月10日", (5, 28), (6, 10), True),
        ("农忙9月25日-10月8日", (9, 25), (10, 8), True),
        ("农忙 2026年9月25日到10月8日", (9, 25), (10, 8), False),
    ],
)
def test_busy_days(said, first, last, yearly) -> None:
    found = read_calendar(said, TODAY)
    assert found is not None and found.stretch is not None
    stretch = found.stretch
    assert (stretch.first.month, stretch.first.day) == first
    assert (stretch.last.month, stretch.last.day) == last
    assert (stretch.dated, stretch.yearly) == (True, yearly)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("历", CalendarAsked()),
        ("农忙", CalendarAsked()),
        ("取消农忙", CalendarAsked(off=True)),
        ("农忙 收麦子", CalendarAsked(unread=True)),
        ("农忙时节大家辛苦了", CalendarAsked(unread=True)),
        ("日历上写着呢", None),
    ],
)
def test_the_calendar_without_days(said, asked) -> None:
    assert read_calendar(said, TODAY) == asked
