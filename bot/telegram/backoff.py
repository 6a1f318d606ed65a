"""Waiting longer after each failure in a row, in a way that tests need not sit through."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

Pause = Callable[[float], Awaitable[None]]

FIRST_SECONDS = 1.0
LONGEST_SECONDS = 60.0


class Backoff:
    """Doubles from one second to a minute; `reset` after a success."""

    def __init__(self, pause: Pause = asyncio.sleep) -> None:
        self._pause = pause
        self.failures = 0

    def reset(self) -> None:
        """Start again from one second."""
        self.failures = 0

    async def wait(self, *, at_least: float = 0.0) -> None:
        """Wait for this failure: at least `at_least` seconds, when the other side asked for that."""
        seconds = min(FIRST_SECONDS * 2**self.failures, LONGEST_SECONDS)
        self.failures += 1
        await self._pause(max(seconds, at_least))
