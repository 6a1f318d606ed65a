"""The same storage tests on SQLite and, through both drivers, on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.databases import postgres_database

DRIVERS = ("sqlite+aiosqlite", "postgresql+asyncpg", "postgresql+psycopg")


@pytest.fixture(params=DRIVERS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new database without tables."""
    if request.param.startswith("sqlite"):
        yield f"{request.param}:///{tmp_path / 'empty.db'}"
        return
    with postgres_database(request.getfixturevalue("postgres"), driver=request.param) as url:
        yield url


@pytest.fixture(params=DRIVERS)
def migrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new database with all tables."""
    if request.param.startswith("sqlite"):
        path = tmp_path / "test.db"
        shutil.copyfile(request.getfixturevalue("migrated_file"), path)
        yield f"{request.param}:///{path}"
        return
    template = request.getfixturevalue("migrated_postgres")
    server = request.getfixturevalue("postgres")
    with postgres_database(server, driver=request.param, template=template) as url:
        yield url


@pytest.fixture
async def database(migrated_url: str) -> AsyncIterator[Database]:
    """A new database with all tables."""
    async with Database(migrated_url) as database:
        yield database
