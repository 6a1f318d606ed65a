"""Takes updates in: fetched, stored and committed, and only then acknowledged.

Telegram forgets updates once a later offset is asked for, so the offset moves after the commit. A
crash in between brings the same updates again; the inbox knows them by their numbers.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock
from bot.telegram.api import ALLOWED_UPDATES, GetRawUpdates, chat_of
from bot.telegram.backoff import Backoff
from storage import inbox
from storage.database import Database
from storage.heartbeats import beat

log = logging.getLogger(__name__)

_BATCH = 100
_TOKEN_REFUSED_WAIT = 30.0


async def store_updates(
    database: Database, bot_id: int, updates: Sequence[dict[str, Any]], *, clock: Clock
) -> int:
    """Store raw updates in one committed transaction; returns how many were new."""
    now = clock.now()
    rows = [
        inbox.RawUpdate(
            update_id=int(update["update_id"]),
            chat_id=chat_of(update),
            payload=json.dumps(update, ensure_ascii=False),
        )
        for update in updates
    ]
    async with database.transaction() as session:
        new = await inbox.store(session, bot_id, rows, now)
        await beat(session, "poll", now)
    return len(new)


class Polling:
    """The loop that fetches updates by long polling until it is told to stop."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        *,
        clock: Clock,
        arrived: Callable[[], None],
        long_poll_seconds: int = 25,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`arrived` is called after new updates are committed."""
        self._bot = bot
        self._database = database
        self._clock = clock
        self._arrived = arrived
        self._long_poll = long_poll_seconds
        self._backoff = Backoff(pause)
        self._offset: int | None = None
        self._pause = pause

    async def run(self) -> None:
        """Fetch until cancelled. Failures are waited out, never raised."""
        while True:
            try:
                await self.fetch(wait_seconds=self._long_poll)
            except TelegramRetryAfter as error:
                log.warning("Telegram asks to poll again in %s s", error.retry_after)
                await self._backoff.wait(at_least=error.retry_after)
            except TelegramUnauthorizedError:
                log.error("Telegram refuses the token: check BOT_TOKEN")
                await self._backoff.wait(at_least=_TOKEN_REFUSED_WAIT)
            except TelegramConflictError as error:
                log.error(
                    "Somebody else fetches this bot's updates, or a webhook is set: "
                    "stop the other program (%s)",
                    error.message,
                )
                await self._backoff.wait()
            except (AiogramError, DBAPIError, OSError) as error:
                log.warning("could not fetch updates, trying again: %s", error)
                await self._backoff.wait()
            else:
                self._backoff.reset()

    async def fetch(self, *, wait_seconds: int) -> int:
        """Fetch and store one batch; returns how many updates were new.

        Args:
            wait_seconds: how long the server may wait for an update when there is none.
        """
        updates = await self._bot(
            GetRawUpdates(
                offset=self._offset,
                limit=_BATCH,
                timeout=wait_seconds,
                allowed_updates=ALLOWED_UPDATES,
            ),
            request_timeout=wait_seconds + 15,
        )
        # Once stored they are ours, even if this loop is being stopped meanwhile: the offset
        # would not have moved and they would come again, which is harmless.
        new = await store_updates(self._database, self._bot.id, updates, clock=self._clock)
        if updates:
            # Not the highest: numbers restart at random after an idle week.
            self._offset = int(updates[-1]["update_id"]) + 1
        if new:
            self._arrived()
        return new
