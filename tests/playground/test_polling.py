"""getUpdates: offsets, limits, kinds, long polling, conflicts."""

from __future__ import annotations

import asyncio

import aiohttp

from bot.playground import Playground, members, people
from bot.playground.chats import Chat
from bot.playground.users import User
from tests.playground.conftest import Api


async def test_updates_come_in_order_with_rising_ids(api: Api, playground: Playground, li: User) -> None:
    for number in range(5):
        people.say(playground.world, "private", li.id, str(number))
    updates = await api.ok("getUpdates")
    assert [each["message"]["text"] for each in updates] == ["0", "1", "2", "3", "4"]
    ids = [each["update_id"] for each in updates]
    assert ids == list(range(ids[0], ids[0] + 5))


async def test_an_offset_acknowledges_and_nothing_else_does(
    api: Api, playground: Playground, li: User
) -> None:
    for number in range(4):
        people.say(playground.world, "private", li.id, str(number))
    first = await api.ok("getUpdates", limit=2)
    assert await api.ok("getUpdates", limit=2) == first
    rest = await api.ok("getUpdates", offset=first[-1]["update_id"] + 1)
    assert [each["message"]["text"] for each in rest] == ["2", "3"]
    assert playground.world.updates.pending == 2
    await api.ok("getUpdates", offset=rest[-1]["update_id"] + 1)
    assert await api.ok("getUpdates", offset=0) == []


async def test_a_negative_offset_keeps_the_last_ones(api: Api, playground: Playground, li: User) -> None:
    for number in range(4):
        people.say(playground.world, "private", li.id, str(number))
    assert [each["message"]["text"] for each in await api.ok("getUpdates", offset=-1)] == ["3"]
    assert playground.world.updates.pending == 1


async def test_no_more_than_a_hundred_at_once(api: Api, playground: Playground, li: User) -> None:
    for number in range(130):
        people.say(playground.world, "private", li.id, str(number))
    assert len(await api.ok("getUpdates", limit=1000)) == 100


async def test_a_long_poll_answers_when_something_happens(api: Api, playground: Playground, li: User) -> None:
    poll = asyncio.create_task(api.ok("getUpdates", timeout=30))
    await asyncio.wait_for(playground.world.updates.polled(), 5)
    people.say(playground.world, "private", li.id, "在吗")
    [update] = await asyncio.wait_for(poll, 5)
    assert update["message"]["text"] == "在吗"


async def test_a_newer_poll_ends_the_older_with_a_conflict(api: Api, playground: Playground) -> None:
    older = asyncio.create_task(api.error("getUpdates", timeout=30))
    await asyncio.wait_for(playground.world.updates.polled(), 5)
    assert await api.ok("getUpdates") == []
    assert await older == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


async def test_a_webhook_and_polling_exclude_each_other(api: Api) -> None:
    await api.ok("setWebhook", url="http://127.0.0.1:9/hook")
    code, words = await api.error("getUpdates")
    assert code == 409 and "can't use getUpdates method while webhook is active" in words
    await api.ok("deleteWebhook")
    assert await api.ok("getUpdates") == []


async def test_kinds_are_chosen_when_things_happen(
    api: Api, playground: Playground, group: Chat, li: User
) -> None:
    world = playground.world
    members.set_member(world, group.id, world.bot.id, "administrator")
    await api.updates(allowed_updates=["message", "message_reaction"])
    said = people.say(world, group.id, li.id, "走访了老王家")
    people.edit(world, group.id, said.id, li.id, "走访了老李家")
    people.react(world, group.id, said.id, li.id, "👍")
    # The setting stays when a poll does not name it; an empty list brings back the default.
    updates = await api.updates()
    assert [list(each)[1] for each in updates] == ["message", "message_reaction"]
    await api.ok("getUpdates", allowed_updates=[])
    people.react(world, group.id, said.id, li.id, None)
    people.edit(world, group.id, said.id, li.id, "走访了老张家")
    assert [list(each)[1] for each in await api.updates()] == ["edited_message"]


async def test_reactions_and_members_are_told_to_admins_only(
    api: Api, playground: Playground, group: Chat, li: User, wang: User
) -> None:
    world = playground.world
    await api.updates(allowed_updates=["message_reaction", "chat_member"])
    said = people.say(world, group.id, li.id, "走访了老王家")
    people.react(world, group.id, said.id, wang.id, "👍")
    members.set_member(world, group.id, wang.id, "left")
    assert await api.updates() == []
    members.set_member(world, group.id, world.bot.id, "administrator")
    people.react(world, group.id, said.id, li.id, "🎉")
    members.set_member(world, group.id, wang.id, "member")
    reaction, member = await api.updates()
    assert reaction["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "🎉"}]
    assert member["chat_member"]["new_chat_member"]["status"] == "member"


async def test_what_is_not_fetched_for_a_day_is_gone(api: Api, playground: Playground, li: User) -> None:
    people.say(playground.world, "private", li.id, "昨天")
    playground.clock.turn_by(hours=23)
    people.say(playground.world, "private", li.id, "今天")
    playground.clock.turn_by(hours=2)
    assert [each["message"]["text"] for each in await api.ok("getUpdates")] == ["今天"]


async def test_the_acknowledgement_can_be_waited_for(api: Api, playground: Playground, li: User) -> None:
    people.say(playground.world, "private", li.id, "在吗")
    waiting = asyncio.create_task(playground.world.updates.acknowledged())
    await api.ok("getUpdates")
    assert not waiting.done()
    await api.updates()
    await asyncio.wait_for(waiting, 5)


async def test_a_client_that_dies_while_polling_loses_nothing(
    api: Api, playground: Playground, li: User
) -> None:
    world = playground.world
    async with aiohttp.ClientSession() as dying:
        poll = asyncio.create_task(Api(dying, api.url, api.token).ok("getUpdates", timeout=30))
        await asyncio.wait_for(world.updates.polled(), 5)
        poll.cancel()
    people.say(world, "private", li.id, "一")
    again = asyncio.create_task(api.ok("getUpdates", timeout=30))
    assert [each["message"]["text"] for each in await asyncio.wait_for(again, 5)] == ["一"]


async def test_a_world_outlives_its_server(playground: Playground, li: User) -> None:
    people.say(playground.world, "private", li.id, "一")
    for _ in range(2):
        async with playground.serve() as url, aiohttp.ClientSession() as http:
            [update] = await Api(http, url, playground.world.bot.token).ok("getUpdates")
            assert update["message"]["text"] == "一"


async def test_a_waiting_poll_does_not_keep_the_server_from_stopping(playground: Playground) -> None:
    async with aiohttp.ClientSession() as http:
        async with playground.serve() as url:
            api = Api(http, url, playground.world.bot.token)
            poll = asyncio.create_task(api.ok("getUpdates", timeout=50))
            await asyncio.wait_for(playground.world.updates.polled(), 5)
        assert await asyncio.wait_for(poll, 5) == []
