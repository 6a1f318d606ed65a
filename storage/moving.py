"""Moving everything from a SQLite file to another database, row for row."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, bindparam, func, insert, select, text, update
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.engines import reading_engine, schema_engine, writing_engine
from storage.tables import metadata

_AT_ONCE = 500


async def move_all(source: URL, target: URL) -> int:
    """Copy all rows of `source` into `target`, which is empty and gets its tables first; all or nothing.

    Args:
        source: a SQLite file that nobody writes to; it is brought up to date if an earlier version made it.

    Returns:
        How many rows were copied.
    """
    await schema.upgrade(source)
    await schema.upgrade(target)
    reading, writing = reading_engine(source), writing_engine(target)
    try:
        async with reading.connect() as old, writing.begin() as new:
            return sum([await _move(table, old, new) for table in metadata.sorted_tables])
    except BaseException:
        await _empty(target)
        raise
    finally:
        await reading.dispose()
        await writing.dispose()


async def _move(table: Table, old: AsyncConnection, new: AsyncConnection) -> int:
    """Copy a table. What points at rows of the same table is written when all of these are there."""
    to_itself = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    rows = [dict(row) for row in (await old.execute(select(table))).mappings()]
    for start in range(0, len(rows), _AT_ONCE):
        part = [{**row, **dict.fromkeys(to_itself)} for row in rows[start : start + _AT_ONCE]]
        await new.execute(insert(table), part)
    for name in to_itself:
        pointing = [{"of": row["id"], "to": row[name]} for row in rows if row[name] is not None]
        if pointing:
            put = update(table).where(table.c.id == bindparam("of")).values({name: bindparam("to")})
            await new.execute(put, pointing)
    await _count_on(table, new)
    return len(rows)


async def _count_on(table: Table, new: AsyncConnection) -> None:
    """Let the next row's number follow on the highest."""
    key = table.autoincrement_column
    if key is None or new.dialect.name != "postgresql":
        return
    highest: Any = select(func.max(key)).scalar_subquery()
    sequence = func.pg_get_serial_sequence(table.name, key.name)
    await new.execute(select(func.setval(sequence, func.coalesce(highest, 1), highest.is_not(None))))


async def _empty(target: URL) -> None:
    """Take the tables away again, so that the database is as empty as it was."""
    engine = schema_engine(target)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(metadata.drop_all)
            await connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    finally:
        await engine.dispose()
