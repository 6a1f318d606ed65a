"""The only assembler: who gets which database, clock, sender and handlers. No rules.

    intake ─▶ inbox ─▶ dispatch ─▶ handlers ─▶ services ─▶ ledger and outbox ─▶ delivery ─▶ Telegram
                                               cycle ─────────────┘

`run(settings)` is the command. `App.running()` is the same in the background, for stories and the
demo, which turn the clock themselves with `advance`.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import exclusive
from bot.clock import Clock, SystemClock, TurnableClock
from bot.config import OFFICIAL_API, Mode, Settings
from bot.domain.quiet import QuietHours
from bot.doors import LINK_HOLDS, PASS_HOLDS, Doors
from bot.roles import CannotStart, Role, why_not
from bot.secrets import Secrets
from bot.services.notices.hold_routine import held_until
from bot.services.notices.next_due import next_due
from bot.services.roster.parameters import for_unit
from bot.serving import serving
from bot.steps import CYCLE, NIGHTLY
from bot.telegram.api import PASSING, make_bot
from bot.telegram.connecting import ask_for_polling, ask_for_webhook
from bot.telegram.dispatch import Dispatch
from bot.telegram.handling import Handling
from bot.telegram.intake import Polling
from bot.telegram.sender import TelegramSender
from bot.ticking import Ticking
from bot.web import Web
from bot.working import Worker
from handlers import build_router
from handlers.aftermath import Aftermath
from scheduler.cycle import Cycle
from scheduler.deliver import Delivery
from scheduler.pacing import Limits, Pacer
from storage.database import Database

__all__ = ["App", "CannotStart", "Role", "run"]

log = logging.getLogger(__name__)


class App:
    """The whole program on one database and one bot. Runs once."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock | None = None,
        *,
        limits: Limits | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        ticking: bool = True,
        framed_by: str | None = None,
        doors_open: timedelta | None = None,
    ) -> None:
        """Nothing is opened before it runs.

        Args:
            limits: how fast messages may leave; null: as the platform allows.
            pause: waits between tries; tests turn it.
            ticking: whether the cycle runs by itself; without, only `tick` and `advance` run it.
            framed_by: the address of a page on this machine that may show the console in a frame.
            doors_open: how long a link into the console and the visit after it hold; null: as is usual.

        Raises:
            SettingWrong: when a setting needed for running is missing or unsafe.
        """
        self.settings = settings.checked_for_running()
        self.clock = clock or SystemClock()
        address = settings.console_url or f"http://{settings.host}:{settings.port}"
        secrets = Secrets(settings.key)
        self.doors = Doors(
            secrets,
            url=address,
            link_holds=doors_open or LINK_HOLDS,
            pass_holds=doors_open or PASS_HOLDS,
        )
        self.database = Database(settings.database_url)
        self.url = ""  # where the HTTP server listens, once it runs
        api_url = None if settings.api_url == OFFICIAL_API else settings.api_url
        self.bot = make_bot(settings.bot_token, api_url=api_url, proxy=settings.proxy)
        delivery = Delivery(
            self.database,
            TelegramSender(self.bot),
            clock=self.clock,
            pacer=Pacer(limits),
            quiet_for=_quiet_hours,
            held_until=held_until,
            pause=pause,
        )
        handling = Handling(self.bot, build_router(), doors=self.doors, secrets=secrets)
        dispatch: Dispatch[Aftermath] = Dispatch(
            self.database,
            handling,
            clock=self.clock,
            new_aftermath=Aftermath,
            run_aftermath=lambda aftermath: aftermath.run(self.bot),
            again_after=PASSING,
            notices_put=delivery.wake,
            pause=pause,
        )
        cycle = Cycle(self.database, CYCLE, deliver=delivery.wake)
        nightly = Cycle(self.database, NIGHTLY, deliver=delivery.wake)
        by_itself = Ticking(self.database, cycle, nightly, clock=self.clock, zone=settings.zone)
        self.worker = Worker(handling, dispatch, delivery, cycle, nightly, by_itself if ticking else None)
        self._web = Web(
            self.settings,
            self.bot.id,
            self.database,
            self.clock,
            self.doors,
            secrets,
            arrived=dispatch.wake,
            username=handling.username,
            figures=self.worker.figures,
            framed_by=framed_by,
        )
        self._pause = pause
        self._main: asyncio.Task[None] | None = None
        self._stop = asyncio.Event()
        self._started = asyncio.Event()

    @asynccontextmanager
    async def running(self, role: Role = Role.ALL) -> AsyncIterator[App]:
        """Run in the background for as long as the block lasts.

        Raises:
            CannotStart: when another process does this work, the token is refused, …
        """
        self._main = asyncio.create_task(self.run(role))
        try:
            await self.while_running(self._started.wait())
            yield self
        finally:
            self.stop()
            if not self._main.cancelled():
                await self._main

    async def kill(self) -> None:
        """End here and now, with nothing in hand finished: for trying out what a crash leaves behind."""
        assert self._main is not None, "the program is not running"
        self._main.cancel()
        await asyncio.wait((self._main,))

    def stop(self) -> None:
        """Begin nothing new; `run` returns when the work in hand is done."""
        self._stop.set()

    async def settle(self) -> None:
        """Return once the inbox has nothing pending and the outbox nothing due."""
        await self.while_running(self.worker.settled())

    async def tick(self) -> None:
        """Do what is due now, and what follows from it."""
        await self.settle()
        await self.while_running(self.worker.cycle.run_once(now=self.clock.now()))
        await self.settle()

    async def advance(self, clock: TurnableClock, to: datetime) -> None:
        """Turn `clock` to the moment `to`, stopping wherever something falls due to let it happen."""
        await self.tick()
        while (moment := await self._next_due()) is not None and moment <= to:
            clock.move_to(moment)
            await self.tick()
        clock.move_to(to)
        await self.tick()

    async def run(self, role: Role = Role.ALL) -> None:
        """Run until `stop`, and finish the work in hand.

        Raises:
            CannotStart: with a sentence that says why.
        """
        try:
            await self._run(role)
        except (Exception, BaseExceptionGroup) as error:
            if (sentence := why_not(error)) is None:
                raise
            raise CannotStart(sentence) from error

    async def _run(self, role: Role) -> None:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.database.close)
            stack.push_async_callback(self.bot.session.close)
            locks = await exclusive.take(
                stack, self.database, self._locks(role), stand_by=role is not Role.ALL
            )
            if locks:
                await self.database.upgrade()
            web = self._web.application(role)
            self.url = await stack.enter_async_context(serving(web, self.settings.host, self.settings.port))
            if self.settings.console_url is None:
                self.doors.url = self.url
            async with asyncio.TaskGroup() as tasks:
                cut_short = [tasks.create_task(exclusive.watch(locks))]
                if role.takes_in:
                    cut_short.append(tasks.create_task(self._take_in()))
                working = tasks.create_task(self.worker.run(pause=self._pause)) if role.works else None
                log.info("running as %s at %s", role, self.url)
                self._started.set()
                await self._stop.wait()
                log.info("stopping")
                for task in cut_short:
                    task.cancel()  # what is fetched and not stored yet comes again
                if working is not None:
                    await self.worker.finish(working)

    def _locks(self, role: Role) -> list[str]:
        intake = [f"intake-{self.bot.id}"] if role.takes_in else []
        return intake + (["worker"] if role.works else [])

    async def _take_in(self) -> None:
        arrived, secret = self.worker.dispatch.wake, self.settings.webhook_secret
        if self.settings.mode is Mode.WEBHOOK and secret is not None:
            url = f"{self.settings.webhook_url}/telegram/{self.bot.id}"
            await ask_for_webhook(self.bot, url, secret.get_secret_value(), pause=self._pause)
            return
        await ask_for_polling(self.bot, pause=self._pause)
        await Polling(self.bot, self.database, clock=self.clock, arrived=arrived, pause=self._pause).run()

    async def _next_due(self) -> datetime | None:
        now = self.clock.now()
        async with self.database.reading() as session:
            moment = await next_due(session, now=now)
        if moment is not None and moment <= now:
            raise RuntimeError(f"something is said to be due at {moment}, but it is {now} already")
        return moment

    async def while_running(self, work: Coroutine[Any, Any, object]) -> None:
        """Do `work`; should the program end first, raise what ended it instead of waiting for ever."""
        assert self._main is not None, "the program is not running"
        doing = asyncio.create_task(work)
        try:
            await asyncio.wait((doing, self._main), return_when=asyncio.FIRST_COMPLETED)
            if not doing.done():
                await self._main
                raise RuntimeError("the program has ended")
            await doing
        finally:
            doing.cancel()


async def run(settings: Settings, role: Role = Role.ALL) -> None:
    """The command: run until SIGTERM or SIGINT, and finish the work in hand.

    Raises:
        CannotStart: with a sentence that says why.
        SettingWrong: when a setting needed for running is missing or unsafe.
    """
    app = App(settings)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows: Ctrl-C ends the process
            loop.add_signal_handler(number, app.stop)
    await app.run(role)


async def _quiet_hours(session: AsyncSession, branch_id: int | None) -> QuietHours:
    return (await for_unit(session, branch_id)).quiet
