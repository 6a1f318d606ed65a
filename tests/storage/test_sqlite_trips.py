"""What our cursors give of a statement, and how seldom they go to the driver's thread for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from storage import sqlite_trips
from storage.database import Database
from storage.tables import Unit


@pytest.fixture
async def connection(tmp_path: Path):
    async with sqlite_trips.connect(str(tmp_path / "any.db")) as connection:
        await connection.cursor().execute("CREATE TABLE house (id INTEGER PRIMARY KEY, head TEXT)")
        yield connection


async def test_a_cursor_has_the_rows_of_its_statement_and_what_became_of_it(connection) -> None:
    cursor = connection.cursor()
    await cursor.execute("INSERT INTO house (head) VALUES (?), (?) RETURNING head", ("王福", "李桂兰"))
    assert await cursor.fetchall() == [("王福",), ("李桂兰",)]
    assert (cursor.rowcount, cursor.description[0][0]) == (2, "head")
    await cursor.executemany("INSERT INTO house (head) VALUES (?)", [("张三",), ("赵六",)])
    assert (await cursor.fetchall(), cursor.rowcount, cursor.description) == ([], 2, None)
    await cursor.execute("INSERT INTO house (head) VALUES (?)", ("孙八",))
    assert cursor.lastrowid == 5
    await cursor.execute("SELECT head FROM house WHERE id > ?", (5,))
    assert await cursor.fetchall() == [] and cursor.description is not None


async def test_a_statement_that_fails_raises_where_it_was_executed(connection) -> None:
    with pytest.raises(sqlite_trips.sqlite3.OperationalError, match="no such table"):
        await connection.cursor().execute("SELECT * FROM nowhere")


async def test_a_transaction_goes_to_the_thread_once_a_statement(
    migrated_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trips = []
    go = sqlite_trips.Connection._execute

    async def counted(connection, work, *arguments):
        trips.append(work)
        return await go(connection, work, *arguments)

    async with Database(f"sqlite+aiosqlite:///{migrated_file}") as database:
        async with database.reading() as session:
            await session.exec(text("SELECT 1"))  # connected, and what the library looks up is known
        monkeypatch.setattr(sqlite_trips.Connection, "_execute", counted)
        async with database.reading() as session:
            await session.exec(select(Unit))
            await session.exec(select(Unit.name))
        assert len(trips) == 4  # begin, two statements, and the end
