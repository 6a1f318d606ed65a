"""Engines for SQLite and PostgreSQL that behave alike: durable once committed, never half written."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage import sqlite_trips

_BUSY_MILLISECONDS = 30_000  # another process may hold SQLite's write lock for a backup's length


def writing_engine(url: URL) -> AsyncEngine:
    """The engine of transactions that change rows. On SQLite they begin with the write lock taken."""
    if is_sqlite(url):
        return _sqlite_engine(url, begin="BEGIN IMMEDIATE", pool_size=1)
    return create_async_engine(url, pool_size=5, max_overflow=5, pool_pre_ping=True, hide_parameters=True)


def reading_engine(url: URL) -> AsyncEngine:
    """The engine of sessions that see one moment's rows and can't change any."""
    if is_sqlite(url):
        return _sqlite_engine(url, begin="BEGIN", pool_size=5, query_only="ON")
    return create_async_engine(
        url,
        pool_size=5,
        max_overflow=5,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ",
        execution_options={"postgresql_readonly": True},
        hide_parameters=True,
    )


def schema_engine(url: URL) -> AsyncEngine:
    """The engine of migrations: keeps no connection; SQLite lets tables be rebuilt under references."""
    if is_sqlite(url):
        return _sqlite_engine(url, begin="BEGIN IMMEDIATE", foreign_keys="OFF")
    return create_async_engine(url, poolclass=NullPool, hide_parameters=True)


def is_sqlite(url: URL) -> bool:
    """Whether the database is a SQLite file."""
    return url.get_backend_name() == "sqlite"


def _sqlite_engine(
    url: URL, *, begin: str, pool_size: int | None = None, foreign_keys: str = "ON", query_only: str = "OFF"
) -> AsyncEngine:
    pool: dict[str, Any] = {"poolclass": NullPool} if pool_size is None else {"pool_size": pool_size}
    # What people have written goes into no log, not even with an error.
    engine = create_async_engine(url, hide_parameters=True, **pool)

    @event.listens_for(engine.sync_engine, "do_connect")
    def connect_with_few_trips(_dialect: Any, _record: Any, _given: Any, arguments: dict[str, Any]) -> None:
        arguments["async_creator_fn"] = sqlite_trips.connect

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # The driver would begin transactions by itself, late and without the write lock.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        # What has been emptied (an update that has been handled) is not to be read in the file.
        cursor.execute("PRAGMA secure_delete=FAST")
        cursor.execute(f"PRAGMA foreign_keys={foreign_keys}")
        cursor.execute(f"PRAGMA query_only={query_only}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin_as_told(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
