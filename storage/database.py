"""The database as everybody uses it: transactions that change, sessions that read.

Changes are made by one transaction at a time, on SQLite and on PostgreSQL alike, so that what a use
case has read is still true when it writes. They are short: no network call belongs in one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import exclusion, schema
from storage.engines import is_sqlite, reading_engine, writing_engine
from storage.texts import CleaningSession


class Database:
    """A database by its URL: `sqlite+aiosqlite:///…`, `postgresql+asyncpg://…` or `postgresql+psycopg://…`.

    Connects when first used; `close` it (or use `async with`) at the end. Belongs to one event loop.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = is_sqlite(self.url)
        self._writing = writing_engine(self.url)
        self._reading = reading_engine(self.url)
        self._turn = asyncio.Lock()
        self._writer: asyncio.Task[object] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session whose changes are committed at the end, or rolled back when an exception leaves.

        Others wait in the order in which they came.

        Raises:
            RuntimeError: when this task has a transaction open already: it would wait for itself.
        """
        task = asyncio.current_task()
        if self._writer is not None and self._writer is task:
            raise RuntimeError("this task has a transaction open already")
        # The turn is taken before a connection is, so that waiting costs none.
        async with self._turn:
            self._writer = task
            try:
                async with _session(self._writing) as session, session.begin():
                    if not self.is_sqlite:
                        await _wait_for_other_processes(session)
                    yield session
            finally:
                self._writer = None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that sees the rows as they were at its first query, and can't change any."""
        async with _session(self._reading) as session:
            yield session

    def only_process(self, name: str) -> AbstractAsyncContextManager[exclusion.Lock]:
        """Hold the lock `name` (`intake-<bot id>`) among all processes on this database.

        Raises on entering:
            AlreadyHeld: when another process has it.
        """
        return exclusion.hold(self.url, name)

    async def upgrade(self) -> None:
        """Bring the schema up to date, creating the tables in an empty database."""
        if not await self.is_current():
            await schema.upgrade(self.url)

    async def revision(self) -> str | None:
        """The schema's revision; null when none of our tables are there."""
        async with self._reading.connect() as connection:
            return await connection.run_sync(schema.revision_of)

    async def has_tables(self) -> bool:
        """Whether there are any tables, ours or another program's."""
        async with self._reading.connect() as connection:
            return bool(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))

    async def is_current(self) -> bool:
        """Whether the schema is the one that this program needs."""
        return await self.revision() == schema.latest_revision()

    async def close(self) -> None:
        """Close all connections. Using the database again opens new ones."""
        await self._writing.dispose()
        await self._reading.dispose()


def _session(engine: AsyncEngine) -> AsyncSession:
    return AsyncSession(engine, expire_on_commit=False, sync_session_class=CleaningSession)


async def _wait_for_other_processes(session: AsyncSession) -> None:
    connection = await session.connection()
    number = exclusion.lock_number("write")
    await connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
