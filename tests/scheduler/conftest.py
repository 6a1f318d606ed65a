"""Delivery on a real database, with a recording sender and time turned by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from scheduler.deliver import Delivery
from scheduler.pacing import UNLIMITED, Limits, Pacer
from storage import outbox
from storage.database import Database
from storage.outbox import Draft, Priority
from storage.tables import Notice
from tests.fakes.senders import RecordingSender
from tests.fakes.times import HandClock, Pauses


class Post:
    """The outbox, its delivery and the far end, as a test talks about them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = HandClock()
        self.pauses = Pauses()
        self.sender = RecordingSender(self.pauses.monotonic)

    def delivery(self, limits: Limits = UNLIMITED, **options: Any) -> Delivery:
        return Delivery(
            self.database,
            self.sender,
            clock=self.clock,
            pacer=Pacer(limits, self.pauses.monotonic),
            pause=self.pauses.pause,
            **options,
        )

    @asynccontextmanager
    async def running(self, limits: Limits = UNLIMITED, **options: Any) -> AsyncIterator[Delivery]:
        delivery = self.delivery(limits, **options)
        task = asyncio.create_task(delivery.run())
        try:
            yield delivery
        finally:
            await delivery.stop()
            await task

    async def put(self, key: str, **changes: Any) -> int:
        fields: dict[str, Any] = {"kind": "test", "priority": Priority.MATTER, "chat_id": 7, "text": key}
        async with self.database.transaction() as session:
            notice = await outbox.put(session, Draft(key, **{**fields, **changes}), now=self.clock.now())
            assert notice is not None
            assert notice.id is not None
            return notice.id

    async def notice(self, notice_id: int) -> Notice:
        async with self.database.reading() as session:
            return await session.get_one(Notice, notice_id)

    async def states(self) -> dict[str, int]:
        async with self.database.reading() as session:
            return await outbox.count_states(session)


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database)
