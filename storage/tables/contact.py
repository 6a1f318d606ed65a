"""Contact with households: those away, health lines, occasions for a visit, and the household's side."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import SQLModel, UniqueConstraint

from .columns import key, optional_reference, reference, telegram_id


class HouseholdAway(SQLModel, table=True):
    """Nobody is at home from a day to a day: the household need not be visited meanwhile."""

    __tablename__ = "household_away"

    id: int | None = key()
    household_id: int = reference("household.id")
    first: date
    last: date | None = None  # last day away; null: until somebody says that they are back
    told_by_id: int | None = optional_reference("person.id", index=False)  # null: not on the roster
    told_by_name: str
    told_at: datetime
    chat_id: int = telegram_id()
    message_id: int = telegram_id()
    words: str  # the message that told it
    ended_at: datetime | None = None  # said to be back, or taken back; null: stands


class HealthLine(SQLModel, table=True):
    """How somebody in quarantine was found by a visit. For the secretary alone; withdrawn with the visit."""

    __tablename__ = "health_line"
    __table_args__ = (UniqueConstraint("visit_id"),)

    id: int | None = key()
    visit_id: int = reference("visit.id", index=False)
    household_id: int = reference("household.id")
    person_id: int = reference("person.id")  # the member who has told it
    day: date
    temperature: float | None = None  # °C, the highest told; null: only words
    fever: bool = False
    words: str = ""  # what was said besides, as written
    kept_at: datetime


class Occasion(SQLModel, table=True):
    """Something at a household that calls for a visit at once (五必到), as told by a message."""

    __tablename__ = "occasion"
    __table_args__ = (
        UniqueConstraint("chat_id", "message_id", "household_id", "kind"),
        Index("ix_occasion_waiting", "branch_id", "ended_at"),
    )

    id: int | None = key()
    branch_id: int = reference("unit.id", index=False)
    household_id: int = reference("household.id")
    kind: str  # domain.occasions.OccasionKind
    told_by_name: str
    told_by_id: int | None = optional_reference("person.id", index=False)  # null: not on the roster
    told_at: datetime
    chat_id: int = telegram_id()
    message_id: int = telegram_id()
    words: str  # the clause that tells it
    since: date  # the day on which it was told
    due_by: date  # last day on which a visit is in time
    matter_id: int | None = optional_reference("matter.id")  # the matter that told it; null: none
    ended_at: datetime | None = None  # null: waits for a visit
    ended_by: str | None = None  # visit, withdrawn, wrong
    report_id: int | None = optional_reference("report.id")  # the report whose visit has answered it


class SpotCheck(SQLModel, table=True):
    """A resident was asked whether a visit has taken place. Never held against them; no member sees it."""

    __tablename__ = "spot_check"
    __table_args__ = (
        UniqueConstraint("visit_id"),
        Index("ix_spot_check_household", "household_id", "asked_at"),
    )

    id: int | None = key()
    visit_id: int = reference("visit.id", index=False)
    branch_id: int = reference("unit.id")
    household_id: int = reference("household.id", index=False)
    person_id: int = reference("person.id")  # the resident
    asked_user_id: int = telegram_id()
    asked_at: datetime
    answer: str | None = None  # domain.spot_checks.Answer; null: not answered
    answered_at: datetime | None = None
    cancelled_at: datetime | None = None  # the visit was taken back before it was answered
