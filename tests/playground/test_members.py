"""Coming, going, rank, blocking, migration: what the bot hears of them."""

from __future__ import annotations

from aiogram.types import Update

from bot.playground import Playground, members, people
from bot.playground.chats import STATUSES, Chat
from bot.playground.users import User
from tests.playground.conftest import Api


async def test_the_bot_hears_of_being_added_promoted_and_thrown_out(
    api: Api, playground: Playground, li: User
) -> None:
    world = playground.world
    group = members.add_chat(world, "group", "群", members=[li.id, world.bot.id])
    added, created = await api.updates()
    assert added["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert created["message"]["group_chat_created"] is True
    assert group.id < -(2**31)

    members.set_member(world, group.id, world.bot.id, "administrator")
    members.set_member(world, group.id, world.bot.id, "kicked")
    promoted, kicked = await api.updates()
    assert promoted["my_chat_member"]["from"]["id"] == li.id
    assert promoted["my_chat_member"]["new_chat_member"]["can_pin_messages"] is True
    assert kicked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    people.say(world, group.id, li.id, "没有机器人了")
    assert await api.updates() == []


async def test_every_status_decodes_in_a_real_client(
    api: Api, playground: Playground, group: Chat, wang: User
) -> None:
    world = playground.world
    members.set_member(world, group.id, world.bot.id, "administrator")
    await api.updates(allowed_updates=["chat_member", "my_chat_member", "message"])
    for status in STATUSES[1:]:
        members.set_member(world, group.id, wang.id, status, by=next(iter(group.members)))
        shown = await api.ok("getChatMember", chat_id=group.id, user_id=wang.id)
        assert shown["status"] == status
    for update in await api.updates():
        Update.model_validate(update)


async def test_joining_and_leaving_are_said_in_the_group(
    api: Api, playground: Playground, group: Chat, li: User
) -> None:
    world = playground.world
    zhao = world.add_user("赵六")
    members.set_member(world, group.id, zhao.id, "member", by=li.id)
    members.set_member(world, group.id, zhao.id, "kicked", by=li.id)
    joined, gone = await api.updates()
    assert joined["message"]["new_chat_members"][0]["id"] == zhao.id
    assert joined["message"]["from"]["id"] == li.id
    assert gone["message"]["left_chat_member"]["id"] == zhao.id
    assert await api.ok("getChatMemberCount", chat_id=group.id) == 3


async def test_admins_and_the_chat_can_be_asked_for(
    api: Api, playground: Playground, group: Chat, li: User
) -> None:
    [owner] = await api.ok("getChatAdministrators", chat_id=group.id)
    assert (owner["user"]["id"], owner["status"]) == (li.id, "creator")
    chat = await api.ok("getChat", chat_id=group.id)
    assert (chat["title"], chat["type"]) == ("一组联户群", "supergroup")
    assert str(group.id).startswith("-100")


async def test_blocking_is_told_as_a_change_of_membership(api: Api, playground: Playground, li: User) -> None:
    people.say(playground.world, "private", li.id, "/start")
    await api.updates()
    members.block(playground.world, li.id, blocked=True)
    members.block(playground.world, li.id, blocked=True)
    members.block(playground.world, li.id, blocked=False)
    statuses = [each["my_chat_member"]["new_chat_member"]["status"] for each in await api.updates()]
    assert statuses == ["kicked", "member"]


async def test_a_group_that_becomes_a_supergroup_changes_its_id(
    api: Api, playground: Playground, li: User
) -> None:
    world = playground.world
    old = members.add_chat(world, "group", "群", members=[li.id, world.bot.id])
    sent = await api.ok("sendMessage", chat_id=old.id, text="以前的")
    await api.updates()
    new = members.migrate(world, old.id)
    leaving, arriving = await api.updates()
    assert leaving["message"]["chat"]["id"] == old.id
    assert leaving["message"]["migrate_to_chat_id"] == new.id
    assert arriving["message"]["chat"]["id"] == new.id
    assert arriving["message"]["migrate_from_chat_id"] == old.id

    for method, arguments in (
        ("sendMessage", {"text": "a"}),
        ("editMessageText", {"text": "a", "message_id": sent["message_id"]}),
    ):
        answer = await api.call(method, chat_id=old.id, **arguments)
        assert answer == {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": new.id},
        }
    assert (await api.ok("sendMessage", chat_id=new.id, text="a"))["chat"]["type"] == "supergroup"
    people.say(world, new.id, li.id, "新群里说话")
    assert len(await api.updates()) == 1


async def test_the_bot_can_leave(api: Api, playground: Playground, group: Chat) -> None:
    assert await api.ok("leaveChat", chat_id=group.id) is True
    assert group.status(playground.world.bot.id) == "left"
    assert (await api.error("sendMessage", chat_id=group.id, text="a"))[0] == 403
