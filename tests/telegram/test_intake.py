from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from bot.playground import people
from bot.telegram.api import chat_of
from bot.telegram.intake import Polling
from storage import heartbeats, inbox
from storage.database import Database
from storage.tables import InboxUpdate
from tests.telegram.conftest import Line


def polling(line: Line, database: Database, arrived: Any = lambda: None) -> Polling:
    return Polling(line.bot, database, clock=line.clock, arrived=arrived, pause=line.pauses.pause)


@asynccontextmanager
async def running(work: Polling) -> AsyncIterator[None]:
    task = asyncio.create_task(work.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def stored(database: Database) -> list[InboxUpdate]:
    async with database.reading() as session:
        return list(await session.exec(select(InboxUpdate).order_by("id")))


def texts(rows: list[InboxUpdate]) -> list[str]:
    return [json.loads(row.payload)["message"]["text"] for row in rows]


async def test_updates_are_stored_as_they_came_and_only_then_acknowledged(
    line: Line, database: Database
) -> None:
    fetcher = polling(line, database)
    await fetcher.fetch(wait_seconds=0)
    for text in ("一", "二", "三"):
        people.say(line.world, line.group.id, line.li.id, text)
    assert await fetcher.fetch(wait_seconds=0) == 3
    assert line.world.updates.pending == 3  # not acknowledged before the next call
    rows = await stored(database)
    assert texts(rows) == ["一", "二", "三"]
    assert {row.chat_id for row in rows} == {line.group.id}
    await fetcher.fetch(wait_seconds=0)
    assert line.world.updates.pending == 0


async def test_a_batch_that_could_not_be_stored_comes_again(
    line: Line, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetcher = polling(line, database)
    people.say(line.world, line.group.id, line.li.id, "一")

    async def fail(*_arguments: Any) -> list[int]:
        raise OperationalError("INSERT", {}, Exception("disk I/O error"))

    with monkeypatch.context() as broken:
        broken.setattr(inbox, "store", fail)
        with pytest.raises(OperationalError):
            await fetcher.fetch(wait_seconds=0)
    assert await fetcher.fetch(wait_seconds=0) == 1
    assert texts(await stored(database)) == ["一"]


async def test_what_comes_twice_is_stored_once(line: Line, database: Database) -> None:
    line.world.faults.merge({"duplicate_updates": True})
    async with running(polling(line, database)):
        for text in ("一", "二"):
            people.say(line.world, line.group.id, line.li.id, text)
        await line.world.updates.acknowledged()
    assert texts(await stored(database)) == ["一", "二"]


async def test_one_that_cannot_be_decoded_is_stored_and_keeps_its_chat(
    line: Line, database: Database
) -> None:
    line.world.faults.merge({"undecodable_update": {"times": 1}})
    async with running(polling(line, database)):
        people.say(line.world, line.group.id, line.li.id, "一")
        await line.world.updates.acknowledged()
    assert [row.chat_id for row in await stored(database)] == [line.group.id] * 2


@pytest.mark.parametrize(
    ("fault", "waits"),
    [
        ({"server_error": {"method": "getUpdates", "times": 3, "code": 502}}, [1, 2, 4]),
        ({"too_many_requests": {"method": "getUpdates", "times": 1, "retry_after": 33}}, [33]),
        ({"lost_answer": {"method": "getUpdates", "times": 2}}, [1, 2]),
    ],
)
async def test_failures_are_waited_out_and_nothing_is_lost(
    line: Line, database: Database, fault: dict[str, Any], waits: list[float]
) -> None:
    line.world.faults.merge(fault)
    people.say(line.world, line.group.id, line.li.id, "一")
    async with running(polling(line, database)):
        await line.world.updates.acknowledged()
    assert line.pauses.asked == waits
    assert texts(await stored(database)) == ["一"]


async def test_another_program_on_the_same_token_is_named_and_waited_out(
    line: Line, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await line.bot.set_webhook("http://127.0.0.1:9/elsewhere")
    paused = asyncio.Event()

    async def pause(_seconds: float) -> None:
        await line.bot.delete_webhook()
        paused.set()

    fetcher = Polling(line.bot, database, clock=line.clock, arrived=lambda: None, pause=pause)
    async with running(fetcher):
        await paused.wait()
        people.say(line.world, line.group.id, line.li.id, "一")
        await line.world.updates.acknowledged()
    assert "stop the other program" in caplog.text
    assert texts(await stored(database)) == ["一"]


async def test_each_fetch_is_a_sign_of_life_and_new_updates_are_announced(
    line: Line, database: Database
) -> None:
    told: list[bool] = []
    fetcher = polling(line, database, arrived=lambda: told.append(True))
    await fetcher.fetch(wait_seconds=0)
    assert told == []
    people.say(line.world, line.group.id, line.li.id, "一")
    await fetcher.fetch(wait_seconds=0)
    assert told == [True]
    async with database.reading() as session:
        assert (await heartbeats.latest(session))["poll"] == line.clock.now()


@pytest.mark.parametrize(
    ("update", "chat_id"),
    [
        ({"update_id": 1, "message": {"chat": {"id": -5}, "from": {"id": 7}}}, -5),
        ({"update_id": 1, "edited_message": {"chat": {"id": -5}}}, -5),
        ({"update_id": 1, "callback_query": {"from": {"id": 7}, "message": {"chat": {"id": -5}}}}, -5),
        ({"update_id": 1, "callback_query": {"from": {"id": 7}}}, 7),  # of an inline message
        ({"update_id": 1, "message_reaction": {"chat": {"id": -5}}}, -5),
        ({"update_id": 1, "poll": {"id": "x"}}, None),
        ({"update_id": 1, "news_of_2031": "?"}, None),
        ({"update_id": 1}, None),
    ],
)
def test_the_chat_of_an_update_is_found_without_decoding_it(
    update: dict[str, Any], chat_id: int | None
) -> None:
    assert chat_of(update) == chat_id
