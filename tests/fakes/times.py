"""A clock turned by hand, and pauses that pass at once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta


class HandClock:
    """Stands still until it is turned."""

    def __init__(self, start: datetime = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def move_to(self, moment: datetime) -> None:
        assert moment >= self._now, "time goes forward only"
        self._now = moment

    def turn(self, span: timedelta) -> datetime:
        self._now += span
        return self._now


class Pauses:
    """Takes the place of `asyncio.sleep` and `time.monotonic`: waiting moves the time at once."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.asked: list[float] = []

    def monotonic(self) -> float:
        return self.seconds

    async def pause(self, seconds: float) -> None:
        self.asked.append(seconds)
        self.seconds += seconds
        await asyncio.sleep(0)
