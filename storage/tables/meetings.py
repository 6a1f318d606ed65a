"""Meetings: sessions planned by rule or told in the chat, who came, what was on the agenda, what was said.

A session planned by rule is made once for each of its occasions (`planned_as`); when it is told in the chat
as held, that message becomes its source. A session told without having been planned has only its source.
"""

from datetime import date, datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from .columns import key, optional_reference, optional_telegram_id, reference, telegram_id


class ActivitySession(SQLModel, table=True):
    """A session (study, Party day, meeting, mediation, volunteering), held or to be held.

    It has been held when `status` is `recorded`; then `participants` says how many came, as was told or
    counted. Who they were stands in `attendance` for those with a sign-in.
    """

    __tablename__ = "activity_session"
    __table_args__ = (UniqueConstraint("chat_id", "message_id", "act_index"),)

    id: int | None = key()
    branch_id: int = reference("unit.id")
    group_id: int | None = optional_reference("unit.id")
    kind: str  # domain.acts.ActivityKind
    day: date
    title: str = ""
    participants: int | None = None
    expected: int | None = None
    absent_with_reason: int | None = None
    minutes: str = ""
    reporter_person_id: int | None = optional_reference("person.id")
    reporter_name: str
    status: str = "recorded"  # planned, recorded, called_off, withdrawn
    reported_at: datetime  # or planned at
    chat_id: int | None = optional_telegram_id()  # null: planned, and not told in the chat
    message_id: int | None = optional_telegram_id()
    act_index: int | None = None
    text: str
    rule: str = ""  # name of the rule that planned it (domain.meetings.MeetingRule.name); empty: none
    planned_as: str | None = Field(default=None, unique=True)  # rule, unit and month: each occasion once
    starts_at: datetime | None = None
    moved_from: date | None = None  # the day that the rule said
    agenda_fixed_at: datetime | None = None
    opened_at: datetime | None = None  # when sign-in began
    closed_at: datetime | None = None  # when sign-in was over and was summed up
    told_participants: int | None = None  # how many came, as a message said; wins over the sign-in
    board_notice_id: int | None = optional_reference("notice.id")  # the one message with the sign-in
    version: int = 1  # rises with each change that makes buttons stale
    masked_at: datetime | None = None  # when what is personal in it was masked; null: it has not been


class Attendance(SQLModel, table=True):
    """Somebody who is expected at a session, and what became of it. Made when sign-in begins, or before."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("session_id", "person_id"),)

    id: int | None = key()
    session_id: int = reference("activity_session.id")
    person_id: int = reference("person.id")
    state: str  # domain.meetings.Presence
    late: bool = False  # signed in after the time of grace
    how: str = ""  # domain.meetings.SignedBy; empty: nobody has said anything yet
    reason: str = ""  # of an absence, as said
    at: datetime | None = None  # when it was said
    by_person_id: int | None = optional_reference("person.id")  # who said it, when not they themselves
    asked_at: datetime | None = None  # when they were asked why they had not come


class AgendaItem(SQLModel, table=True):
    """Something a session is to talk about: a matter, or words of the secretary's."""

    __tablename__ = "agenda_item"
    __table_args__ = (UniqueConstraint("session_id", "position"),)

    id: int | None = key()
    session_id: int = reference("activity_session.id")
    position: int  # as it is called on the agenda, from 1; never used again when it is dropped
    matter_id: int | None = optional_reference("matter.id")
    why: str  # domain.meetings.Why
    text: str  # as it stands on the agenda
    dropped_at: datetime | None = None
    decision: str = ""  # what was decided about it; empty: nothing yet
    decided_at: datetime | None = None


class MeetingWords(SQLModel, table=True):
    """A button was pressed that needs words (an item, the minutes): their next private message has them."""

    __tablename__ = "meeting_words"

    id: int | None = key()
    user_id: int = telegram_id(index=True)
    session_id: int = reference("activity_session.id")
    what: str  # domain.meetings.WordsFor
    asked_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None


class HubReport(SQLModel, table=True):
    """A hub has reported in to its branch for a month (报到): three short answers."""

    __tablename__ = "hub_report"
    __table_args__ = (UniqueConstraint("unit_id", "month"),)

    id: int | None = key()
    unit_id: int = reference("unit.id", index=False)
    month: date  # its first day
    person_id: int = reference("person.id")
    study: str  # last month's study
    duties: str  # last month's work
    plan: str  # what is planned this month
    reported_at: datetime
    masked_at: datetime | None = None  # when what is personal in it was masked; null: it has not been


class DuesTick(SQLModel, table=True):
    """A member has said that they have paid the dues of a month; no money passes here."""

    __tablename__ = "dues_tick"
    __table_args__ = (UniqueConstraint("person_id", "month"),)

    id: int | None = key()
    person_id: int = reference("person.id", index=False)
    month: date  # its first day
    ticked_at: datetime


class MemberKind(SQLModel, table=True):
    """At which hours a member has time for study; as they or the secretary say."""

    __tablename__ = "member_kind"
    __table_args__ = (UniqueConstraint("person_id"),)

    id: int | None = key()
    person_id: int = reference("person.id", index=False)
    kind: str  # domain.meetings.StudyKind
    set_at: datetime
    by_person_id: int | None = optional_reference("person.id")
