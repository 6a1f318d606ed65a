"""SQLite's driver with one trip to its thread for each statement, where it would make four.

The driver works in a thread of its own, and to go there and back takes longer than most statements do: it
goes to make a cursor, to execute, to fetch and to close. Nothing of ours is fetched row by row, so that all
of it can be done at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import aiosqlite


def connect(database: str, **arguments: Any) -> Connection:
    """A connection to be awaited; takes what `sqlite3.connect` takes."""
    connection = Connection(lambda: sqlite3.connect(database, **arguments), iter_chunk_size=1)
    # A connection that was forgotten is not to keep the program from ending.
    connection._thread.daemon = True
    return connection


class Connection(aiosqlite.Connection):
    """A connection that goes to its thread for a statement, or to end a transaction, and for nothing else."""

    def cursor(self) -> Cursor:  # type: ignore[override]  # the driver's own is made in its thread
        return Cursor(self)

    async def rollback(self) -> None:
        """Roll back; the pool asks for it whenever a connection is given back, mostly after a commit."""
        if self.in_transaction:
            await super().rollback()

    async def execute_whole(self, execute: Callable[[sqlite3.Cursor], object]) -> _Outcome:
        """What a statement came to, all rows fetched."""
        return await self._execute(_outcome, self._conn, execute)  # type: ignore[no-untyped-call, no-any-return]


class Cursor:
    """As much of a cursor as SQLAlchemy asks of a driver when it fetches all rows at once."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._outcome = _NOTHING

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        self._outcome = await self._connection.execute_whole(lambda cursor: cursor.execute(sql, parameters))

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        self._outcome = await self._connection.execute_whole(
            lambda cursor: cursor.executemany(sql, parameters)
        )

    async def fetchall(self) -> list[Any]:
        return self._outcome.rows

    async def close(self) -> None:
        """Nothing is left open once a statement has been executed."""

    @property
    def description(self) -> Any:
        return self._outcome.description

    @property
    def rowcount(self) -> int:
        return self._outcome.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._outcome.lastrowid


@dataclass(frozen=True, slots=True)
class _Outcome:
    """description: of the rows; null: the statement gives none."""

    rows: list[Any]
    description: Any
    rowcount: int
    lastrowid: int | None


_NOTHING = _Outcome([], None, -1, None)


def _outcome(connection: sqlite3.Connection, execute: Callable[[sqlite3.Cursor], object]) -> _Outcome:
    cursor = connection.cursor()
    try:
        execute(cursor)
        rows = [] if cursor.description is None else cursor.fetchall()
        return _Outcome(rows, cursor.description, cursor.rowcount, cursor.lastrowid)
    finally:
        cursor.close()
