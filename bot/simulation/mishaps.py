"""What goes wrong on purpose: the platform's faults, and the bot killed at any moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from bot.simulation.district import District

_LONGEST_LIFE = 0.4  # seconds after people have spoken until the bot is killed, at most
_LONGEST_DOWN = 180  # minutes of turned time until it is started again, at most
_FAULTS: tuple[dict[str, Any], ...] = (
    {"too_many_requests": {"times": 2, "retry_after": 7}},
    {"too_many_requests": {"times": 1, "retry_after": 3, "method": "setMessageReaction"}},
    {"server_error": {"times": 3, "code": 500}},
    {"server_error": {"times": 2, "code": 502, "method": "getUpdates"}},
    {"lost_answer": {"times": 1, "method": "sendMessage"}},
    {"lost_answer": {"times": 2}},
    {"lost_answer": {"times": 1, "method": "getUpdates"}},
)


class Mishaps:
    """Counts what it does. `injected`: faults that have hit the bot. `kills`: deaths."""

    def __init__(self, here: District, random: Random, *, faults: bool) -> None:
        self._here = here
        self._random = random
        self._faults = faults
        self._armed = 0
        self.kills = 0
        if faults:
            here.world.faults.merge({"duplicate_updates": True})

    @property
    def injected(self) -> int:
        """Faults that have hit the bot, besides that it gets every update twice."""
        return self._armed - self._waiting()

    def arm(self) -> None:
        """Switch on one fault more, if any are wanted."""
        if not self._faults:
            return
        before = self._waiting()
        self._here.world.faults.merge(self._random.choice(_FAULTS))
        self._armed += self._waiting() - before

    def disarm(self) -> None:
        """Switch everything off."""
        self._armed = self.injected
        self._here.world.faults.clear()

    async def kill_while(self, people_act: Callable[[], None]) -> None:
        """Kill the bot while it deals with what people do, let them go on without it, and start it again."""
        people_act()
        await asyncio.sleep(self._random.uniform(0, _LONGEST_LIFE))
        await self._here.kill_bot()
        self.kills += 1
        down = timedelta(minutes=self._random.choice((0, self._random.randrange(_LONGEST_DOWN))))
        self._here.clock.move_to(self._here.clock.now() + down)
        people_act()
        await self._here.start_bot()
        await self._here.settle()

    def _waiting(self) -> int:
        shown = self._here.world.faults.show()
        return sum(fault["times"] for fault in shown.values() if isinstance(fault, dict))
