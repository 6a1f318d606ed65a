"""What is done each time the clock ticks: ordered steps, each guarded and timed, delivery last.

A step that fails is logged and tried again at the next tick; it never stops the steps after it. Each
step works in transactions of its own, so what it has decided stands even if a later one fails.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Database
from storage.heartbeats import beat

log = logging.getLogger(__name__)

# A step that has more to do than this goes on at the next tick, and lets the others have their turn.
_MOST_BATCHES = 100
_SLOW_SECONDS = 5.0


class Work(Protocol):
    """Does one batch of what is due at `now`; how many things it did, 0 when nothing is left."""

    async def __call__(self, session: AsyncSession, *, now: datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of the cycle, by the name it has in logs and metrics."""

    name: str
    work: Work


@dataclass(frozen=True, slots=True)
class StepResult:
    """How a step went: what it did, how long it took, and what it failed with (null: it did not)."""

    name: str
    done: int
    seconds: float
    error: Exception | None = None


class Cycle:
    """The steps in their order, ending with delivery."""

    def __init__(
        self,
        database: Database,
        steps: Sequence[Step],
        *,
        deliver: Callable[[], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`deliver` wakes delivery, which works by itself."""
        self._database = database
        self._steps = steps
        self._deliver = deliver
        self._monotonic = monotonic
        self._turn = asyncio.Lock()
        self.latest: dict[str, StepResult] = {}
        self.failures = 0

    async def run_once(self, *, now: datetime) -> list[StepResult]:
        """Do everything due at `now`. One run at a time: a second call waits for the first."""
        async with self._turn:
            results = [await self._guarded(step, now) for step in self._steps]
            self.latest = {result.name: result for result in results}
            failed = [result.name for result in results if result.error is not None]
            self.failures += len(failed)
            if not failed:
                await self._sign_of_life(now)
            self._deliver()
            return results

    async def _guarded(self, step: Step, now: datetime) -> StepResult:
        started, done, error = self._monotonic(), 0, None
        try:
            for _ in range(_MOST_BATCHES):
                batch = await self._batch(step, now)
                done += batch
                if batch == 0:
                    break
        except Exception as raised:
            log.exception("step %s of the cycle failed after %s", step.name, done)
            error = raised
        seconds = self._monotonic() - started
        if seconds > _SLOW_SECONDS:
            log.warning("step %s of the cycle took %.1f s for %s", step.name, seconds, done)
        return StepResult(step.name, done, seconds, error)

    async def _batch(self, step: Step, now: datetime) -> int:
        async with self._database.transaction() as session:
            return await step.work(session, now=now)

    async def _sign_of_life(self, now: datetime) -> None:
        try:
            async with self._database.transaction() as session:
                await beat(session, "cycle", now)
        except Exception:
            log.exception("the cycle's sign of life could not be written")


def once(work: Callable[..., Awaitable[object]]) -> Work:
    """`work` as a step of a single batch, whatever it returns."""

    async def do(session: AsyncSession, *, now: datetime) -> int:
        await work(session, now=now)
        return 0

    return do
