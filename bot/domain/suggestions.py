"""Which households a bare "走访3户" meant: a guess to choose from, never a record.

What is due counts first, then what has been visited on the same kind of day before (habit: the weekday, and
the same households together), then the order of the round: the longest ago first. Where a member always goes
the same way, that is also the order of the links.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.cadence import ContactState, Standing


@dataclass(frozen=True, slots=True)
class Guessable:
    """A household of the member that made the report.

    standing: as it was on the day of the visit, this report left out.
    visited_on: days on which this member has been there before, this report left out.
    place: among the member's households, in the order in which they were linked.
    """

    household_id: int
    standing: Standing
    visited_on: Sequence[date]
    place: int


def likeliest(households: Sequence[Guessable], *, day: date) -> list[int]:
    """All households that may have been meant, the likeliest first; those away or visited that day last.

    day: of the visits reported.
    """
    return [one.household_id for one in sorted(households, key=lambda one: _rank(one, day))]


def _rank(one: Guessable, day: date) -> tuple[int, int, int, date, int]:
    state = one.standing.state
    if state is ContactState.EXCUSED or day in one.visited_on:
        order = 3
    elif state is ContactState.OVERDUE or one.standing.called:
        order = 0
    else:
        order = 1 if state is ContactState.DUE else 2
    # Two visits on the same weekday are a habit, one is an accident.
    same_weekday = sum(each.weekday() == day.weekday() for each in one.visited_on)
    habit = 0 if same_weekday >= 2 else 1
    due = (one.standing.due_by - day).days if order < 2 else 0
    return order, habit, due, one.standing.last_contact or date.min, one.place
