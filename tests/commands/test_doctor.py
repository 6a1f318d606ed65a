from pathlib import Path

import pytest

from bot.playground import Playground, members
from storage.database import Database
from storage.tables import Chat, Unit
from tests.commands.conftest import Bot, beside
from tests.services.setup.conftest import NOW


def test_missing_settings_and_an_empty_database_are_faults(bot: Bot, tmp_path: Path) -> None:
    result = bot("doctor")
    assert result.exit_code == 1
    assert "BOT_TOKEN" in result.stderr
    assert "init" in result.stderr
    assert not (tmp_path / "lianxin.db").exists()


def test_a_village_only_set_up_is_told_its_next_steps(village: Bot) -> None:
    told = village("doctor").stderr
    assert "7 人没有认领" in told
    assert "沈文静" in told
    assert "还没有绑定群" in told
    assert "python -m bot run" in told


def test_another_secret_key_is_noticed(village: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_SECRET_KEY", "another key, just as long as the first one")
    assert "BOT_SECRET_KEY" in village("doctor").stderr


def test_a_database_that_cannot_be_reached_is_a_fault_without_its_password(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", "postgresql+asyncpg://me:hidden@127.0.0.1:1/none")
    result = bot("doctor")
    assert result.exit_code == 1
    assert "BOT_DATABASE_URL" in result.stderr
    assert "hidden" not in result.stderr


async def test_the_platform_is_asked_about_privacy_and_rights(
    village: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    playground = Playground(privacy_mode=True)
    world = playground.world
    user = world.add_user("周明远")
    told = {}
    async with playground.serve() as url:
        monkeypatch.setenv("BOT_TOKEN", world.bot.token or "")
        monkeypatch.setenv("BOT_API_URL", url)
        told["no chat"] = (await beside(village, "doctor")).stderr
        group = members.add_chat(world, "supergroup", "柳湾村联户群", members=[user.id, world.bot.id])
        async with (
            Database(f"sqlite+aiosqlite:///{tmp_path / 'lianxin.db'}") as database,
            database.transaction() as session,
        ):
            unit = Unit(kind="branch", name="石桥村", preset="huozhou")
            session.add(unit)
            await session.flush()
            bound = {"kind": "supergroup", "title": "柳湾村联户群", "unit_id": unit.id}
            session.add(Chat(telegram_id=group.id, seen_at=NOW, **bound))
        told["member"] = (await beside(village, "doctor")).stderr
        members.set_member(world, group.id, world.bot.id, "administrator")
        told["admin"] = (await beside(village, "doctor")).stderr
        members.set_member(world, group.id, world.bot.id, "kicked")
        told["kicked"] = (await beside(village, "doctor")).stderr
    assert "隐私模式" in told["no chat"]
    assert "看不到普通消息" in told["member"]
    assert "联户群" not in told["admin"]
    assert "柳湾村联户群" in told["kicked"]


async def test_a_wrong_token_is_said_and_not_shown(village: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    playground = Playground()
    async with playground.serve() as url:
        monkeypatch.setenv("BOT_TOKEN", "42:NOT-THE-ONE")
        monkeypatch.setenv("BOT_API_URL", url)
        told = (await beside(village, "doctor")).stderr
    assert "BOT_TOKEN" in told
    assert "NOT-THE-ONE" not in told


def test_a_platform_that_cannot_be_reached_is_said(village: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "42:SECRET-PART")
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")
    told = village("doctor").stderr
    assert "http://127.0.0.1:9" in told
    assert "SECRET-PART" not in told
