"""A playground with the real bot in it: the bot comes and goes, people and clock stay."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime

from bot.app import App
from bot.playground import Clock, Playground, World


@dataclass
class Inhabited:
    """A playground, its address, and how its bot is made."""

    playground: Playground
    url: str
    make_app: Callable[[], App]
    app: App = field(init=False)  # the latest that was started

    def __post_init__(self) -> None:
        self._life = AsyncExitStack()
        self.playground.settle, self.playground.on_turn = self.settle, self.turn

    async def start_bot(self) -> None:
        """Start the bot, as it is started again on a machine: a new process on the same database."""
        self.app = self.make_app()
        await self._life.enter_async_context(self.app.running())

    async def stop_bot(self) -> None:
        """Stop the bot when it has finished what is in hand. What people say meanwhile waits."""
        await self._life.aclose()

    async def kill_bot(self) -> None:
        """Stop the bot wherever it is, and leave what is in hand as it stands."""
        await self.app.kill()
        await self._life.aclose()

    @property
    def world(self) -> World:
        """Everything that exists in the playground."""
        return self.playground.world

    @property
    def clock(self) -> Clock:
        """The clock of both the playground and the bot."""
        return self.playground.clock

    async def settle(self) -> None:
        """Return once the bot has dealt with everything that was said."""
        while True:
            await self.app.while_running(self.world.updates.acknowledged())
            await self.app.settle()
            if not self.world.updates.pending:
                return

    async def turn(self, _before: datetime, to: datetime) -> None:
        """Let the bot do what falls due while the clock is turned."""
        await self.app.advance(self.clock, to)
