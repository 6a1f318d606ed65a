from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.telegram.dispatch import Dispatch
from storage import inbox, outbox
from storage.database import Database
from storage.outbox import Draft, Priority
from storage.tables import AuditEntry, InboxUpdate
from tests.fakes.times import HandClock, Pauses

Json = dict[str, Any]


class Desk:
    """An inbox with workers over it, whose handler writes one row for each update."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = HandClock()
        self.pauses = Pauses()
        self.seen: list[tuple[int, int]] = []  # chat, number
        self.done_after: list[int] = []
        self.wakes = 0
        self.answers: set[int] = set()  # updates that are answered with a notice
        self.mishaps: dict[int, list[Exception]] = {}  # by update
        self._number = 100

    async def handle(
        self, update: Json, *, session: AsyncSession, now: datetime, aftermath: list[int]
    ) -> None:
        number = update["update_id"]
        self.seen.append((update["message"]["chat"]["id"], number))
        session.add(AuditEntry(at=now, by_name="test", action="handled", subject=str(number)))
        await session.flush()
        aftermath.append(number)
        if number in self.answers:
            answer = Draft(f"answer {number}", "test", Priority.ANSWER, "好", chat_id=-1)
            await outbox.put(session, answer, now=now)
        if mishaps := self.mishaps.get(number):
            raise mishaps.pop(0)

    async def finish(self, aftermath: list[int]) -> None:
        self.done_after += aftermath

    def wake(self) -> None:
        self.wakes += 1

    @asynccontextmanager
    async def running(self, **options: Any) -> AsyncIterator[Dispatch[list[int]]]:
        dispatch: Dispatch[list[int]] = Dispatch(
            self.database,
            options.pop("handle", self.handle),
            clock=self.clock,
            new_aftermath=list,
            run_aftermath=options.pop("finish", self.finish),
            notices_put=self.wake,
            pause=self.pauses.pause,
            **options,
        )
        task = asyncio.create_task(dispatch.run())
        try:
            yield dispatch
        finally:
            await dispatch.stop()
            await task

    async def store(self, *chats: int) -> list[int]:
        rows = []
        for chat_id in chats:
            self._number += 1
            update = {"update_id": self._number, "message": {"chat": {"id": chat_id}}}
            rows.append(inbox.RawUpdate(self._number, chat_id, json.dumps(update)))
        async with self.database.transaction() as session:
            await inbox.store(session, 77, rows, self.clock.now())
        return [row.update_id for row in rows]

    async def states(self) -> dict[int, str]:
        async with self.database.reading() as session:
            return {row.update_id: row.state for row in await session.exec(select(InboxUpdate))}

    async def written(self) -> list[str]:
        async with self.database.reading() as session:
            return list(await session.exec(select(AuditEntry.subject).order_by("id")))


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


async def test_what_was_pending_at_the_start_is_handled_once_and_marked(desk: Desk) -> None:
    numbers = await desk.store(-1, -2, -1)
    async with desk.running() as dispatch:
        await dispatch.settled()
    assert await desk.states() == dict.fromkeys(numbers, "done")
    assert sorted(await desk.written()) == [str(number) for number in numbers]
    assert (dispatch.handled, dispatch.set_aside) == (3, 0)


async def test_delivery_is_woken_by_updates_that_put_notices_alone(desk: Desk) -> None:
    _, answered, broken, _ = await desk.store(-1, -1, -2, -3)
    desk.answers = {answered, broken}
    desk.mishaps[broken] = [ValueError("门牌号不对")]
    async with desk.running() as dispatch:
        await dispatch.settled()
    assert desk.wakes == 1


async def test_each_chat_is_in_order_and_chats_take_turns(desk: Desk) -> None:
    talkative = await desk.store(*[-1] * 30)
    quiet = await desk.store(*range(-20, -10))
    async with desk.running() as dispatch:
        await dispatch.settled()
    assert [number for chat, number in desk.seen if chat == -1] == talkative
    places = {number: place for place, (_, number) in enumerate(desk.seen)}
    assert max(places[number] for number in quiet) < len(quiet) + 10


async def test_hundreds_of_chats_at_once_keep_their_orders(desk: Desk) -> None:
    async with desk.running() as dispatch:
        for _ in range(4):
            await desk.store(*range(-300, 0))
            dispatch.wake()
        await dispatch.settled()
    by_chat: dict[int, list[int]] = {}
    for chat, number in desk.seen:
        by_chat.setdefault(chat, []).append(number)
    assert len(by_chat) == 300
    assert all(len(numbers) == 4 and numbers == sorted(numbers) for numbers in by_chat.values())


async def test_one_that_fails_is_set_aside_with_its_error_and_the_rest_goes_on(desk: Desk) -> None:
    first, broken, last = await desk.store(-1, -1, -1)
    desk.mishaps[broken] = [ValueError("门牌号不对")]
    async with desk.running() as dispatch:
        await dispatch.settled()
    assert await desk.states() == {first: "done", broken: "set_aside", last: "done"}
    assert await desk.written() == [str(first), str(last)]  # what the broken one wrote is rolled back
    assert desk.done_after == [first, last]
    async with desk.database.reading() as session:
        [row] = await inbox.set_aside_rows(session)
    assert "门牌号不对" in (row.error or "")
    assert json.loads(row.payload)["update_id"] == broken


async def test_a_handler_that_breaks_the_session_is_set_aside_too(desk: Desk) -> None:
    [broken, after] = await desk.store(-1, -1)
    desk.mishaps[broken] = [IntegrityError("INSERT", {}, Exception("UNIQUE constraint failed"))]
    async with desk.running() as dispatch:
        await dispatch.settled()
    assert await desk.states() == {broken: "set_aside", after: "done"}


async def test_a_payload_that_is_no_update_at_all_is_set_aside(desk: Desk) -> None:
    async with desk.database.transaction() as session:
        await inbox.store(session, 77, [inbox.RawUpdate(5, -1, "not json")], desk.clock.now())
    async with desk.running() as dispatch:
        await dispatch.settled()
    assert await desk.states() == {5: "set_aside"}


async def test_a_database_out_of_reach_is_waited_for(desk: Desk) -> None:
    [number] = await desk.store(-1)
    locked = OperationalError("UPDATE", {}, Exception("database is locked"))
    desk.mishaps[number] = [locked, locked]
    async with desk.running() as dispatch:
        await dispatch.settled()
    assert desk.pauses.asked == [1, 2]
    assert await desk.states() == {number: "done"}
    assert await desk.written() == [str(number)]


async def test_what_follows_the_commit_cannot_undo_or_stop_anything(desk: Desk) -> None:
    numbers = await desk.store(-1, -1)

    async def fail(_aftermath: list[int]) -> None:
        raise RuntimeError("query is too old")

    async with desk.running(finish=fail) as dispatch:
        await dispatch.settled()
    assert await desk.states() == dict.fromkeys(numbers, "done")


async def test_an_update_that_comes_while_its_chat_is_busy_is_not_forgotten(desk: Desk) -> None:
    entered, go_on = asyncio.Event(), asyncio.Event()

    async def slow(update: Json, **context: Any) -> None:
        await desk.handle(update, **context)

    async def finish(_aftermath: list[int]) -> None:
        entered.set()
        await go_on.wait()

    await desk.store(-1)
    async with desk.running(handle=slow, finish=finish) as dispatch:
        await entered.wait()  # the chat is busy: its first update is committed, not finished
        await desk.store(-1)
        dispatch.wake()
        go_on.set()
        await dispatch.settled()
    assert len(desk.seen) == 2


async def test_stopping_finishes_what_is_in_hand_and_leaves_the_rest_for_the_next_start(desk: Desk) -> None:
    numbers = await desk.store(*[-1] * 5)
    entered, go_on = asyncio.Event(), asyncio.Event()

    async def slow(update: Json, **context: Any) -> None:
        entered.set()
        await go_on.wait()
        await desk.handle(update, **context)

    async with desk.running(handle=slow) as dispatch:
        await entered.wait()
        await dispatch.stop()
        go_on.set()
    assert list((await desk.states()).values()) == ["done", *["pending"] * 4]
    async with desk.running() as again:
        await again.settled()
    assert [number for _, number in desk.seen] == numbers
