"""How often a household is to be contacted, and whether that has been done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.roster import HouseholdKind


class ContactState(StrEnum):
    """Whether a household has had its contact; for reminders, boards, figures and appraisals alike.

    done: contacted, and the next contact is not near yet. due: to be contacted by `due_by`.
    overdue: `due_by` has passed. excused: everybody who answers for it is on leave, or nobody is at home.
    """

    DONE = "done"
    DUE = "due"
    OVERDUE = "overdue"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """When a member is reminded of a household.

    share: part of the period after which they are reminded first.
    days_before: days before its end at which they are reminded again; left out in short periods, where
        it would come no later than the first. The last reminder is on the last day.
    overdue_weekday: the weekday on which they are reminded of what is overdue: 1 Monday … 7 Sunday.
    """

    share: float
    days_before: int
    overdue_weekday: int = 1

    def offsets(self, period: int) -> tuple[int, ...]:
        """Days after the last contact on which a reminder comes, for a period of so many days."""
        first = min(max(round(period * self.share), 1), period)
        again = period - self.days_before
        return tuple(sorted({first, period} | ({again} if again > first else set())))


@dataclass(frozen=True, slots=True)
class Call:
    """Something has happened at a household that makes a visit due at once, by the day `due_by`."""

    due_by: date


@dataclass(frozen=True, slots=True)
class Standing:
    """A household's contact on a day.

    period: days within which it is to be contacted. begun: the day from which they count.
    last_contact: null when it has never been contacted. due_by: the last day in time.
    called: something has happened there that calls for a visit, whatever its cadence.
    """

    state: ContactState
    period: int
    begun: date
    last_contact: date | None
    due_by: date
    called: bool = False

    def is_near(self, today: date, rule: ReminderRule) -> bool:
        """Whether it belongs in a reminder: overdue, or due and past the first reminder's day."""
        waited = self.called or (today - self.begun).days >= rule.offsets(self.period)[0]
        return self.state is ContactState.OVERDUE or (self.state is ContactState.DUE and waited)

    def calls_for_reminder(self, *, after: date, today: date, rule: ReminderRule) -> bool:
        """Whether one of its reminders falls on a day later than `after`, up to and including today."""
        if not self.is_near(today, rule):
            return False
        days = [self.begun + timedelta(days=offset) for offset in rule.offsets(self.period)]
        if self.called:  # when it happened they were told at once
            days.append(self.due_by)
        if self.state is ContactState.OVERDUE:
            to_weekday = (rule.overdue_weekday - today.isoweekday()) % -7  # 0 … -6: back to the latest one
            days += [day for day in [today + timedelta(days=to_weekday)] if day > self.due_by]
        return any(after < day <= today for day in days)


def period_of(kinds: Iterable[str], cadence: Mapping[HouseholdKind, int]) -> int:
    """Days within which a household is to be contacted: of several kinds the strictest counts."""
    known = [HouseholdKind(kind) for kind in kinds] or [HouseholdKind.ORDINARY]
    return min(cadence[kind] for kind in known)


def standing(
    *,
    period: int,
    linked_since: date,
    last_contact: date | None,
    today: date,
    rule: ReminderRule,
    excused: bool,
    back_since: date | None = None,
    calls: Sequence[Call] = (),
) -> Standing:
    """How a household stands on a day.

    Args:
        linked_since: since when somebody answers for it; a new link starts a new period.
        last_contact: the latest day on which anybody contacted it; null: never.
        excused: nobody who answers for it is there, or nobody is at home.
        back_since: the first day on which those who live there were at home again; a new period starts.
        calls: what has happened there that a visit has not answered yet.
    """
    from_then = max(linked_since, back_since or linked_since)
    begun = from_then if last_contact is None else max(from_then, last_contact)
    due_by = min([begun + timedelta(days=period), *(call.due_by for call in calls)])
    if excused:
        state = ContactState.EXCUSED
    elif today > due_by:
        state = ContactState.OVERDUE
    else:
        contacted = last_contact is not None and last_contact >= from_then
        waited = (today - begun).days >= rule.offsets(period)[0]
        state = ContactState.DONE if contacted and not waited and not calls else ContactState.DUE
    return Standing(state, period, begun, last_contact, due_by, called=bool(calls))
