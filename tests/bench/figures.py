"""What a measurement gives."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of something are done in a second here and now.

    yardstick: measured in the same run; null: this is one itself. The ratio to it is what can be compared
        between machines.
    """

    what: str
    a_second: float
    yardstick: Figure | None = None

    @property
    def ratio(self) -> float | None:
        """How many are done while the yardstick does one; null for a yardstick."""
        return None if self.yardstick is None else self.a_second / self.yardstick.a_second


async def rate_of(count: int, work: Callable[[], Awaitable[object]]) -> float:
    """How many a second `work`, which does `count` of them, gets done."""
    await asyncio.sleep(0)
    start = time.perf_counter()
    await work()
    return count / (time.perf_counter() - start)
