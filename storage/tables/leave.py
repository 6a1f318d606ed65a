"""Leave of members, who stands in for them, and what is lent to the substitute meanwhile."""

from datetime import date, datetime

from sqlmodel import SQLModel

from .columns import key, optional_reference, reference


class Leave(SQLModel, table=True):
    """Somebody is away from a day to a day. Never overlaps another leave of theirs that stands."""

    __tablename__ = "leave"

    id: int | None = key()
    person_id: int = reference("person.id")
    first: date
    last: date
    substitute_id: int | None = optional_reference("person.id")  # null: nobody was named
    agreed: bool | None = None  # whether the substitute has consented; null: has not answered, or none named
    asked_at: datetime
    begun_at: datetime | None = None  # null: lies ahead
    ended_at: datetime | None = None  # over, or called off; null: stands


class LentMatter(SQLModel, table=True):
    """A matter in the substitute's hands for the days of a leave."""

    __tablename__ = "lent_matter"

    id: int | None = key()
    leave_id: int = reference("leave.id")
    matter_id: int = reference("matter.id")
    returned_at: datetime | None = None
