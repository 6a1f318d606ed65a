"""Units, people, households, and who answers for whom."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Field, SQLModel, UniqueConstraint

from .columns import json_dict, json_list, key, optional_reference, optional_telegram_id, reference


class Unit(SQLModel, table=True):
    """A district, town, branch or group (hub, courtyard, building): a tree through `parent_id`."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("parent_id", "kind", "name"),)

    id: int | None = key()
    kind: str  # domain.roster.UnitKind
    name: str
    parent_id: int | None = optional_reference("unit.id")
    preset: str | None = None  # null: the parent's
    overrides: dict[str, Any] = json_dict()  # parameters of the preset that this unit sets for itself
    matters_numbered: int = 0  # the number given to this branch's latest matter
    words_mark: str = ""  # domain.taught.Taught.mark of this branch's words; empty: it has taught none


class Person(SQLModel, table=True):
    """Somebody on the roster, or a resident who has made themselves known to the bot."""

    __tablename__ = "person"

    id: int | None = key()
    branch_id: int | None = optional_reference("unit.id")  # null: a town officer
    name: str
    phone_encrypted: str | None = None
    telegram_id: int | None = optional_telegram_id(unique=True)  # null: not claimed yet
    claimed_at: datetime | None = None
    household_id: int | None = optional_reference("household.id")  # where a resident lives, when known
    on_leave_until: date | None = None  # last day of leave
    note: str = ""  # what the roster says of them beside: what they are good at, what they belong to
    created_at: datetime


class RoleHeld(SQLModel, table=True):
    """A role that a person holds in a unit. The secretary holds it in the branch, a leader in the group."""

    __tablename__ = "role_held"
    __table_args__ = (UniqueConstraint("person_id", "unit_id", "role"),)

    id: int | None = key()
    person_id: int = reference("person.id")
    unit_id: int = reference("unit.id")
    role: str  # domain.roster.Role


class Household(SQLModel, table=True):
    """A household of a branch. `head` and `address` are as the roster writes them."""

    __tablename__ = "household"

    id: int | None = key()
    branch_id: int = reference("unit.id")
    group_id: int | None = optional_reference("unit.id")
    head: str
    address: str = ""
    kinds: list[str] = json_list()  # domain.roster.HouseholdKind
    phone_encrypted: str | None = None
    plate: str | None = Field(default=None, index=True)  # the code on the door plate
    nicknames: list[str] = json_list()
    note: str = ""
    removed_on: date | None = None


class Link(SQLModel, table=True):
    """A member answers for a household, from a day to a day (null: until further notice)."""

    __tablename__ = "link"

    id: int | None = key()
    person_id: int = reference("person.id")
    household_id: int = reference("household.id")
    since: date
    until: date | None = None  # last day
    reason: str = ""
