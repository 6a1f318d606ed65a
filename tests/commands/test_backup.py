import asyncio
import json
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from storage.database import Database
from storage.tables import Unit
from tests.commands.conftest import Bot, beside
from tests.databases import postgres_database


def heads(bot: Bot) -> list[str]:
    return [json.loads(line)["head"] for line in bot("export", "households").stdout.splitlines()]


def test_a_backup_is_restored_to_a_new_place(
    village: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = heads(village)
    assert village("backup", tmp_path / "copy.db").exit_code == 0
    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'other.db'}")
    assert village("restore", tmp_path / "copy.db").exit_code == 0
    assert heads(village) == before
    assert len(before) == 20


def test_neither_overwrites_anything(village: Bot, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(b"something dear")
    result = village("backup", copy)
    assert (result.exit_code, "没有覆盖" in result.stderr) == (1, True)
    assert copy.read_bytes() == b"something dear"
    copy.unlink()
    village("backup", copy)
    result = village("restore", copy)
    assert (result.exit_code, "没有覆盖" in result.stderr) == (1, True)
    assert sorted(path.name for path in tmp_path.iterdir() if "part" in path.name) == []


def test_what_is_no_backup_is_not_restored(
    village: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'other.db'}")
    (tmp_path / "text").write_text("hello, this is no database at all" * 100)
    sqlite3.connect(tmp_path / "empty.db").close()
    for name in ("text", "empty.db", "nowhere"):
        assert village("restore", tmp_path / name).exit_code == 1
    assert not (tmp_path / "other.db").exists()


async def test_a_backup_taken_while_others_write_is_whole(village: Bot, tmp_path: Path) -> None:
    stopped = asyncio.Event()

    async def write(database: Database) -> int:
        written = 0
        while not stopped.is_set():
            async with database.transaction() as session:
                session.add_all([Unit(kind="group", name=f"{written}{half}") for half in "ab"])
            written += 1
        return written

    async with Database(f"sqlite+aiosqlite:///{tmp_path / 'lianxin.db'}") as database:
        writing = asyncio.create_task(write(database))
        result = await beside(village, "backup", tmp_path / "copy.db")
        stopped.set()
        assert await writing > 0
    assert result.exit_code == 0
    copy = sqlite3.connect(tmp_path / "copy.db")
    assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    [count] = copy.execute("SELECT count(*) FROM unit WHERE name GLOB '[0-9]*'").fetchone()
    copy.close()
    assert count % 2 == 0


def test_postgresql_is_backed_up_and_restored(
    bot: Bot, postgres: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = "postgresql+psycopg"
    with postgres_database(postgres, driver=driver) as old, postgres_database(postgres, driver=driver) as new:
        monkeypatch.setenv("BOT_DATABASE_URL", old)
        assert bot("init", "--preset", "huozhou", "--branch", "柳湾村").exit_code == 0
        assert bot("backup", tmp_path / "copy.dump").exit_code == 0
        refused = bot("restore", tmp_path / "copy.dump")
        assert (refused.exit_code, "没有覆盖" in refused.stderr) == (1, True)
        monkeypatch.setenv("BOT_DATABASE_URL", new)
        (tmp_path / "text").write_text("hello")
        assert bot("restore", tmp_path / "text").exit_code == 1
        assert bot("restore", tmp_path / "copy.dump").exit_code == 0
        actions = [json.loads(line)["action"] for line in bot("export", "audit").stdout.splitlines()]
    assert actions == ["branch.create"]


@pytest.mark.parametrize("driver", ["postgresql+psycopg", "postgresql+asyncpg"])
def test_a_sqlite_ledger_moves_to_postgresql_by_its_backup(
    village: Bot, postgres: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, driver: str
) -> None:
    before = {kind: village("export", kind).stdout for kind in ("members", "households")}
    assert village("backup", tmp_path / "copy.db").exit_code == 0
    with postgres_database(postgres, driver=driver) as url:
        monkeypatch.setenv("BOT_DATABASE_URL", url)
        assert village("restore", tmp_path / "copy.db").exit_code == 0
        assert {kind: village("export", kind).stdout for kind in before} == before
        # What is added goes on where the numbers ended.
        assert village("init", "--preset", "huiji", "--branch", "石桥村", "--town", "青溪镇").exit_code == 0
        assert village("restore", tmp_path / "copy.db").exit_code == 1


def test_a_machine_without_postgresqls_programs_is_told_so(
    bot: Bot, postgres: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgres_database(postgres, driver="postgresql+asyncpg") as url:
        monkeypatch.setenv("BOT_DATABASE_URL", url)
        assert bot("init", "--preset", "huozhou", "--branch", "柳湾村").exit_code == 0
        monkeypatch.setattr("bot.commands.backup.program_named", lambda name: None)
        result = bot("backup", tmp_path / "copy.dump")
    assert (result.exit_code, "pg_dump" in result.stderr) == (1, True)
    assert not (tmp_path / "copy.dump").exists()
