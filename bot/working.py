"""What a worker does: it handles what has come in, delivers what is due, and runs the cycle."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.telegram.dispatch import Dispatch
from bot.telegram.handling import Handling
from bot.ticking import Ticking
from handlers.aftermath import Aftermath
from scheduler.cycle import Cycle
from scheduler.deliver import Delivery


@dataclass(frozen=True, slots=True)
class Worker:
    """The parts that work, and how they begin and end together.

    ticking: null where the cycle runs only when it is told to.
    """

    handling: Handling
    dispatch: Dispatch[Aftermath]
    delivery: Delivery
    cycle: Cycle
    nightly: Cycle
    ticking: Ticking | None

    async def run(self, *, pause: Callable[[float], Awaitable[None]]) -> None:
        """Work until `finish`. pause: waits between tries."""
        await self.handling.ask_profile(pause=pause)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.dispatch.run())
            tasks.create_task(self.delivery.run())
            if self.ticking is not None:
                tasks.create_task(self.ticking.run())

    async def finish(self, running: asyncio.Task[None]) -> None:
        """Begin nothing new, and bring what is in hand to its end. running: the task of `run`."""
        if self.handling.profile is None:
            running.cancel()  # still waiting for Telegram's first word
            return
        if self.ticking is not None:
            self.ticking.stop()
        await self.dispatch.stop()
        await self.delivery.stop()

    async def settled(self) -> None:
        """Return once the inbox has nothing pending and the outbox nothing due."""
        handled = -1
        while handled != self.dispatch.handled:
            handled = self.dispatch.handled
            await self.dispatch.settled()
            await self.delivery.settled()

    def figures(self) -> Mapping[str, float]:
        """What has been done since the start, for the signs of life."""
        return {
            "updates_handled_total": self.dispatch.handled,
            "updates_set_aside_total": self.dispatch.set_aside,
            "cycle_failures_total": self.cycle.failures + self.nightly.failures,
            "cycle_seconds": sum(step.seconds for step in self.cycle.latest.values()),
        }
