"""Column types that behave alike on SQLite and PostgreSQL."""

from typing import Any

from sqlalchemy import JSON, BigInteger, Integer
from sqlmodel import Field, SQLModel

# A constraint needs a name for a later migration to change it.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite counts up only a column declared INTEGER; PostgreSQL's INTEGER has 32 bits.
_big = BigInteger().with_variant(Integer(), "sqlite")


def key() -> Any:
    """A primary key that the database counts up."""
    return Field(default=None, primary_key=True, sa_type=_big)


def reference(target: str, *, index: bool = True) -> Any:
    """A foreign key that must be given."""
    return Field(foreign_key=target, sa_type=_big, index=index)


def optional_reference(target: str, *, index: bool = True) -> Any:
    """A foreign key that may be null."""
    return Field(default=None, foreign_key=target, sa_type=_big, index=index, nullable=True)


def telegram_id(*, unique: bool = False, index: bool = False) -> Any:
    """An id of Telegram's that must be given: 64 bits, negative for groups."""
    return Field(sa_type=BigInteger, unique=unique, index=index)


def optional_telegram_id(*, unique: bool = False, index: bool = False) -> Any:
    """An id of Telegram's that may be null."""
    return Field(default=None, sa_type=BigInteger, unique=unique, index=index, nullable=True)


def json_list() -> Any:
    """A list kept as JSON. Assign a new list to change it: a change in place is not saved."""
    return Field(default_factory=list, sa_type=JSON)


def json_dict() -> Any:
    """A dictionary kept as JSON. Assign a new one to change it: a change in place is not saved."""
    return Field(default_factory=dict, sa_type=JSON)
