"""`backup` and `restore`: a copy of the database while the bot runs, and back. Neither overwrites."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import typer
from sqlalchemy.engine import URL, make_url

from bot.commands.terminal import DONE, Refused, open_database, run, sqlite_file
from bot.config import Settings
from bot.wording import say
from storage.database import Database
from storage.moving import move_all


def backup(*, file: Path) -> int:
    """Copy the database to `file`, which must not be there yet."""

    async def work(settings: Settings) -> int:
        _check_new(file)
        path = sqlite_file(settings)
        if path is not None and not path.exists():
            raise Refused(say("setup.backup_nothing", path=path))
        async with open_database(settings):
            pass  # only what is whole and ours is worth keeping
        copy = file.with_name(f".{file.name}.part")
        copy.unlink(missing_ok=True)
        try:
            if path is not None:
                await asyncio.to_thread(_copy_sqlite, path, copy)
            else:
                await asyncio.to_thread(_dump, make_url(settings.database_url), copy)
            _put_in_place(copy, file)
        finally:
            copy.unlink(missing_ok=True)
        typer.echo(say("setup.backup_done", path=file))
        return DONE

    return run(work)


def restore(*, file: Path) -> int:
    """Make the database what `file` says; the database must not be there, or must be empty."""

    async def work(settings: Settings) -> int:
        _check_there(file)
        path = sqlite_file(settings)
        if path is not None:
            await asyncio.to_thread(_restore_sqlite, file, path)
        else:
            url = make_url(settings.database_url)
            async with Database(settings.database_url) as database:
                if await database.has_tables():
                    raise Refused(say("setup.restore_database_exists", path=url.database))
            if _is_sqlite(file):
                await _move(file, url)
            else:
                await asyncio.to_thread(_load, url, file)
        typer.echo(say("setup.restore_done", path=file))
        return DONE

    return run(work)


def _check_new(file: Path) -> None:
    if file.exists():
        raise Refused(say("setup.file_exists", path=file))
    if not file.parent.is_dir():
        raise Refused(say("setup.folder_missing", path=file.parent))


def _check_there(file: Path) -> None:
    if not file.is_file():
        raise Refused(say("setup.backup_missing", path=file))


def _restore_sqlite(file: Path, path: Path) -> None:
    beside = [path.with_name(path.name + ending) for ending in ("", "-wal")]
    if any(one.exists() and one.stat().st_size for one in beside):
        raise Refused(say("setup.restore_database_exists", path=path))
    if not path.parent.is_dir():
        raise Refused(say("setup.folder_missing", path=path.parent))
    _check_sqlite(file)
    copy = path.with_name(f".{path.name}.part")
    copy.unlink(missing_ok=True)
    try:
        _copy_sqlite(file, copy)
        path.unlink(missing_ok=True)  # an empty file that a program made by connecting
        _put_in_place(copy, path)
    finally:
        copy.unlink(missing_ok=True)


def _copy_sqlite(source: Path, target: Path) -> None:
    # SQLite's own copying: what others write meanwhile is either in the copy whole or not at all.
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing left beside it


def _check_sqlite(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise Refused(say("setup.restore_not_a_backup", path=file))


def _is_sqlite(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(16) == b"SQLite format 3\0"


async def _move(file: Path, url: URL) -> None:
    """A backup of a SQLite file goes to PostgreSQL: from a copy of it, which is brought up to date."""
    _check_sqlite(file)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        await asyncio.to_thread(_copy_sqlite, file, copy)
        await move_all(make_url(f"sqlite+aiosqlite:///{copy}"), url)


def _put_in_place(copy: Path, path: Path) -> None:
    """Give the finished copy its name, unless something has taken it meanwhile."""
    with copy.open("rb") as written:
        os.fsync(written.fileno())
    try:
        path.hardlink_to(copy)
    except FileExistsError:
        raise Refused(say("setup.file_exists", path=path)) from None
    except OSError:  # a file system without links
        if path.exists():
            raise Refused(say("setup.file_exists", path=path)) from None
        copy.rename(path)


def _dump(url: URL, file: Path) -> None:
    _client_program("pg_dump", url, "--format=custom", "--no-owner", f"--file={file}")


def _load(url: URL, file: Path) -> None:
    if not file.read_bytes()[:5] == b"PGDMP":
        raise Refused(say("setup.restore_not_a_backup", path=file))
    _client_program("pg_restore", url, "--no-owner", "--single-transaction", "--exit-on-error", str(file))


def _client_program(name: str, url: URL, *arguments: str) -> None:
    program = program_named(name)
    if program is None:
        raise Refused(say("setup.pg_tools_missing", tool=name))
    where = {"--host": url.host, "--port": url.port, "--username": url.username, "--dbname": url.database}
    options = [f"{option}={value}" for option, value in where.items() if value is not None]
    # The password goes by the environment: arguments can be read by everybody on the machine.
    secret = {"PGPASSWORD": url.password} if url.password else {}
    done = subprocess.run(
        [program, *options, "--no-password", *arguments],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        told = (done.stderr.strip().splitlines() or [str(done.returncode)])[0]
        raise Refused(say("setup.pg_tools_failed", tool=name, error=told))


def program_named(name: str) -> str | None:
    """The path of one of PostgreSQL's client programs, the latest there is; null when it is not installed."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return next(map(str, installed), None) or shutil.which(name)
