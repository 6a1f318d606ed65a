"""Roll-calls: the households asked for, what is known of each, who is asked, and all that was said."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import SQLModel, UniqueConstraint

from .columns import json_list, key, optional_reference, optional_telegram_id, reference, telegram_id


class RollCall(SQLModel, table=True):
    """A roll-call of households of one branch. Of several villages called at once each has its own."""

    __tablename__ = "roll_call"
    __table_args__ = (UniqueConstraint("branch_id", "chat_id", "message_id"),)

    id: int | None = key()
    branch_id: int = reference("unit.id", index=False)
    title: str
    scope: str  # whom it asks for, in words ("三组、四组")
    drill: bool = False
    status: str  # domain.roll_call.CallStatus
    household_ids: list[int] = json_list()  # of a draft: whom it will ask for
    asked_by_id: int | None = optional_reference("person.id")
    asked_by_name: str
    asked_at: datetime
    chat_id: int = telegram_id()  # the message that asked for it
    message_id: int = telegram_id()
    topic_id: int | None = optional_telegram_id()
    opened_at: datetime | None = None  # null: a draft
    completed_at: datetime | None = None  # since when nobody is missing; null: some are
    closed_at: datetime | None = None
    closed_by_name: str | None = None
    receiver_id: int | None = optional_reference("person.id")  # who receives at the shelter; null: not named
    calls: int = 0  # how many times those with open households were called again
    next_call_at: datetime | None = None  # null: not open, or called often enough
    show_at: datetime | None = None  # when board and lists are to be shown anew; null: they are true
    shown_at: datetime | None = None
    masked_at: datetime | None = None  # when what is personal in it was masked; null: it has not been


class RollCallHousehold(SQLModel, table=True):
    """What is known of a household in a roll-call: what its answers, in the events, come to."""

    __tablename__ = "roll_call_household"
    __table_args__ = (UniqueConstraint("roll_call_id", "household_id"),)

    id: int | None = key()
    roll_call_id: int = reference("roll_call.id", index=False)
    household_id: int = reference("household.id")
    state: str  # domain.roll_call.HouseholdState
    state_at: datetime | None = None  # null: nobody has answered
    by_id: int | None = optional_reference("person.id")
    by_name: str | None = None
    source: str | None = None  # domain.roll_call.Source
    people: int | None = None  # of whom the answer tells; null: it gave no number
    residents: int | None = None  # who live there by the roster; null: it does not say
    confirmed: bool = False  # a second source has said the same
    disputed: bool = False  # another says better: the worse stands until it is cleared
    neighbours_asked_at: datetime | None = None


class RollCallAsk(SQLModel, table=True):
    """Somebody is asked in a roll-call, by one private message that changes with the answers."""

    __tablename__ = "roll_call_ask"
    __table_args__ = (UniqueConstraint("roll_call_id", "person_id", "role"),)

    id: int | None = key()
    roll_call_id: int = reference("roll_call.id", index=False)
    person_id: int = reference("person.id")
    role: str  # domain.roll_call.AskedAs
    household_ids: list[int] = json_list()  # in the order in which they are numbered for them
    page: int = 0
    notice_id: int | None = optional_reference("notice.id")  # the latest message to them
    asked_at: datetime
    shown: str = ""  # the marks of what the message shows


class RollCallEvent(SQLModel, table=True):
    """Something that happened in a roll-call. Append-only: `id` is the order in which it happened."""

    __tablename__ = "roll_call_event"

    id: int | None = key()
    roll_call_id: int = reference("roll_call.id")
    household_id: int | None = optional_reference("household.id")
    at: datetime
    kind: str  # domain.roll_call.EventKind
    state: str | None = None  # of an answer: domain.roll_call.HouseholdState
    people: int | None = None
    source: str | None = None  # domain.roll_call.Source
    clears: bool = False  # an answer of one who decides what holds
    by_id: int | None = optional_reference("person.id")
    by_user_id: int | None = optional_telegram_id()  # of somebody who is on no roster
    by_name: str = ""
    chat_id: int | None = optional_telegram_id()  # the message that said so; null: a press, or time
    message_id: int | None = optional_telegram_id()
    note: str = ""
