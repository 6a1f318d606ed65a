"""The ledger: reports and their visits, matters and their events.

Every row names the message that made it: `(chat_id, message_id, act_index)` is unique, so the same
message read twice makes it once.
"""

from datetime import date, datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from .columns import json_list, key, optional_reference, optional_telegram_id, reference, telegram_id

_SOURCE = ("chat_id", "message_id", "act_index")


class Report(SQLModel, table=True):
    """One visit act: what a member said of one occasion or, when cumulative, of a period."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint(*_SOURCE),)

    id: int | None = key()
    branch_id: int = reference("unit.id")
    group_id: int | None = optional_reference("unit.id")
    person_id: int = reference("person.id")
    day: date
    mode: str  # domain.acts.VisitMode
    count: int | None = None  # households; null: not said
    unclaimed: int = 0  # of `count`, those for which no household is known
    cumulative: bool = False
    services: list[str] = json_list()  # domain.acts.Service
    status: str = "recorded"  # recorded, amended, withdrawn
    reported_at: datetime
    chat_id: int = telegram_id()
    message_id: int = telegram_id()
    act_index: int
    topic_id: int | None = optional_telegram_id()
    media_group_id: str | None = None
    text: str
    unknown_names: list[str] = json_list()  # households named that are not on the roster, as written


class Visit(SQLModel, table=True):
    """One household reached, by one report. Withdrawn with its report or by an amendment."""

    __tablename__ = "visit"

    id: int | None = key()
    report_id: int = reference("report.id")
    household_id: int = reference("household.id")
    person_id: int = reference("person.id")
    day: date
    named_as: str  # as the message wrote it
    withdrawn_at: datetime | None = None


class Matter(SQLModel, table=True):
    """A matter (事项): somebody needs, complains or asks, and somebody is answerable for it.

    `version` rises with every change; a button carries the version it was shown for.
    """

    __tablename__ = "matter"
    __table_args__ = (UniqueConstraint(*_SOURCE), UniqueConstraint("branch_id", "number"))

    id: int | None = key()
    version: int = 1
    branch_id: int = reference("unit.id")
    group_id: int | None = optional_reference("unit.id")
    number: int
    category: str  # domain.acts.Category
    urgency: str  # domain.acts.Urgency
    text: str  # the words that tell it
    about: str | None = None  # as written; null: the reporter's own or everybody's
    household_id: int | None = optional_reference("household.id")
    reporter_person_id: int | None = optional_reference("person.id")
    reporter_telegram_id: int | None = optional_telegram_id(index=True)  # null: an anonymous admin
    reporter_name: str
    on_behalf_of: str | None = None  # the resident for whom a member has raised it, as they said
    unnamed: bool = False  # the name of the reporter is not kept, their chat only to answer them
    assignee_id: int | None = optional_reference("person.id")  # who holds it now; null: nobody could be found
    first_holder_id: int | None = optional_reference("person.id")
    step: str  # domain.matters.Step
    step_level: int = 0  # of groups one above the other, which holds it; 0: the lowest
    status: str = Field(index=True)  # domain.matters.MatterStatus
    private: bool = False
    created_at: datetime
    acknowledge_by: datetime | None = None  # null once acknowledged
    first_acknowledge_by: datetime | None = None  # as first said; null: raised before this was kept
    acknowledged_at: datetime | None = None
    solve_by: datetime | None = None
    first_solve_by: datetime | None = None  # what the resident was told first; steps up do not move it
    remind_at: datetime | None = None  # at the top: when the holder is reminded again of what is late
    warned_for: datetime | None = None  # the deadline that the holder has been warned of
    next_call_at: datetime | None = None  # emergencies: when everybody is called again
    review_at: datetime | None = None  # on the problem ledger: when it comes back
    solved_at: datetime | None = None
    confirm_asked_at: datetime | None = None
    confirm_reminded_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str | None = None  # domain.matters.Outcome
    merged_into_id: int | None = optional_reference("matter.id")  # the matter that it has become part of
    split_from_id: int | None = optional_reference("matter.id")  # the matter of which this one was a part
    chat_id: int = telegram_id()
    message_id: int = telegram_id()
    act_index: int
    topic_id: int | None = optional_telegram_id()
    media_group_id: str | None = None
    photos: list[str] = json_list()  # Telegram file ids
    voices: int = 1  # households that have told it, the reporter's included
    reporter_said: str | None = None  # their side (domain.matters.Outcome) while co-reporters are still asked
    recurs: list[int] = json_list()  # numbers of the earlier matters of which this is another occurrence
    accused_ids: list[int] = json_list()  # the people it accuses; they never get to see it
    explanation: str | None = None  # why it can't be solved, as its reporter is told
    explained_at: datetime | None = None  # they have said that they have read it
    looked_back_at: datetime | None = None  # when its reporter was asked, long after, whether it lasted
    lasted: bool | None = None  # what they answered
    masked_at: datetime | None = None  # when what is personal in it was masked; null: it has not been


class CoReporter(SQLModel, table=True):
    """Somebody else who tells of the same matter, and confirms for their own side whether it is settled."""

    __tablename__ = "co_reporter"
    __table_args__ = (UniqueConstraint("matter_id", "telegram_id"),)

    id: int | None = key()
    matter_id: int = reference("matter.id")
    person_id: int | None = optional_reference("person.id")  # null: not on the roster
    chat_id: int = telegram_id()  # of the message by which they joined
    message_id: int = telegram_id()
    telegram_id: int = telegram_id(index=True)
    name: str
    household_id: int | None = optional_reference("household.id")
    joined_at: datetime
    merged_id: int | None = optional_reference("matter.id")  # the matter of their own given up for it
    text: str
    said: str | None = None  # domain.matters.Outcome; null: not asked, or not answered yet
    said_at: datetime | None = None


class MatterEvent(SQLModel, table=True):
    """What happened to a matter, in order; only ever added."""

    __tablename__ = "matter_event"

    id: int | None = key()
    matter_id: int = reference("matter.id")
    at: datetime
    kind: str  # domain.matters.Move
    by_person_id: int | None = optional_reference("person.id")
    by_name: str  # the person's name then, or "系统"
    note: str = ""


class MatterOffer(SQLModel, table=True):
    """A matter offered to somebody by name, or to another branch. Until they accept nothing changes hands.

    A matter has one open offer at most: `answer` is null while it waits.
    """

    __tablename__ = "matter_offer"

    id: int | None = key()
    matter_id: int = reference("matter.id")
    to_person_id: int | None = optional_reference("person.id")  # null: to the secretary of `to_branch_id`
    to_branch_id: int | None = optional_reference("unit.id")  # null: within the branch
    by_person_id: int | None = optional_reference("person.id")
    by_name: str
    made_at: datetime
    answer_by: datetime  # afterwards it falls back
    answer: str | None = Field(default=None, index=True)  # accepted, declined, lapsed, cancelled
    answered_at: datetime | None = None


class FormerNumber(SQLModel, table=True):
    """A number that a matter had in a branch before it was handed over; it still opens it there."""

    __tablename__ = "former_number"
    __table_args__ = (UniqueConstraint("branch_id", "number"),)

    id: int | None = key()
    branch_id: int = reference("unit.id", index=False)
    number: int
    matter_id: int = reference("matter.id")
