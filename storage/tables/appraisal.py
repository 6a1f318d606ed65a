"""Appraisal: rounds, who may vote and has, what was voted, verdicts; and the account of points.

Ballots are secret. `BallotPaper` knows who has voted, `BallotCount` and `BallotWords` what: nothing in one
leads to a row of the other. The counts are made before the first vote and only rise, words have random keys,
and neither has a time.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, Text
from sqlmodel import Field, SQLModel, UniqueConstraint

from .columns import key, optional_reference, optional_telegram_id, reference


class AppraisalRound(SQLModel, table=True):
    """Members of a branch are appraised, by its residents or by one another.

    `version` rises with every change before it opens; a button carries the version it was shown for.
    """

    __tablename__ = "appraisal_round"
    __table_args__ = (UniqueConstraint("branch_id", "kind", "planned_for"),)

    id: int | None = key()
    version: int = 1
    branch_id: int = reference("unit.id")
    kind: str  # domain.appraisal.RoundKind
    state: str  # domain.appraisal.RoundState
    planned_for: date  # the day by the calendar of the preset; of a members' round the day it was opened
    first: date  # of the time that is appraised
    last: date
    opens_on: date  # `planned_for`, or later when it was put off
    opened_at: datetime | None = None
    closes_at: datetime | None = None  # set when it opens; no vote counts from then on
    ended_at: datetime | None = None  # closed and counted, or cancelled
    ended_by: str = ""  # who cancelled or closed it; empty: time


class BallotPaper(SQLModel, table=True):
    """The right to one vote on one member: a household's in a residents' round, else a member's.

    `cast` says that it has been used; what was voted does not stand here.
    """

    __tablename__ = "ballot_paper"
    __table_args__ = (
        UniqueConstraint("round_id", "household_id", "subject_id"),
        UniqueConstraint("round_id", "voter_id", "subject_id"),
    )

    id: int | None = key()
    round_id: int = reference("appraisal_round.id", index=False)
    subject_id: int = reference("person.id")  # the member who is appraised
    household_id: int | None = optional_reference("household.id")  # null in a members' round
    voter_id: int | None = optional_reference("person.id")  # null in a residents' round
    cast: bool = False


class BallotCount(SQLModel, table=True):
    """How many votes of one kind a member has had in a round. There is no row of a single vote."""

    __tablename__ = "ballot_count"

    round_id: int = Field(foreign_key="appraisal_round.id", primary_key=True, sa_type=BigInteger)
    subject_id: int = Field(foreign_key="person.id", primary_key=True, sa_type=BigInteger, index=True)
    choice: str = Field(primary_key=True)  # domain.appraisal.Opinion or Grade
    votes: int = 0


class BallotWords(SQLModel, table=True):
    """A sentence added to a vote on a member. Its key is drawn at random, and it has no time."""

    __tablename__ = "ballot_words"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    round_id: int = reference("appraisal_round.id")
    subject_id: int = reference("person.id")
    words: str = Field(sa_type=Text)


class WordsToAdd(SQLModel, table=True):
    """Somebody who has voted is about to add a sentence, or has and may still edit it; deleted afterwards."""

    __tablename__ = "words_to_add"

    user_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    paper_id: int = Field(foreign_key="ballot_paper.id", primary_key=True, sa_type=BigInteger)
    message_id: int | None = optional_telegram_id()  # of the sentence; null: it is waited for
    expires_at: datetime


class Verdict(SQLModel, table=True):
    """The branch's verdict on a member for a year. Entered again it is changed; the audit has what it was."""

    __tablename__ = "verdict"
    __table_args__ = (UniqueConstraint("person_id", "year"),)

    id: int | None = key()
    version: int = 1
    branch_id: int = reference("unit.id")
    person_id: int = reference("person.id", index=False)
    year: int
    grade: str  # domain.appraisal.Grade
    reasons: str = Field(sa_type=Text)
    next_step: str = Field(default="", sa_type=Text)  # what helps them on; empty: none is needed
    entered_by_id: int | None = optional_reference("person.id", index=False)
    entered_at: datetime


class PointEntry(SQLModel, table=True):
    """An entry in a member's account of points; only ever added.

    `key` names the event and how often it has been entered (`visit:7:3:2026-11-12#1`), so that it counts
    once. What is taken back has an entry of its own with the opposite sign (`…#2`).
    """

    __tablename__ = "point_entry"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_point_entry_account", "person_id", "day"),
        Index("ix_point_entry_branch", "branch_id", "day"),
    )

    id: int | None = key()
    key: str
    branch_id: int = reference("unit.id", index=False)
    person_id: int = reference("person.id", index=False)
    day: date  # of the event
    points: int  # below zero: taken back, or spent
    source: str  # domain.points.Source
    why: str  # in words
    made_at: datetime


class PointGoods(SQLModel, table=True):
    """Something that points can be exchanged for."""

    __tablename__ = "point_goods"

    id: int | None = key()
    branch_id: int = reference("unit.id")
    name: str
    cost: int  # points
    removed_at: datetime | None = None


class PointExchange(SQLModel, table=True):
    """A member wants points exchanged for goods. Nothing is spent until it is confirmed."""

    __tablename__ = "point_exchange"

    id: int | None = key()
    branch_id: int = reference("unit.id")
    person_id: int = reference("person.id")
    goods: str  # as named when asked for
    cost: int  # as it was then
    asked_at: datetime
    answer: str | None = None  # domain.points.ExchangeAnswer; null: waits
    answered_at: datetime | None = None
    answered_by_id: int | None = optional_reference("person.id", index=False)


class PointBulletin(SQLModel, table=True):
    """The bulletin of a quarter, drafted for the secretary, who may post it in the group."""

    __tablename__ = "point_bulletin"
    __table_args__ = (UniqueConstraint("branch_id", "first"),)

    id: int | None = key()
    branch_id: int = reference("unit.id", index=False)
    first: date  # of the quarter
    last: date
    text: str = Field(sa_type=Text)
    drafted_at: datetime
    answer: str | None = None  # posted, kept; null: waits
    answered_at: datetime | None = None
