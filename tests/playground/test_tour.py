"""Tours: steps played one after the other, and the transcript of them."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.playground import Playground, TourError
from bot.playground.chats import Chat
from bot.playground.given import Given
from bot.playground.tour_deeds import turned
from bot.playground.users import User
from tests.playground.conftest import Api

YES = {"inline_keyboard": [[{"text": "是的", "callback_data": "y"}, {"text": "不是", "callback_data": "n"}]]}

DAY: list[dict[str, Any]] = [
    {"caption": "李建国走访回来", "say": {"chat": "群", "user": "li", "text": "走访了老王家"}, "as": "visit"},
    {"edit": {"message": "visit", "text": "走访了老王家和李大娘家"}},
    {"react": {"user": "王秀英", "message": {"chat": "群", "from": "li"}, "emoji": "👍"}},
    {"open": {"user": "王秀英", "code": "AB12"}},
    {"say": {"chat": "private", "user": "王秀英", "text": "水管漏了"}},
    {"turn": {"to": "08:00"}},
    {"press": {"user": "王秀英", "button": "是"}},
    {"delete": {"message": "visit"}},
    {"member": {"chat": "群", "user": "bot", "status": "administrator"}},
    {"block": {"user": "王秀英", "blocked": True}},
    {"faults": {"duplicate_updates": True}},
    {"caption": "完"},
]


async def play_day(api: Api, playground: Playground, li: User, wang: User) -> None:
    async def settle() -> None:
        chat = playground.world.private_chat(wang.id)
        if chat.opened and not any(each.buttons() for each in chat.messages.values()):
            await api.ok("sendMessage", chat_id=wang.id, text="解决了吗", reply_markup=YES)

    playground.settle = settle
    playground.tour.load(DAY, users={"li": li.id}, chats={})
    await playground.tour.play()


async def test_a_day_is_played_without_pauses(
    api: Api, playground: Playground, group: Chat, li: User, wang: User
) -> None:
    group.title = "群"
    await play_day(api, playground, li, wang)
    assert playground.tour.show() == {
        "title": "",
        "state": "done",
        "playing": False,
        "index": 12,
        "total": 12,
        "caption": "完",
        "error": None,
    }
    assert wang.blocked_bot and playground.world.faults.duplicate_updates
    assert playground.clock.now().isoformat() == "2026-11-22T08:00:00+08:00"


async def test_the_transcript_reads_like_the_chats(
    api: Api, playground: Playground, group: Chat, li: User, wang: User
) -> None:
    group.title = "群"
    await play_day(api, playground, li, wang)
    lines = playground.transcript.lines
    start = lines.index("── 李建国走访回来")
    assert lines[start:] == [
        "── 李建国走访回来",
        "11-21 19:05 [群] 李建国：走访了老王家",
        "11-21 19:05 [群] 李建国（改）：走访了老王家和李大娘家",
        "11-21 19:05 [群] 王秀英 👍 「走访了老王家和李大娘家」",
        "11-21 19:05 [私聊 王秀英] 王秀英：/start AB12",
        "11-21 19:05 [私聊 王秀英] 连心桥：解决了吗\n    【是的】【不是】",
        "11-21 19:05 [私聊 王秀英] 王秀英：水管漏了",
        "11-22 08:00 [私聊 王秀英] 王秀英 点【是的】",
        "11-22 08:00 [群] （已删除）「走访了老王家和李大娘家」",
        "── 完",
    ]


async def test_a_step_that_cannot_be_played_names_itself(
    playground: Playground, group: Chat, li: User
) -> None:
    playground.tour.load([{"caption": "好"}, {"say": {"chat": "别处", "user": "李建国", "text": "在吗"}}])
    with pytest.raises(TourError, match="step 2: there is no chat called 别处"):
        await playground.tour.play()
    shown = playground.tour.show()
    assert shown is not None and shown["state"] == "failed" and "别处" in shown["error"]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ({"sing": {}}, "step 1 has no sing"),
        ({"say": {}, "turn": {}}, "step 1 has more than one deed"),
    ],
)
def test_steps_that_make_no_sense_are_refused_at_once(
    playground: Playground, step: dict[str, Any], words: str
) -> None:
    with pytest.raises(TourError, match=words):
        playground.tour.load([step])


@pytest.mark.parametrize(
    "step",
    [
        {"say": {"chat": "一组联户群", "text": "谁说的"}},
        {"say": {"chat": "一组联户群", "user": "谁", "text": "好"}},
        {"say": {"chat": "一组联户群", "user": "李建国", "text": "好", "topic": "用水"}},
        {"edit": {"message": "nothing", "text": "好"}},
        {"edit": {"message": {"chat": "一组联户群", "text": "没人说过"}, "text": "好"}},
        {"press": {"user": "李建国", "button": "是"}},
        {"turn": {"to": "late"}},
        {"turn": {"to": "half past eight"}},
        {"turn": {"days": "many"}},
    ],
)
async def test_unclear_steps_fail_with_a_sentence(
    playground: Playground, group: Chat, li: User, step: dict[str, Any]
) -> None:
    playground.tour.load([step])
    with pytest.raises(TourError, match="step 1: "):
        await playground.tour.play()


NOW = datetime(2026, 11, 21, 19, 5, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("turn", "to"),
    [
        ({"to": "08:00"}, "2026-11-22T08:00:00+08:00"),
        ({"to": "21:30"}, "2026-11-21T21:30:00+08:00"),
        ({"to": "08:00", "days": 3}, "2026-11-24T08:00:00+08:00"),
        ({"to": "2026-12-05T08:00:00+08:00"}, "2026-12-05T08:00:00+08:00"),
        ({"days": 1, "hours": 2, "minutes": 5}, "2026-11-22T21:10:00+08:00"),
        ({"by_seconds": 90}, "2026-11-21T19:06:30+08:00"),
    ],
)
def test_turns_can_be_told_in_several_ways(turn: dict[str, Any], to: str) -> None:
    assert turned(NOW, Given(turn)).isoformat() == to


async def test_a_tour_is_paused_stepped_through_and_stopped(
    api: Api, playground: Playground, group: Chat, li: User
) -> None:
    said = [{"say": {"chat": "一组联户群", "user": "李建国", "text": str(each)}} for each in range(4)]
    playground.tour.load([each | {"pause_ms": 60_000} for each in said], title="一天")
    before = len(group.messages)
    started = await api.control("tour", action="start")
    assert started["playing"] is True and started["title"] == "一天"
    await asyncio.wait_for(_played(playground, 1), 5)
    await api.control("tour", action="next")
    await asyncio.wait_for(_played(playground, 2), 5)
    assert (await api.control("tour", action="pause"))["state"] == "paused"
    assert (await api.control("tour", action="next"))["index"] == 3
    assert len(group.messages) == before + 3
    assert (await api.control("tour", action="stop"))["index"] == 0
    assert (await api.control("tour", 400, action="dance"))["error"]


async def test_when_the_bot_breaks_the_tour_says_so(
    playground: Playground, group: Chat, li: User, caplog: pytest.LogCaptureFixture
) -> None:
    async def settle() -> None:
        raise RuntimeError("the bot broke")

    playground.settle = settle
    playground.tour.load([{"caption": "一"}, {"caption": "二"}])
    with pytest.raises(RuntimeError):
        await playground.tour.play()
    await playground.tour.start()
    await asyncio.wait_for(playground.tour.finished(), 5)
    shown = playground.tour.show()
    assert shown is not None and "the bot broke" in shown["error"]
    assert "step 1 of the tour broke" in caplog.text


async def test_stopping_does_not_wait_for_a_bot_that_hangs(
    playground: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.playground.tour.PATIENCE_S", 0.01)
    begun = asyncio.Event()

    async def settle() -> None:
        begun.set()
        await asyncio.Event().wait()

    playground.settle = settle
    playground.tour.load([{"caption": "一"}])
    await playground.tour.start()
    await asyncio.wait_for(begun.wait(), 5)
    await asyncio.wait_for(playground.tour.stop(), 5)
    shown = playground.tour.show()
    assert shown is not None and shown["state"] == "idle"


async def _played(playground: Playground, steps: int) -> None:
    """Wait until the tour has told of so many steps played."""
    async for event in playground.world.events.follow(0):
        if event["type"] == "tour" and event["data"]["index"] >= steps:
            return


async def test_with_pauses_it_plays_to_the_end(playground: Playground) -> None:
    playground.tour.load([{"caption": str(each), "pause_ms": 0} for each in range(3)])
    await playground.tour.start()
    await asyncio.wait_for(playground.tour.finished(), 5)
    shown = playground.tour.show()
    assert shown is not None and (shown["index"], shown["caption"], shown["state"]) == (3, "2", "done")
