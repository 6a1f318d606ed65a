"""Town officers write to the bot privately, about one of the villages of their town."""

from __future__ import annotations

import pytest

from storage.tables import Matter, Unit
from tests.handlers.conversation import Conversation
from tests.services.acts.village import GROUP_CHAT, QIAN, STRANGER, SUN, XIAOMEI


async def _second_village(talk: Conversation) -> int:
    async with talk.database.transaction() as session:
        first = await session.get_one(Unit, talk.village.branch)
        second = Unit(kind="branch", name="石桥村党支部", parent_id=first.parent_id, preset="huozhou")
        session.add(second)
        await session.flush()
        assert second.id is not None
        return second.id


async def test_of_one_village_they_need_not_say_which(talk: Conversation) -> None:
    await talk.says(XIAOMEI, "村口路灯坏了三天没人管")
    await talk.says(SUN, "事项 1", SUN)
    await talk.says(SUN, "进度", SUN)
    matter, board = talk.said_to(SUN)
    assert "村口路灯坏了三天没人管" in matter
    assert board.startswith("柳树村党支部：")


async def test_of_several_they_see_all_and_name_the_one_they_mean(talk: Conversation) -> None:
    await talk.says(XIAOMEI, "村口路灯坏了三天没人管")
    second = await _second_village(talk)
    await talk.says(SUN, "进度", SUN)
    assert "柳树村党支部：" in talk.said_to(SUN)[-1]
    assert "石桥村党支部：" in talk.said_to(SUN)[-1]

    await talk.says(SUN, "事项 1", SUN)  # only one of the villages has it
    assert "村口路灯坏了三天没人管" in talk.said_to(SUN)[-1]

    await talk.says(SUN, "石桥村的路塌了一块，没法走", SUN)
    assert [(one.branch_id, one.number) for one in await talk.rows(Matter)][1:] == [(second, 1)]

    await talk.says(SUN, "事项 1", SUN)
    assert "请写上村名" in talk.said_to(SUN)[-1]
    await talk.says(SUN, "石桥村 事项 1", SUN)
    assert "路塌了一块" in talk.said_to(SUN)[-1]


@pytest.mark.parametrize(
    "order", ["石桥村 1号我来办", "石桥村#1 我来办", "石桥村第1号我来办", "石桥村党支部：1号我来办"]
)
async def test_an_order_may_begin_with_the_village(talk: Conversation, order: str) -> None:
    await talk.says(XIAOMEI, "村口路灯坏了三天没人管")
    second = await _second_village(talk)
    await talk.says(SUN, "石桥村的路塌了一块，没法走", SUN)
    await talk.says(SUN, order, SUN)
    first, other = await talk.rows(Matter)
    assert (first.status, other.branch_id, other.status) == ("open", second, "acknowledged")


async def test_a_matter_of_no_named_village_is_asked_back_once(talk: Conversation) -> None:
    await _second_village(talk)
    await talk.says(SUN, "村口的路塌了一块，没法走", SUN)
    (said,) = talk.said_to(SUN)
    assert "请写上是哪个村" in said
    assert await talk.rows(Matter) == []


async def test_their_help_is_their_own(talk: Conversation) -> None:
    await talk.says(SUN, "帮助", SUN)
    assert "各村的事" in talk.said_to(SUN)[0]


@pytest.mark.parametrize("text", ["撤回", "99号修好了"])
async def test_what_is_refused_privately_is_answered_once(talk: Conversation, text: str) -> None:
    await talk.says(QIAN, text, QIAN)
    assert len(talk.said_to(QIAN)) == 1


async def test_an_unknown_person_in_danger_is_told_whom_to_ring(talk: Conversation) -> None:
    await talk.says(STRANGER, "着火了，快来人", STRANGER)
    (said,) = talk.said_to(STRANGER)
    assert "119" in said
    assert talk.said_to(GROUP_CHAT) == []
