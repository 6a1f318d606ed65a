"""Meetings: on which days they are, for whom, how long one may sign in, and how attendance is summed up."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.acts import ActivityKind
from bot.domain.party_day import Calendar, PartyDayRule, day_in_month

PARTY_DAY = "party_day"
"""Name of the rule by which the theme Party day is planned."""


class SessionStatus(StrEnum):
    """What has become of a session."""

    PLANNED = "planned"
    RECORDED = "recorded"  # held
    CALLED_OFF = "called_off"
    WITHDRAWN = "withdrawn"  # told in the chat and taken back


class StudyKind(StrEnum):
    """At which hours a member has time: in the evening, at the weekend, in the daytime."""

    FARMING = "farming"
    MIGRANT = "migrant"
    RETIRED = "retired"


class Presence(StrEnum):
    """What is known of somebody who is expected."""

    EXPECTED = "expected"  # nothing yet
    PRESENT = "present"
    EXCUSED = "excused"  # absent, with a reason
    ABSENT = "absent"  # absent when sign-in was over, and no reason is known


class SignedBy(StrEnum):
    """How it became known."""

    BUTTON = "button"
    WORDS = "words"
    ENTERED = "entered"  # by the secretary, for somebody else
    LEAVE = "leave"  # they are on leave that day


class Why(StrEnum):
    """Why a matter is on an agenda; in the order in which they stand there."""

    RECURRING = "recurring"
    BROKEN = "broken"  # a promise on it has passed
    PROMISED = "promised"  # a promise on it is due by the day
    OVERDUE = "overdue"
    ON_LEDGER = "on_ledger"
    OPEN = "open"
    ADDED = "added"  # no matter: words of the secretary's


class WordsFor(StrEnum):
    """What the next private message of whoever has pressed a button has."""

    ITEM = "item"
    MINUTES = "minutes"
    MOVE = "move"
    SIGN_IN = "sign_in"


@dataclass(frozen=True, slots=True)
class MeetingRule:
    """A meeting that comes back.

    audience: whom it is for; null: all members.
    months: the months in which it is, 1 January … 12 December; empty: every month.
    """

    name: str
    kind: ActivityKind
    day: PartyDayRule
    begins: time
    audience: StudyKind | None = None
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingRules:
    """Parameters of meetings."""

    party_day_begins: time
    planned: tuple[MeetingRule, ...]
    """All meetings planned by rule but the Party day, whose rule stands on its own."""
    sign_in_before: timedelta
    """How long before its beginning one may sign in."""
    late_after: timedelta
    """How long after its beginning a sign-in is late."""
    open_for: timedelta
    """How long after its beginning sign-in ends."""
    agenda_most: int
    """Matters that a drafted agenda has at most."""
    gather_at: time
    """The day after: when the secretary is told the reasons that have been given for absences."""
    kind_unsaid: StudyKind
    """The kind of members of whom nobody has said it."""
    study_by: int
    """Day of the month on which the leader of a group without a study session is reminded; 0: never."""
    report_in: PartyDayRule | None
    """The day by which each group reports in to its branch; null: groups don't."""
    report_in_before: int
    """Days before it at which leaders get the draft."""
    report_in_after: int
    """Days after it at which the secretary is told who has not."""
    dues: PartyDayRule | None
    """The day on which members are reminded of their dues; null: they are not."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time that a meeting is. month: the first day of the month that it belongs to."""

    month: date
    day: date


def occasions(
    rule: PartyDayRule, calendar: Calendar, *, first: date, last: date, months: Collection[int] = ()
) -> list[Occasion]:
    """The occasions of a rule from `first` to `last`; put off, one may lie in the month after its own."""
    found = []
    month = (first.replace(day=1) - timedelta(days=1)).replace(day=1)
    while month <= last:
        day = day_in_month(rule, month.year, month.month, calendar)
        if first <= day <= last and (not months or month.month in months):
            found.append(Occasion(month, day))
        month = (month + timedelta(days=32)).replace(day=1)
    return found


@dataclass(frozen=True, slots=True)
class Window:
    """When one may sign in: from `opens` until before `closes`, late from `late_from` on."""

    opens: datetime
    late_from: datetime
    closes: datetime


_LEAST_OPEN = timedelta(hours=1)


def sign_in_window(
    rules: MeetingRules, starts_at: datetime, *, opened_at: datetime | None, day_ends: datetime
) -> Window:
    """When one may sign in at a session.

    Args:
        opened_at: when its board went up; null: not yet. Nobody is late because the board was.
        day_ends: midnight after its day: sign-in never goes on for longer.
    """
    begun = max(starts_at, opened_at or starts_at)
    closes = max(starts_at + rules.open_for, begun + _LEAST_OPEN)
    return Window(starts_at - rules.sign_in_before, begun + rules.late_after, min(closes, day_ends))


@dataclass(frozen=True, slots=True)
class Turnout:
    """Attendance of one session, or of several together; people, counted once for each session.

    expected, absent_with_reason: null when nobody has said or counted them. late is part of present.
    """

    expected: int | None
    present: int
    late: int = 0
    absent_with_reason: int | None = None

    @property
    def absent(self) -> int | None:
        """Absent without a reason that is known; null when nobody knows how many were expected."""
        if self.expected is None:
            return None
        return max(self.expected - self.present - (self.absent_with_reason or 0), 0)

    @property
    def share(self) -> float | None:
        """Part of those expected that came; null when nobody was expected, or it is not known."""
        return min(self.present / self.expected, 1.0) if self.expected else None


def turnout(states: Iterable[tuple[Presence, bool]]) -> Turnout:
    """The attendance that a sign-in shows: for each person their presence, and whether they were late."""
    told = list(states)
    return Turnout(
        expected=len(told),
        present=sum(state is Presence.PRESENT for state, _ in told),
        late=sum(state is Presence.PRESENT and late for state, late in told),
        absent_with_reason=sum(state is Presence.EXCUSED for state, _ in told),
    )


def together(turnouts: Iterable[Turnout]) -> Turnout:
    """Several sessions as one; those of which nobody knows how many were expected are left out."""
    known = [one for one in turnouts if one.expected is not None]
    return Turnout(
        expected=sum(one.expected or 0 for one in known),
        present=sum(one.present for one in known),
        late=sum(one.late for one in known),
        absent_with_reason=sum(one.absent_with_reason or 0 for one in known),
    )
