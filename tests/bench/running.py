"""How fast updates are handled and notices delivered, against durable commits of a single row."""

from __future__ import annotations

import asyncio
import random
from itertools import cycle
from pathlib import Path

from bot.demo.village import village
from bot.playground import people
from scheduler.deliver import Delivery
from scheduler.pacing import UNLIMITED, Pacer
from storage import heartbeats, outbox
from storage.database import Database
from storage.outbox import Draft, Priority
from tests.bench.figures import Figure, rate_of
from tests.bench.reading import messages
from tests.fakes.senders import RecordingSender
from tests.fakes.times import HandClock

_CHATS = 100


async def measure(count: int, folder: Path) -> list[Figure]:
    """The yardstick, updates from the playground to the answers in it, and notices to a sender."""
    async with Database(f"sqlite+aiosqlite:///{folder / 'bench.db'}") as database:
        await database.upgrade()
        commits = Figure("commits of one row", await _commits(count, database))
        delivered = Figure("notices delivered", await _delivered(count, database), commits)
    handled = Figure("updates handled, over HTTP and back", await _handled(count, folder), commits)
    return [commits, handled, delivered]


async def _commits(count: int, database: Database) -> float:
    now = HandClock().now()

    async def commit() -> None:
        for number in range(count):
            async with database.transaction() as session:
                await heartbeats.beat(session, f"bench {number}", now)

    return await rate_of(count, commit)


async def _delivered(count: int, database: Database) -> float:
    clock = HandClock()
    async with database.transaction() as session:
        for number in range(count):
            chat = 1 + number % _CHATS
            draft = Draft(f"bench {number}", "bench", Priority.MATTER, "路灯修好了", chat_id=chat)
            await outbox.put(session, draft, now=clock.now())
    sender = RecordingSender()
    delivery = Delivery(database, sender, clock=clock, pacer=Pacer(UNLIMITED))

    async def drain() -> None:
        running = asyncio.create_task(delivery.run())
        await delivery.settled()
        await delivery.stop()
        await running

    speed = await rate_of(count, drain)
    assert len(sender.sent) == count
    return speed


async def _handled(count: int, folder: Path) -> float:
    async with village(folder) as here:
        speakers = list(here.people.values())
        random.Random(7).shuffle(speakers)

        async def talk() -> None:
            for message, speaker in zip(messages(count), cycle(speakers), strict=False):
                people.say(here.world, here.group.id, speaker.id, message.text)
            await here.settle()

        before = here.app.worker.dispatch.handled
        speed = await rate_of(count, talk)
        assert here.app.worker.dispatch.handled - before >= count
        assert here.app.worker.dispatch.set_aside == 0
        return speed
