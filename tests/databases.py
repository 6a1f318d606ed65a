"""Databases for tests: a migrated SQLite file to copy, and a PostgreSQL server with databases to copy."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL, make_url

from storage.database import Database

_numbers = itertools.count(1)


def migrate(url: str) -> None:
    """Create the tables in an empty database."""

    async def upgrade() -> None:
        async with Database(url) as database:
            await database.upgrade()

    asyncio.run(upgrade())


def postgres_programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl`; null when PostgreSQL is not installed."""
    found = shutil.which("pg_ctl")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextlib.contextmanager
def postgres_server() -> Iterator[URL]:
    """A PostgreSQL server: the one of BOT_TEST_POSTGRES, or a private one on a free port of this machine.

    Raises:
        LookupError: when there is neither.
    """
    given = os.environ.get("BOT_TEST_POSTGRES")
    if given:
        yield make_url(given)
        return
    programs = postgres_programs()
    if programs is None:
        raise LookupError("PostgreSQL is not installed, and BOT_TEST_POSTGRES names no server")
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    data, port = folder / "data", _free_port()
    run = _as_ordinary_user(folder)
    try:
        initdb = [programs / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C"]
        run([*initdb, "--no-sync"])
        # Durability is not what these tests are about: without it they are fast.
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off -c max_connections=60"
        control = [programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
        run([*control, "-o", options, "start"])
        try:
            yield make_url(f"postgresql://tester@127.0.0.1:{port}/postgres")
        finally:
            run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def postgres_database(server: URL, *, driver: str, template: str | None = None) -> Iterator[str]:
    """The URL, for `driver`, of a new database, like `template` if that is given; dropped at the end."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    like = f" TEMPLATE {template}" if template else ""
    with psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{like}")
        try:
            yield server.set(drivername=driver, database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _as_ordinary_user(folder: Path) -> Callable[[list[object]], None]:
    """A function that runs a command as somebody PostgreSQL accepts: it refuses to run as root."""
    user = None
    if os.geteuid() == 0:
        names = {entry.pw_name for entry in pwd.getpwall()}
        user = "postgres" if "postgres" in names else "nobody"
        shutil.chown(folder, user)

    def run(command: list[object]) -> None:
        # Output goes to a file: the server would hold a pipe open for as long as it runs.
        with open(folder / "output", "ab") as output:
            done = subprocess.run(
                [str(part) for part in command],
                cwd=folder,
                user=user,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=120,
            )
        if done.returncode:
            raise RuntimeError((folder / "output").read_text(errors="replace"))

    return run


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
