"""How often households are contacted, and on which days a member is reminded."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.cadence import Call, ContactState, ReminderRule, period_of, standing
from bot.domain.roster import HouseholdKind

RULE = ReminderRule(share=0.667, days_before=3)
CADENCE = {
    HouseholdKind.ORDINARY: 30,
    HouseholdKind.KEY: 7,
    HouseholdKind.OLD_ALONE: 3,
    HouseholdKind.QUARANTINED: 1,
}
LONG_AGO = date(2026, 1, 1)


def day(number: int) -> date:
    """A day of October 2026, counted on into November."""
    return date(2026, 10, 1) + timedelta(days=number - 1)


def stands(
    period: int,
    last: int | None,
    today: int,
    *,
    since: date = LONG_AGO,
    excused: bool = False,
    back: int | None = None,
    calls: tuple[int, ...] = (),
):
    return standing(
        period=period,
        linked_since=since,
        last_contact=None if last is None else day(last),
        today=day(today),
        rule=RULE,
        excused=excused,
        back_since=None if back is None else day(back),
        calls=[Call(day(due_by)) for due_by in calls],
    )


@pytest.mark.parametrize(
    ("kinds", "days"),
    [
        ([], 30),
        (["ordinary"], 30),
        (["ordinary", "key"], 7),
        (["key", "old_alone"], 3),
        (["old_alone", "quarantined"], 1),
    ],
)
def test_the_strictest_kind_of_a_household_counts(kinds, days) -> None:
    assert period_of(kinds, CADENCE) == days


@pytest.mark.parametrize(
    ("period", "offsets"),
    [
        (30, (20, 27, 30)),
        (14, (9, 11, 14)),
        (7, (5, 7)),  # 3 days before the end would come before two thirds: left out
        (3, (2, 3)),
        (2, (1, 2)),
        (1, (1,)),  # once a day is enough
    ],
)
def test_days_of_reminders_after_the_last_contact(period, offsets) -> None:
    assert RULE.offsets(period) == offsets


@pytest.mark.parametrize(
    ("period", "last", "today", "state", "due_by"),
    [
        (30, 1, 1, ContactState.DONE, 31),
        (30, 1, 20, ContactState.DONE, 31),
        (30, 1, 21, ContactState.DUE, 31),  # from the first reminder's day on
        (30, 1, 31, ContactState.DUE, 31),  # the last day is in time
        (30, 1, 32, ContactState.OVERDUE, 31),
        (3, 1, 2, ContactState.DONE, 4),
        (3, 1, 3, ContactState.DUE, 4),
        (3, 1, 5, ContactState.OVERDUE, 4),
        (1, 1, 1, ContactState.DONE, 2),
        (1, 1, 2, ContactState.DUE, 2),
        (1, 1, 3, ContactState.OVERDUE, 2),
    ],
)
def test_done_due_overdue(period, last, today, state, due_by) -> None:
    found = stands(period, last, today)
    assert (found.state, found.due_by) == (state, day(due_by))


def test_a_new_link_has_a_whole_period_and_is_due_until_its_first_contact() -> None:
    never = stands(30, None, 11, since=day(10))
    assert (never.state, never.due_by) == (ContactState.DUE, day(40))
    before_the_link = stands(30, 2, 11, since=day(10))
    assert (before_the_link.state, before_the_link.due_by) == (ContactState.DUE, day(40))
    assert not never.is_near(day(11), RULE)  # no reminder yet
    assert stands(30, 10, 11, since=day(10)).state is ContactState.DONE


def test_nobody_is_blamed_while_everybody_is_away() -> None:
    away = stands(3, 1, 30, excused=True)
    assert away.state is ContactState.EXCUSED
    assert not away.calls_for_reminder(after=day(1), today=day(30), rule=RULE)


@pytest.mark.parametrize(
    ("today", "after", "reminded"),
    [
        (20, 19, False),
        (21, 20, True),  # two thirds of 30 days after the 1st
        (22, 21, False),
        (28, 27, True),  # 3 days before the end
        (31, 30, True),  # the last day
        (32, 31, False),
        (33, 32, True),  # overdue: Monday 2 November
        (34, 33, False),
        (40, 39, True),  # the Monday after
        (23, 20, True),  # the 21st was missed: made up for
        (36, 31, True),  # so was the Monday
    ],
)
def test_reminders_fall_on_their_days_and_missed_ones_are_made_up_for(today, after, reminded) -> None:
    found = stands(30, 1, today)
    assert found.calls_for_reminder(after=day(after), today=day(today), rule=RULE) is reminded


@pytest.mark.parametrize(
    ("last", "today", "back", "state", "due_by"),
    [
        (1, 60, 50, ContactState.DUE, 80),  # away from the 20th to the 49th: a whole period from the 50th
        (1, 81, 50, ContactState.OVERDUE, 80),
        (55, 60, 50, ContactState.DONE, 85),
        (None, 60, 50, ContactState.DUE, 80),
    ],
)
def test_who_comes_home_has_a_new_period(last, today, back, state, due_by) -> None:
    found = stands(30, last, today, back=back)
    assert (found.state, found.due_by) == (state, day(due_by))


@pytest.mark.parametrize(
    ("last", "today", "calls", "state", "due_by", "near"),
    [
        (1, 5, (6,), ContactState.DUE, 6, True),
        (5, 5, (7,), ContactState.DUE, 7, True),  # visited this morning, before it was known
        (1, 7, (6,), ContactState.OVERDUE, 6, True),
        (1, 5, (9, 6), ContactState.DUE, 6, True),  # the sooner counts
        (1, 30, (40,), ContactState.DUE, 31, True),  # the cadence is sooner still
        (1, 5, (), ContactState.DONE, 31, False),
    ],
)
def test_what_has_happened_makes_a_visit_due_at_once(last, today, calls, state, due_by, near) -> None:
    found = stands(30, last, today, calls=calls)
    assert (found.state, found.due_by) == (state, day(due_by))
    assert found.is_near(day(today), RULE) is near


def test_of_what_has_happened_a_reminder_comes_on_the_last_day_and_when_it_is_over() -> None:
    assert not stands(30, 1, 5, calls=(6,)).calls_for_reminder(after=day(4), today=day(5), rule=RULE)
    assert stands(30, 1, 6, calls=(6,)).calls_for_reminder(after=day(5), today=day(6), rule=RULE)
    # Overdue from the 7th; Monday is the 12th.
    assert not stands(30, 1, 8, calls=(6,)).calls_for_reminder(after=day(7), today=day(8), rule=RULE)
    assert stands(30, 1, 12, calls=(6,)).calls_for_reminder(after=day(11), today=day(12), rule=RULE)
    away = stands(30, 1, 6, calls=(6,), excused=True)
    assert not away.calls_for_reminder(after=day(5), today=day(6), rule=RULE)
