"""A sender that remembers what it was given, and fails as it is told."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from bot.domain.delivery import Method, Outgoing


class RecordingSender:
    """Answers each message with a number of its own.

    `mishaps`: what the next calls raise, in order; null: that call succeeds.
    `gate`: when set, calls wait for it.
    """

    def __init__(self, monotonic: Callable[[], float] = lambda: 0.0) -> None:
        self.sent: list[Outgoing] = []
        self.at: list[float] = []
        self.mishaps: deque[Exception | None] = deque()
        self.gate: asyncio.Event | None = None
        self.under_way = 0
        self._changed = asyncio.Condition()
        self._monotonic = monotonic
        self._number = 500

    @property
    def texts(self) -> list[str]:
        return [each.text for each in self.sent]

    async def until_under_way(self, calls: int) -> None:
        """Return once so many calls are under way."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.under_way >= calls)

    async def deliver(self, outgoing: Outgoing) -> int | None:
        self.under_way += 1
        async with self._changed:
            self._changed.notify_all()
        try:
            if self.gate is not None:
                await self.gate.wait()
            if self.mishaps and (mishap := self.mishaps.popleft()) is not None:
                raise mishap
            self.sent.append(outgoing)
            self.at.append(self._monotonic())
            self._number += 1
            return self._number if outgoing.method is Method.SEND else outgoing.message_id
        finally:
            self.under_way -= 1
