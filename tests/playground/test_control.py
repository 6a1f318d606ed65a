"""The control API: everything over HTTP, as page, stories and demo use it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from bot.playground import Clock, Playground, people
from bot.playground.chats import Chat
from bot.playground.users import User
from tests.playground.conftest import Api, Json


async def test_a_world_is_set_up_and_lived_in_over_http(api: Api, playground: Playground) -> None:
    bot = playground.world.bot
    li = await api.control("users", name="李建国", label="党员·一组", role="member")
    wang = await api.control("users", name="王秀英")
    group = await api.control(
        "chats", type="supergroup", title="群", members=[li["id"], wang["id"], bot.id], topics=["用水"]
    )
    assert {each["user_id"]: each["status"] for each in group["members"]} == {
        li["id"]: "creator",
        wang["id"]: "member",
        bot.id: "member",
    }
    await api.control("members", chat_id=group["id"], user_id=bot.id, status="administrator")
    said = await api.control(
        "say",
        chat_id=group["id"],
        user_id=li["id"],
        text="走访了老王家",
        topic_id=group["topics"][0]["id"],
    )
    assert (said["text"], said["from_user_id"], said["date"]) == (
        "走访了老王家",
        li["id"],
        "2026-11-21T19:05:00+08:00",
    )
    reply = await api.control(
        "say",
        chat_id=group["id"],
        user_id=wang["id"],
        photo=True,
        caption="漏水",
        reply_to_id=said["id"],
        sent_at="2026-11-21T18:00:00+08:00",
    )
    assert reply["photo"] and reply["reply_to_id"] == said["id"] and reply["topic_id"] == said["topic_id"]
    edited = await api.control(
        "edit", chat_id=group["id"], message_id=said["id"], user_id=li["id"], text="走访了老李家"
    )
    assert edited["edit_date"] is not None
    reacted = await api.control(
        "react", chat_id=group["id"], message_id=said["id"], user_id=wang["id"], emoji="👍"
    )
    assert reacted["reactions"] == [{"emoji": "👍", "user_id": wang["id"]}]
    private = await api.control("say", chat_id="private", user_id=wang["id"], text="/start")
    assert private["chat_id"] == wang["id"]
    keyboard = {"inline_keyboard": [[{"text": "是", "callback_data": "y"}]]}
    asked = await api.ok("sendMessage", chat_id=wang["id"], text="对吗", reply_markup=keyboard)
    pressed = await api.control(
        "press", chat_id=wang["id"], message_id=asked["message_id"], user_id=wang["id"], data="y"
    )
    assert set(pressed) == {"callback_query_id"}
    opened = await api.control("open", user_id=li["id"], link="https://t.me/lianxin_bot?start=AB")
    assert opened["text"] == "/start AB"
    assert (await api.control("block", user_id=li["id"], blocked=True))["blocked_bot"] is True
    await api.control("delete", chat_id=group["id"], message_id=reply["id"], user_id=wang["id"])
    kinds = [next(iter(set(each) - {"update_id"})) for each in await api.ok("getUpdates")]
    assert kinds == [
        *("my_chat_member", "message", "my_chat_member", "message", "message", "edited_message"),
        *("message", "callback_query", "message", "my_chat_member"),
    ]

    async with api.http.get(f"{api.url}/control/state") as response:
        state = await response.json()
    assert set(state) >= {"now", "bot", "users", "chats", "faults", "panel_url", "tour", "seq"}
    assert [each["name"] for each in state["users"]] == ["李建国", "王秀英"]
    shown = next(each for each in state["chats"] if each["id"] == group["id"])
    assert [each["deleted"] for each in shown["messages"]][-1] is True
    assert state["seq"] == playground.world.events.seq


async def test_a_group_is_migrated_over_http(api: Api, playground: Playground, li: User) -> None:
    group = await api.control("chats", type="group", title="群", members=[li.id, playground.world.bot.id])
    migrated = await api.control("migrate", chat_id=group["id"])
    assert playground.world.chats[group["id"]].migrated_to == migrated["chat_id"]
    refused = await api.control("say", 409, chat_id=group["id"], user_id=li.id, text="还在旧群")
    assert str(migrated["chat_id"]) in refused["error"]


async def test_wrong_requests_get_a_sentence(api: Api, group: Chat, li: User) -> None:
    assert await api.control("say", 400, chat_id=group.id) == {"error": "user_id is missing"}
    wrong = await api.control("say", 400, chat_id=group.id, user_id=li.id, text=5)
    assert wrong == {"error": "text is a text"}
    half = await api.control("say", 400, chat_id=group.id, user_id=li.id, text="\ud83c")
    assert half == {"error": "text is not in UTF-8"}
    assert "times" in (await api.control("faults", 400, lost_answer={"times": "often"}))["error"]
    assert "no user" in (await api.control("say", 404, chat_id=group.id, user_id=1, text="a"))["error"]
    assert "no chat" in (await api.control("say", 404, chat_id=-1, user_id=li.id, text="a"))["error"]
    assert "offset" in (await api.control("clock", 400, to="2026-11-22T08:00:00"))["error"]
    assert "no time" in (await api.control("clock", 400, to="tomorrow"))["error"]
    assert "forward" in (await api.control("clock", 409, to="2020-01-01T00:00:00+08:00"))["error"]
    assert "no tour" in (await api.control("tour", 404, action="start"))["error"]
    async with api.http.post(f"{api.url}/control/say", data=b"[") as response:
        assert (response.status, await response.json()) == (400, {"error": "the body is no JSON"})
    async with api.http.post(f"{api.url}/control/nothing", json={}) as response:
        assert response.status == 404


async def test_turning_the_clock_lets_the_bot_do_what_falls_due(
    api: Api, playground: Playground, clock: Clock
) -> None:
    begun, stops = clock.now(), list[datetime]()

    async def on_turn(before: datetime, after: datetime) -> None:
        assert before == begun
        stops.append(before + (after - before) / 2)
        clock.move_to(stops[0])

    playground.on_turn = on_turn
    turned = await api.control("clock", by_seconds=3600)
    assert stops == [begun + timedelta(minutes=30)]
    assert turned == {"now": "2026-11-21T20:05:00+08:00", "running": False}
    playground.on_turn = None
    assert (await api.control("clock", to="2026-11-22T00:00:00+00:00"))["now"] == "2026-11-22T08:00:00+08:00"
    assert (await api.control("clock", running=True))["running"] is True
    assert (await api.control("clock", running=False))["running"] is False


async def test_whoever_asks_to_settle_sees_the_bots_answer(
    api: Api, playground: Playground, group: Chat, li: User
) -> None:
    async def settle() -> None:
        last = group.messages[group.last_message_id]
        people.react(playground.world, group.id, last.id, li.id, "👍")

    playground.settle = settle
    said = {"chat_id": group.id, "user_id": li.id, "text": "好"}
    assert (await api.control("say", **said))["reactions"] == []
    assert len((await api.control("say?settle=1", **said))["reactions"]) == 1


async def test_events_are_streamed_as_they_happen(
    api: Api, playground: Playground, group: Chat, li: User
) -> None:
    before = playground.world.events.seq
    people.say(playground.world, group.id, li.id, "一")
    async with api.http.get(f"{api.url}/control/events?after={before}") as response:
        assert response.content_type == "text/event-stream"
        events: list[Json] = []
        async for line in response.content:
            if line.startswith(b"data: "):
                events.append(json.loads(line[6:]))
                if len(events) == 1:
                    people.say(playground.world, group.id, li.id, "二")
                if len(events) == 2:
                    break
    assert [(each["type"], each["data"]["text"]) for each in events] == [("message", "一"), ("message", "二")]
    assert [each["seq"] for each in events] == [before + 1, before + 2]


def test_whoever_missed_too_much_is_told_to_read_the_state_again(playground: Playground) -> None:
    events = playground.world.events
    for number in range(20_001):
        events.add("clock", number)
    assert [each["type"] for each in events.after(0)] == ["resync"]
    assert [each["data"] for each in events.after(events.seq - 2)] == [19_999, 20_000]


async def test_the_page_and_its_files_are_served(api: Api) -> None:
    async with api.http.get(f"{api.url}/") as response:
        assert response.status == 200 and response.content_type == "text/html"
    async with api.http.get(f"{api.url}/static/app.js") as response:
        assert response.status == 200 and "javascript" in response.content_type
