"""What all tests share: a migrated database, unvarying examples; with REQUIRE_ALL=1 nothing is skipped."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy.engine import URL, make_url

from storage.database import Database
from tests.databases import migrate, postgres_database, postgres_server

# The same examples at every run, however slow the machine is.
settings.load_profile("ci")

_REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: tests also wait, for disks, sockets and browsers."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    # The program and some thousands of tests stay until the end: no collection needs to look at them again.
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if _REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although REQUIRE_ALL=1: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if _REQUIRE_ALL and report.outcome == "skipped":
        report.outcome = "failed"
        report.longrepr = f"skipped although REQUIRE_ALL=1: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, to be copied."""
    path = tmp_path_factory.mktemp("database") / "migrated.db"
    migrate(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture
async def database(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A new SQLite database with all tables."""
    path = tmp_path / "test.db"
    shutil.copyfile(migrated_file, path)
    async with Database(f"sqlite+aiosqlite:///{path}") as database:
        yield database


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """A PostgreSQL server for the whole run."""
    try:
        with postgres_server() as url:
            yield url
    except LookupError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def migrated_postgres(postgres: URL) -> Iterator[str]:
    """The name of a database with all tables, to make others like it."""
    with postgres_database(postgres, driver="postgresql+asyncpg") as url:
        migrate(url)
        name = make_url(url).database
        assert name is not None
        yield name
