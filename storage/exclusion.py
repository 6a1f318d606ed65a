"""Locks between processes: only one may take in a bot's updates.

A lock lives as long as its own connection: it is freed when the process dies, however it dies.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from storage.engines import is_sqlite


class AlreadyHeld(Exception):
    """Another process holds the lock `name`."""

    def __init__(self, name: str) -> None:
        super().__init__(f"another process holds the lock {name!r}")
        self.name = name


class Lock:
    """A lock that this process holds."""

    async def is_held(self) -> bool:
        """Whether it is still held: a database server that restarts forgets it."""
        return True


class _ServerLock(Lock):
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def is_held(self) -> bool:
        try:
            await self._connection.execute(text("SELECT 1"))
        except DBAPIError:
            return False
        return True


def lock_number(name: str) -> int:
    """The 64-bit number that PostgreSQL's advisory lock of this name has."""
    digest = hashlib.sha256(f"lianxinqiao:{name}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)


@asynccontextmanager
async def hold(url: URL, name: str) -> AsyncIterator[Lock]:
    """Hold the lock `name` among all processes on this database.

    Raises:
        AlreadyHeld: at once, when another process has it.
    """
    holding = _hold_file(url, name) if is_sqlite(url) else _hold_on_server(url, name)
    async with holding as lock:
        yield lock


@asynccontextmanager
async def _hold_file(url: URL, name: str) -> AsyncIterator[Lock]:
    assert url.database is not None  # a SQLite file
    path = Path(f"{url.database}.{name}.lock")
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise AlreadyHeld(name) from error
        yield Lock()
    finally:
        connection.close()


@asynccontextmanager
async def _hold_on_server(url: URL, name: str) -> AsyncIterator[Lock]:
    # A connection of its own: one from a pool would keep the lock after it is handed back.
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            asked = text("SELECT pg_try_advisory_lock(:number)")
            if not (await connection.execute(asked, {"number": lock_number(name)})).scalar_one():
                raise AlreadyHeld(name)
            yield _ServerLock(connection)
    finally:
        await engine.dispose()
