"""The bot in a process of its own, which kills itself when it gets to a point, the first time or a later one.

The points lie between any two steps on the way of a message: see POINTS.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.app import App
from bot.config import load_settings
from bot.demo.village import Village
from bot.domain.delivery import Method, Outgoing
from bot.telegram import intake
from bot.telegram.handling import Handling
from bot.telegram.sender import TelegramSender
from scheduler.deliver import Delivery
from scheduler.pacing import UNLIMITED
from storage.database import Database
from tests.fakes.times import HandClock

POINTS = {
    "fetched": "the update is fetched, not stored",
    "storing": "the update is stored, not committed",
    "stored": "the update is committed, not acknowledged",
    "handled": "the handler has decided, nothing is committed",
    "decided": "ledger and notices are committed, nothing is sent",
    "starting": "the attempt is marked, not committed",
    "started": "the attempt is committed, nothing is sent",
    "sent": "the message is sent, its answer not heard",
    "reacted": "the reaction is set, its answer not heard",
    "marking": "it is marked as sent, not committed",
    "marked": "it is marked as sent and committed",
}


class _Life:
    """Dies at the point; `phase` is what the transaction in hand is for."""

    def __init__(self, point: str, times: int) -> None:
        self._point = point
        self._left = times
        self.phase = ""

    def at(self, point: str) -> None:
        self._left -= point == self._point
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _watch(life: _Life) -> None:
    transaction = Database.transaction
    ends = {"store": ("storing", "stored"), "handle": ("handled", "decided")}
    ends |= {"start": ("starting", "started"), "mark": ("marking", "marked")}

    @asynccontextmanager
    async def watched(self: Database) -> AsyncIterator[AsyncSession]:
        async with transaction(self) as session:
            life.phase = ""
            yield session
            # Transactions come one at a time, so what was noted meanwhile is about this one.
            before, after = ends.get(life.phase, ("", ""))
            if before:
                await session.flush()
                life.at(before)
        if after:
            life.at(after)

    store, handle, start, record = (
        intake.inbox.store,
        Handling.__call__,
        Delivery._start_due,
        Delivery._record_and_start,
    )

    async def storing(*arguments: Any) -> list[int]:
        new: list[int] = await store(*arguments)
        life.phase = "store" if new else ""
        return new

    async def handling(
        self: Handling,
        update: dict[str, Any],
        *,
        session: AsyncSession,
        now: datetime,
        aftermath: object,
    ) -> None:
        await handle(self, update, session=session, now=now, aftermath=aftermath)
        life.phase = "handle"

    async def recording(self: Delivery, session: AsyncSession, finished: Sequence[Any]) -> Any:
        plan = await record(self, session, list(finished))
        life.phase = "mark" if finished else life.phase
        return plan

    async def starting(self: Delivery, session: AsyncSession, plan: Any, *, now: datetime) -> None:
        await start(self, session, plan, now=now)
        life.phase = "start" if plan.started else life.phase

    deliver, stored_updates = TelegramSender.deliver, intake.store_updates

    async def delivering(self: TelegramSender, outgoing: Outgoing) -> int | None:
        number = await deliver(self, outgoing)
        life.at("sent" if outgoing.method is Method.SEND else "reacted")
        return number

    async def fetched(database: Database, bot_id: int, updates: Sequence[Any], **more: Any) -> int:
        if updates:
            life.at("fetched")
        return await stored_updates(database, bot_id, updates, **more)

    Database.transaction = watched  # type: ignore[method-assign]
    intake.inbox.store = storing  # type: ignore[assignment]
    intake.store_updates = fetched
    Handling.__call__ = handling  # type: ignore[method-assign]
    Delivery._start_due = starting  # type: ignore[method-assign]
    Delivery._record_and_start = recording  # type: ignore[method-assign]
    TelegramSender.deliver = delivering  # type: ignore[method-assign]


def live(point: str, now: datetime, environment: dict[str, str], times: int = 1) -> None:
    """Be the bot until the point is reached for the how-manieth time. Its clock stands at `now`."""
    os.environ.clear()
    os.environ.update(environment)
    _watch(_Life(point, times))
    asyncio.run(App(load_settings(), HandClock(now), limits=UNLIMITED, ticking=False).run())


async def live_until_killed(here: Village, point: str, times: int = 1) -> None:
    """The bot of a village lives in a process of its own until it has come to the point so many times."""
    arguments = (point, here.clock.now(), _environment(here), times)
    process = _PROCESSES.Process(target=live, args=arguments)
    process.start()
    await asyncio.to_thread(process.join, 60)
    if process.is_alive():
        process.kill()
        await asyncio.to_thread(process.join)
        raise AssertionError(f"the program never came to: {POINTS[point]}")
    assert process.exitcode == -signal.SIGKILL


# Each is a new process, forked from one that has done no more than to import the program.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload([__name__])


def _environment(here: Village) -> dict[str, str]:
    settings = here.make_app().settings  # the bot may never have run in this process
    assert settings.secret_key is not None
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("BOT_")},
        "BOT_TOKEN": settings.bot_token,
        "BOT_API_URL": here.url,
        "BOT_DATABASE_URL": settings.database_url,
        "BOT_SECRET_KEY": settings.secret_key.get_secret_value(),
        "BOT_HOST": "127.0.0.1",
        "BOT_PORT": "0",
    }
