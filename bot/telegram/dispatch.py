"""Hands stored updates to the handlers: one chat strictly in order, chats side by side.

Each update is handled in one transaction together with its own mark in the inbox. What can't be
decoded, or whose handler fails, is rolled back and set aside with its error; the rest goes on. Chats
take turns, an update each, so that a talkative one does not keep the others waiting.
"""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import Clock
from bot.telegram.backoff import Backoff
from storage import inbox, outbox
from storage.database import Database
from storage.mishaps import is_passing

log = logging.getLogger(__name__)

# How long what another process stored can stay unnoticed, in seconds.
_LOOK_EVERY = 1.0
_AFTERMATH_SECONDS = 10.0
_LONGEST_ERROR = 4000
_MOST_TRIES = 5  # of a handler whose error may pass; a database out of reach is waited for without end

A = TypeVar("A")
A_contra = TypeVar("A_contra", contravariant=True)


class Handle(Protocol[A_contra]):
    """Decodes and handles one raw update in the session's transaction. What it raises sets it aside."""

    async def __call__(
        self, update: dict[str, Any], *, session: AsyncSession, now: datetime, aftermath: A_contra
    ) -> None: ...


class Dispatch(Generic[A]):
    """Workers over the inbox."""

    def __init__(
        self,
        database: Database,
        handle: Handle[A],
        *,
        clock: Clock,
        new_aftermath: Callable[[], A],
        run_aftermath: Callable[[A], Awaitable[None]],
        notices_put: Callable[[], None] = lambda: None,
        again_after: tuple[type[Exception], ...] = (),
        workers: int = 4,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Nothing runs before `run`.

        Args:
            new_aftermath: makes what a handler leaves behind to be done after the commit.
            run_aftermath: does it, best effort; its errors are logged.
            again_after: errors of a handler that may pass: it is tried some times before it is set aside.
            notices_put: called when an update has been handled that put notices in the outbox.
            pause: waits between tries when the database is out of reach.
        """
        self._database = database
        self._handle = handle
        self._clock = clock
        self._new_aftermath = new_aftermath
        self._run_aftermath = run_aftermath
        self._notices_put = notices_put
        self._again_after = again_after
        self._workers = workers
        self._pause = pause
        self._ready: deque[int | None] = deque()  # chats with updates, in the order of their turns
        self._busy: set[int | None] = set()
        self._more: set[int | None] = set()  # busy chats in which something was seen meanwhile
        self._changed = asyncio.Condition()
        self._look_now = asyncio.Event()
        self._looks_asked = 0
        self._looks_done = 0
        self._stopping = False
        self.handled = 0
        self.set_aside = 0

    def wake(self) -> None:
        """Say that there is something new in the inbox."""
        self._looks_asked += 1
        self._look_now.set()

    async def settled(self) -> None:
        """Return once all that was in the inbox at the time of the call has been handled."""
        self.wake()
        asked = self._looks_asked
        async with self._changed:
            await self._changed.wait_for(
                lambda: self._looks_done >= asked and not self._ready and not self._busy
            )

    async def run(self) -> None:
        """Work until `stop`; return after the updates then in hand."""
        self.wake()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._keep_looking())
            for _ in range(self._workers):
                tasks.create_task(self._work())

    async def stop(self) -> None:
        """Begin no further update."""
        self._stopping = True
        self._look_now.set()
        async with self._changed:
            self._changed.notify_all()

    async def _keep_looking(self) -> None:
        backoff = Backoff(self._pause)
        while not self._stopping:
            # not wait_for: that of Python 3.11 loses a cancellation that comes with what is waited for
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_EVERY):
                    await self._look_now.wait()
            self._look_now.clear()
            asked = self._looks_asked
            try:
                async with self._database.reading() as session:
                    waiting = await inbox.waiting_chats(session)
            except DBAPIError as error:
                log.warning("could not look into the inbox, trying again: %s", error)
                self._look_now.set()
                await backoff.wait()
                continue
            backoff.reset()
            async with self._changed:
                self._queue(waiting)
                self._looks_done = asked
                self._changed.notify_all()

    def _queue(self, waiting: list[int | None]) -> None:
        queued = set(self._ready)
        for chat_id in waiting:
            if chat_id in self._busy:
                self._more.add(chat_id)
            elif chat_id not in queued:
                self._ready.append(chat_id)

    async def _work(self) -> None:
        while True:
            async with self._changed:
                await self._changed.wait_for(lambda: self._stopping or self._ready)
                if self._stopping:
                    return
                chat_id = self._ready.popleft()
                self._busy.add(chat_id)
            more = False
            try:
                more = await self._handle_next(chat_id)
            finally:
                async with self._changed:
                    self._busy.discard(chat_id)
                    if more or chat_id in self._more:
                        self._ready.append(chat_id)
                    self._more.discard(chat_id)
                    self._changed.notify_all()

    async def _handle_next(self, chat_id: int | None) -> bool:
        """Handle the chat's next update; whether another one waits there."""
        backoff = Backoff(self._pause)
        while not self._stopping:
            try:
                return await self._try_next(chat_id, last=backoff.failures >= _MOST_TRIES - 1)
            except Exception as error:
                if not self._passes(error):
                    raise
                log.warning("chat %s waits for what is out of reach: %s", chat_id, error)
                await backoff.wait()
        return False

    def _passes(self, error: Exception) -> bool:
        return is_passing(error) or isinstance(error, self._again_after)

    async def _try_next(self, chat_id: int | None, *, last: bool) -> bool:
        now = self._clock.now()
        aftermath = self._new_aftermath()
        row = None
        try:
            async with self._database.transaction() as session:
                row = await inbox.next_waiting(session, chat_id)
                if row is None:
                    return False
                row_id, number = row.id, row.update_id
                update = json.loads(row.payload)
                await self._handle(update, session=session, now=now, aftermath=aftermath)
                await inbox.mark_done(session, row, now)
                more = await inbox.next_waiting(session, chat_id) is not None
        except Exception as error:
            if row is None or row_id is None or is_passing(error):
                raise
            if self._passes(error) and not last:
                raise
            log.exception("update %s (inbox row %s, chat %s) is set aside", number, row_id, chat_id)
            await self._put_aside(row_id, error)
            return True
        self.handled += 1
        if outbox.has_put(session):
            self._notices_put()
        await self._finish(aftermath, number)
        return more

    async def _put_aside(self, row_id: int, error: Exception) -> None:
        told = "".join(traceback.format_exception(error))[-_LONGEST_ERROR:]
        async with self._database.transaction() as session:
            await inbox.set_aside(session, row_id, told, self._clock.now())
        self.set_aside += 1

    async def _finish(self, aftermath: A, number: int) -> None:
        try:
            async with asyncio.timeout(_AFTERMATH_SECONDS):
                await self._run_aftermath(aftermath)
        except Exception:
            # The ledger has what matters; an answer to a button that comes too late does not.
            log.warning("what follows update %s could not be done", number, exc_info=True)
