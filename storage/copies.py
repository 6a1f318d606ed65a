"""A copy of the ledger in memory, to try things on: nothing of it ever reaches a disk or another process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import StaticPool
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Database
from storage.tables import metadata

# What was received and what is kept to learn from is no part of the ledger.
_LEFT_OUT = frozenset(("inbox_update", "audit_entry", "heard_message", "reading_correction", "heartbeat"))
_AT_ONCE = 500


@asynccontextmanager
async def copy_in_memory(database: Database) -> AsyncIterator[AsyncSession]:
    """A session on a copy of the database as it is now. The original is only read."""
    engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
    try:
        async with engine.begin() as copy, database.reading() as original:
            await copy.run_sync(metadata.create_all)
            reading = await original.connection()
            for table in metadata.sorted_tables:
                if table.name in _LEFT_OUT:
                    continue
                rows = [dict(row) for row in (await reading.execute(select(table))).mappings()]
                for start in range(0, len(rows), _AT_ONCE):
                    await copy.execute(insert(table), rows[start : start + _AT_ONCE])
        async with AsyncSession(engine, expire_on_commit=False) as session:
            yield session
    finally:
        await engine.dispose()
