"""Roll-calls where there are several villages, groups within groups, and people who are not asked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest
from sqlmodel import select

from storage.database import Database
from storage.tables import Chat, Household, Link, Person, RoleHeld, RollCall, RollCallHousehold, Unit
from tests.handlers.conversation import MORNING, Conversation
from tests.services.acts.village import (
    GROUP_CHAT,
    QIAN,
    STRANGER,
    SUN,
    WANG,
    XIAOMEI,
    ZHAO,
    found,
    open_private,
)

PEOPLE = (WANG, ZHAO, QIAN, SUN, XIAOMEI)
BEYOND, BEYOND_CHAT = 3001, -200  # a member of the next village, and its group


@pytest.fixture
async def talk(database: Database) -> AsyncIterator[Conversation]:
    """柳树村, and 松岭村 beside it: one group within another, one member with one household."""
    async with database.transaction() as session:
        village = await found(session)
        await open_private(session, *PEOPLE, BEYOND)
        town = (await session.exec(select(Unit).where(Unit.kind == "town"))).one()
        branch = Unit(kind="branch", name="松岭村党支部", parent_id=town.id, preset="huozhou")
        session.add(branch)
        await session.flush()
        outer = Unit(kind="group", name="东院", parent_id=branch.id)
        session.add(outer)
        await session.flush()
        inner = Unit(kind="group", name="2号楼", parent_id=outer.id)
        session.add(inner)
        await session.flush()
        member = Person(branch_id=branch.id, name="周正", telegram_id=BEYOND, created_at=MORNING)
        house = Household(branch_id=branch.id or 0, group_id=inner.id, head="吴老实", address="2号楼301")
        session.add_all([member, house])
        await session.flush()
        session.add_all(
            [
                RoleHeld(person_id=member.id or 0, unit_id=inner.id or 0, role="member"),
                Link(person_id=member.id or 0, household_id=house.id or 0, since=date(2026, 1, 1)),
                Chat(telegram_id=BEYOND_CHAT, kind="supergroup", unit_id=outer.id, seen_at=MORNING),
            ]
        )
    yield Conversation(database, village)


async def test_the_town_calls_all_its_villages_in_one_line(talk: Conversation) -> None:
    await talk.says(SUN, "点名 暴雨转移", SUN)
    assert talk.said_to(SUN)[-1].startswith("要点名，写上村名：")
    await talk.says(SUN, "点名 全镇 暴雨转移", SUN)
    calls = await talk.rows(RollCall)
    assert [(call.scope, call.status) for call in calls] == [("松岭村全村", "open"), ("柳树村全村", "open")]
    assert "【应急点名】暴雨转移（松岭村全村）" in talk.said_to(BEYOND)[0]
    assert "【应急点名】暴雨转移（柳树村全村）" in talk.said_to(WANG)[0]
    assert any(text.startswith("已经在 2 个村开始点名") for text in talk.said_to(SUN))
    # The board of each group shows its own village; that of an outer group what lies within.
    assert "吴老实" in talk.said_to(BEYOND_CHAT)[0]
    assert "吴老实" not in talk.said_to(GROUP_CHAT)[0]
    await talk.says(SUN, "结束点名", SUN)
    assert talk.said_to(SUN)[-1] == "有几个点名开着，请在各自的那条消息下面点按钮。"


async def test_groups_are_called_by_name_by_number_and_with_those_within(talk: Conversation) -> None:
    for line in ("松岭村 应急点名 东院 燃气泄漏", "松岭村 应急点名 2号楼 燃气泄漏"):
        await talk.says(SUN, line, SUN)
        rows = await talk.rows(RollCallHousehold)
        assert len(rows) == 1
        await talk.says(SUN, "松岭村", SUN)
        [call] = [one for one in await talk.rows(RollCall) if one.status == "open"]
        assert call.title == "燃气泄漏"
        overview = next(
            one
            for one in reversed(talk.sent)
            if one.chat_id == SUN and any("撤销" in str(b) for b in one.buttons)
        )
        await talk.presses(SUN, overview, "发错了，撤销")
        async with talk.database.transaction() as session:
            for row in list(await session.exec(select(RollCallHousehold))):
                await session.delete(row)


async def test_somebody_of_the_next_village_is_a_second_source_and_no_more(talk: Conversation) -> None:
    await talk.says(QIAN, "应急点名 全村 暴雨转移", QIAN)
    await talk.says(WANG, "王福家已转移")
    await talk.says(BEYOND, "王福家已转移，我看见了")
    await talk.says(BEYOND, "我包的都安全")
    rows = {row.household_id: row for row in await talk.rows(RollCallHousehold)}
    assert rows[talk.village.wang_fu].confirmed
    assert {row.state for row in rows.values()} == {"moved", "unchecked"}


async def test_names_that_are_not_clear_are_asked_about_in_the_group(talk: Conversation) -> None:
    await talk.says(QIAN, "应急点名 全村 暴雨转移", QIAN)
    before = len(talk.said_to(GROUP_CHAT))
    await talk.says(WANG, "老孙家已转移")
    assert talk.said_to(GROUP_CHAT)[before:] == ["点名的户里没有找到“老孙家”，请写户主的全名。"]
    await talk.says(STRANGER, "张三家都安全")
    rows = {row.household_id: row for row in await talk.rows(RollCallHousehold)}
    assert (rows[talk.village.zhang].state, rows[talk.village.zhang].source) == ("safe", "neighbour")


async def test_talk_is_talk_while_nothing_is_called(talk: Conversation) -> None:
    await talk.says(WANG, "王福家已转移")
    await talk.says(XIAOMEI, "应急点名 全村 暴雨")
    assert await talk.rows(RollCall) == []
    assert [text for text in talk.said_to(GROUP_CHAT) if "点名" in text] == []
