"""A resident's name and number, planted in a row of every table, whatever tables there are."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Float, String, Table, insert, select
from sqlmodel import AutoString
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Household, Person, metadata
from tests.services.time.village import Village

NAME, PHONE, USER = "韦小满", "13955556666", 7700123
PLANTED = f"{NAME}说打{PHONE}"
OLD = datetime(2026, 1, 10, 1, tzinfo=UTC)
FATES: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("what_is_kept.toml").read_text("utf-8")
)

# Words of the program's own on which it depends what becomes of a row.
_STATES = {
    "matter.status": "closed",
    "matter.outcome": "satisfied",
    "notice.state": "sent",
    "notice.method": "send",
    "inbox_update.state": "set_aside",
    "roll_call.status": "closed",
    "role_held.role": "member",
    "digest_item.subject_kind": "household",
    "notice.recipient": NAME,
}
_OF_USER = ("user_id", "telegram_id", "chat_id", "used_by")
_DICTIONARIES = ("act", "overrides")  # of what is kept as JSON; else it is lists
_UNSET = ("masked_at", "removed_on", "edits_notice_id", "matter.merged_into_id", "notice.person_id")


def is_text(column: Column[Any]) -> bool:
    """Whether a column may hold words."""
    return isinstance(column.type, (String, AutoString, JSON))


def texts_kept() -> dict[str, set[str]]:
    """All columns that may hold words, by table."""
    return {
        table.name: {one.name for one in table.columns if is_text(one)} for table in metadata.sorted_tables
    }


def columns_that(*fates: str) -> list[tuple[str, str]]:
    """The columns with one of these fates."""
    return [(table, name) for table, kept in FATES.items() for fate in fates for name in kept.get(fate, [])]


@dataclass
class Planted:
    """The resident, and their household."""

    person: Person
    household: Household


async def plant(session: AsyncSession, village: Village) -> Planted:
    """A row in every table that is about the resident, or was written by them, and is long over."""
    home = Household(branch_id=village.branch, head="韦家", address="村口5号", phone_encrypted=PLANTED)
    session.add(home)
    await session.flush()
    person = Person(
        branch_id=village.branch,
        name=NAME,
        phone_encrypted=PLANTED,
        note=PLANTED,
        telegram_id=USER,
        household_id=home.id,
        created_at=OLD,
    )
    session.add(person)
    await session.flush()
    keys = {"unit": village.branch, "person": person.id, "household": home.id}
    for table in metadata.sorted_tables:
        if table.name not in keys:
            found = await session.exec(insert(table).values(_row(table, keys, village)))
            keys[table.name] = (found.inserted_primary_key or [None])[0]
    return Planted(person, home)


def _row(table: Table, keys: dict[str, Any], village: Village) -> dict[str, Any]:
    row = {}
    for column in table.columns:
        name = f"{table.name}.{column.name}"
        if column.name in _UNSET or name in _UNSET or (column.name == "id" and table.name != "ballot_words"):
            continue
        row[column.name] = _STATES.get(name) or _value(table, column, keys)
    if table.name == "role_held":
        row["person_id"] = village.wang.id
    return row


def _value(table: Table, column: Column[Any], keys: dict[str, Any]) -> Any:
    for foreign in column.foreign_keys:
        target = foreign.column.table.name
        return None if target == table.name else keys[target]
    if is_text(column):
        return _words(table, column)
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Date):
        return date(2026, 1, 10)
    if isinstance(column.type, Float):
        return 38.5
    if isinstance(column.type, DateTime) or "DateTime" in type(column.type).__name__:
        return OLD
    return USER if column.name.endswith(_OF_USER) else 1


def _words(table: Table, column: Column[Any]) -> Any:
    personal = column.name not in FATES[table.name].get("nothing", [])
    if not isinstance(column.type, JSON):
        return PLANTED if personal else "x"
    if column.name in _DICTIONARIES:
        return {"text": PLANTED} if personal else {}
    return [PLANTED] if personal else []


async def stored(session: AsyncSession) -> dict[tuple[str, str], str]:
    """What stands in each column now, of all rows."""
    found = {}
    for table in metadata.sorted_tables:
        for column in table.columns:
            values = await session.exec(select(column))  # type: ignore[call-overload]  # of any table
            found[table.name, column.name] = repr(list(values.scalars()))
    return found
