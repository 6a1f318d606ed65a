"""Privacy mode: what a bot that is no admin does not hear."""

from __future__ import annotations

import pytest

from bot.playground import Playground, members, people
from bot.playground.users import User
from tests.playground.conftest import Api

HEARD = [
    ("今天走访了老王家", False),
    ("/help", True),
    ("/help@lianxin_bot", True),
    ("/help@other_bot", False),
    ("@lianxin_bot 在吗", True),
    ("@other_bot 在吗", False),
]


@pytest.fixture
def playground() -> Playground:
    return Playground(username="lianxin_bot", privacy_mode=True)


@pytest.mark.parametrize(("text", "heard"), HEARD)
async def test_only_what_is_meant_for_the_bot_is_heard(
    api: Api, playground: Playground, li: User, text: str, heard: bool
) -> None:
    world = playground.world
    group = members.add_chat(world, "group", "群", members=[li.id, world.bot.id])
    await api.updates()
    people.say(world, group.id, li.id, text)
    assert bool(await api.updates()) is heard


async def test_replies_to_the_bot_and_service_messages_are_heard(
    api: Api, playground: Playground, li: User, wang: User
) -> None:
    world = playground.world
    group = members.add_chat(world, "group", "群", members=[li.id, world.bot.id])
    await api.updates()
    asked = await api.ok("sendMessage", chat_id=group.id, text="哪一户？")
    people.say(world, group.id, li.id, "老王家", reply_to_id=asked["message_id"])
    members.set_member(world, group.id, wang.id, "member")
    reply, joined = await api.updates()
    assert reply["message"]["reply_to_message"]["message_id"] == asked["message_id"]
    assert joined["message"]["new_chat_members"][0]["id"] == wang.id


async def test_an_admin_hears_everything(api: Api, playground: Playground, li: User) -> None:
    world = playground.world
    group = members.add_chat(world, "group", "群", members=[li.id], administrators=[world.bot.id])
    await api.updates()
    people.say(world, group.id, li.id, "今天走访了老王家")
    assert len(await api.updates()) == 1


async def test_a_group_keeps_the_mode_the_bot_was_added_with(
    api: Api, playground: Playground, li: User
) -> None:
    world = playground.world
    group = members.add_chat(world, "group", "群", members=[li.id, world.bot.id])
    world.bot.privacy_mode = False
    assert (await api.ok("getMe"))["can_read_all_group_messages"] is True
    await api.updates()
    people.say(world, group.id, li.id, "今天走访了老王家")
    assert await api.updates() == []
    members.set_member(world, group.id, world.bot.id, "left", by=li.id)
    members.set_member(world, group.id, world.bot.id, "member")
    await api.updates()
    people.say(world, group.id, li.id, "今天走访了老王家")
    assert len(await api.updates()) == 1
