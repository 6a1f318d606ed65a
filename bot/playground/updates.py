"""The bot's queue of updates: numbering, acknowledging by offset, long polling, conflicts.

What an update's kind must have been asked for (``allowed_updates``) is decided when it happens, as on the
real server: asking later does not bring it back.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.playground.errors import conflict

Json = dict[str, Any]

ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds delivered only to a bot that names them in ``allowed_updates``."""

FIRST_UPDATE_ID = 100_000_001
LONGEST_POLL = 50
KEPT_FOR = timedelta(hours=24)
"""How long the server keeps what is not fetched, on the playground's clock."""


@dataclass(frozen=True, slots=True)
class Update:
    id: int
    kind: str
    data: Any
    at: datetime

    def api(self) -> Json:
        return {"update_id": self.id, self.kind: self.data}


@dataclass(slots=True)
class Webhook:
    """Where updates are posted to; no address while the bot polls. Dates are Unix seconds.

    ``failed`` is set when a post failed for the first time.
    """

    url: str = ""
    secret: str = ""
    last_error: str = ""
    last_error_date: int = 0
    failed: asyncio.Event = field(default_factory=asyncio.Event)


class UpdateQueue:
    """Updates not yet acknowledged, oldest first.

    ``twice`` says whether each update is to be delivered a second time after it was acknowledged (a fault).
    """

    def __init__(self, now: Callable[[], datetime], *, twice: Callable[[], bool] = lambda: False) -> None:
        self.webhook = Webhook()
        self.allowed: frozenset[str] | None = None
        self._now = now
        self._twice = twice
        self._next_id = FIRST_UPDATE_ID
        self._pending: deque[Update] = deque()
        self._again: deque[Update] = deque()
        self._served_up_to = 0
        self._poll: asyncio.Future[None] | None = None
        self._changed = asyncio.Event()

    @property
    def pending(self) -> int:
        """Updates that the bot has not acknowledged yet."""
        return len(self._pending) + len(self._again)

    def wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ON_REQUEST

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Null leaves the setting as it is; an empty list brings back the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def push(self, kind: str, data: Any) -> None:
        """Queue an update unless the bot does not want its kind."""
        if not self.wants(kind):
            return
        self._pending.append(Update(self._next_id, kind, data, self._now()))
        self._next_id += 1
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        self._notify()

    def drop_pending(self) -> None:
        self._pending.clear()
        self._again.clear()
        self._notify()

    async def get(self, *, offset: int = 0, limit: int = 100, wait: int = 0) -> list[Json]:
        """``getUpdates``, waiting ``wait`` seconds at most while there is nothing.

        Forgets what lies before ``offset`` (negative: all but the last so many).
        """
        if self.webhook.url:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self.end_poll(
            "terminated by other getUpdates request; make sure that only one bot instance is running"
        )
        self._forget(offset)
        if not self.pending and wait > 0:
            self._poll = poll = asyncio.get_running_loop().create_future()
            self._notify()
            with suppress(TimeoutError):
                async with asyncio.timeout(min(wait, LONGEST_POLL)):
                    await poll
        served = [each.api() for each in self._serve(max(1, min(limit, 100)))]
        self._notify()
        return served

    def end_poll(self, why: str) -> None:
        """End a waiting ``getUpdates`` with 409."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(conflict(why))
        self._poll = None

    def stop_waiting(self) -> None:
        """Let a waiting ``getUpdates`` answer now: the server is stopping."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def set_webhook(self, url: str, *, secret: str = "") -> None:
        """Post updates to ``url`` from now on, or (empty) let the bot poll again."""
        self.webhook = Webhook(url, secret)
        if url:
            self.end_poll("terminated by setWebhook request")
        self._notify()

    def first(self) -> Update | None:
        """The oldest update to deliver to the webhook."""
        self._drop_old()
        return (self._again or self._pending or [None])[0]

    def delivered(self, update: Update) -> None:
        """The webhook has taken the update that ``first`` gave."""
        if self._again and self._again[0] is update:
            self._again.popleft()
        elif self._pending and self._pending[0] is update:
            self._pending.popleft()
            if self._twice():
                self._again.append(update)
        self._notify()

    async def acknowledged(self) -> None:
        """Wait until the bot has acknowledged everything there is."""
        while self.pending:
            await self._changed.wait()

    async def polled(self) -> None:
        """Wait until the bot has fetched everything there is and waits for more in a long poll."""
        while self.pending or self._poll is None or self._poll.done():
            await self._changed.wait()

    def change(self) -> asyncio.Event:
        """Set at the next update, poll, acknowledgement or change of webhook."""
        return self._changed

    def _notify(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    def _serve(self, limit: int) -> list[Update]:
        served = [self._again.popleft() for _ in range(min(limit, len(self._again)))]
        fresh = [each for each, _ in zip(self._pending, range(limit - len(served)), strict=False)]
        if self._twice():
            self._again.extend(each for each in fresh if each.id > self._served_up_to)
        if fresh:
            self._served_up_to = max(self._served_up_to, fresh[-1].id)
        return served + fresh

    def _forget(self, offset: int) -> None:
        before = len(self._pending)
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
        else:
            while self._pending and self._pending[0].id < offset:
                self._pending.popleft()
        self._drop_old()
        if len(self._pending) != before:
            self._notify()

    def _drop_old(self) -> None:
        oldest = self._now() - KEPT_FOR
        while self._pending and self._pending[0].at < oldest:
            self._pending.popleft()
