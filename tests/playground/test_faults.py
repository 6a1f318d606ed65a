"""Faults that can be switched on, and what a client sees of them."""

from __future__ import annotations

import aiohttp
import pytest
from aiogram.types import Update
from pydantic import ValidationError

from bot.playground import Playground, people
from bot.playground.chats import Chat
from bot.playground.users import User
from tests.playground.conftest import Api


async def test_too_many_requests_say_how_long_to_wait_and_run_out(api: Api, group: Chat) -> None:
    await api.control("faults", too_many_requests={"method": "sendMessage", "times": 2, "retry_after": 7})
    await api.ok("sendChatAction", chat_id=group.id, action="typing")
    for _ in range(2):
        assert await api.call("sendMessage", chat_id=group.id, text="a") == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 7",
            "parameters": {"retry_after": 7},
        }
    await api.ok("sendMessage", chat_id=group.id, text="a")


async def test_a_server_error_does_nothing_and_spares_polling(
    api: Api, playground: Playground, group: Chat
) -> None:
    await api.control("faults", server_error={"times": 1, "code": 502})
    await api.ok("getUpdates")
    before = len(group.messages)
    assert await api.error("sendMessage", chat_id=group.id, text="a") == (502, "Bad Gateway")
    assert len(group.messages) == before
    playground.world.faults.merge({"server_error": {"times": 1, "code": 500, "method": "getUpdates"}})
    assert await api.error("getUpdates") == (500, "Internal Server Error")


async def test_a_lost_answer_comes_after_the_deed(api: Api, group: Chat) -> None:
    await api.control("faults", lost_answer={"method": "sendMessage", "times": 1})
    with pytest.raises(aiohttp.ClientConnectionError):
        await api.ok("sendMessage", chat_id=group.id, text="说了")
    assert [each.text for each in group.messages.values()].count("说了") == 1
    await api.ok("sendMessage", chat_id=group.id, text="又说了")


async def test_updates_can_come_twice(api: Api, playground: Playground, li: User) -> None:
    await api.control("faults", duplicate_updates=True)
    people.say(playground.world, "private", li.id, "一")
    people.say(playground.world, "private", li.id, "二")
    first = await api.ok("getUpdates")
    people.say(playground.world, "private", li.id, "三")
    second = await api.ok("getUpdates", offset=first[-1]["update_id"] + 1)
    third = await api.ok("getUpdates", offset=second[-1]["update_id"] + 1)
    fourth = await api.ok("getUpdates", offset=third[-1]["update_id"] + 1)
    assert [[each["message"]["text"] for each in batch] for batch in (first, second, third, fourth)] == [
        ["一", "二"],
        ["一", "二", "三"],
        ["三"],
        [],
    ]
    assert second[:2] == first


@pytest.mark.parametrize("kinds", [["message"], ["message", "my_chat_member", "message_reaction"]])
async def test_undecodable_updates_come_with_the_good_ones(
    api: Api, playground: Playground, group: Chat, li: User, kinds: list[str]
) -> None:
    await api.updates(allowed_updates=kinds)
    await api.control("faults", undecodable_update={"times": 3})
    for number in range(4):
        people.say(playground.world, group.id, li.id, str(number))
    updates = await api.updates()
    assert len(updates) == 7
    bad = []
    for update in updates:
        try:
            Update.model_validate(update)
        except ValidationError:
            bad.append(update)
    assert len(bad) == 3
    assert {next(iter(set(each) - {"update_id"})) for each in bad} == set(kinds)
    good = [each["message"]["text"] for each in updates if each not in bad]
    assert good == ["0", "1", "2", "3"]


async def test_faults_are_read_merged_and_cleared(api: Api) -> None:
    await api.control("faults", duplicate_updates=True, lost_answer={"times": 3})
    shown = await api.control("faults", server_error={"times": 1, "code": 503})
    assert shown["duplicate_updates"] is True
    assert shown["lost_answer"] == {"times": 3} and shown["server_error"] == {"times": 1, "code": 503}
    assert "lost_answer" not in await api.control("faults", lost_answer=None)
    assert "no fault" in (await api.control("faults", 400, gremlins=True))["error"]
    assert "has no" in (await api.control("faults", 400, lost_answer={"often": 3}))["error"]
    async with api.http.delete(f"{api.url}/control/faults") as response:
        assert await response.json() == {"duplicate_updates": False, "rate_limits": None}


async def test_viewers_hear_of_each_use_of_a_fault(api: Api, playground: Playground, group: Chat) -> None:
    await api.control("faults", server_error={"method": "sendMessage", "times": 2})
    await api.error("sendMessage", chat_id=group.id, text="a")
    event = playground.world.events.after(playground.world.events.seq - 1)[0]
    assert event["type"] == "faults" and event["data"]["server_error"]["times"] == 1
