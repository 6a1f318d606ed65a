"""Runs the cycle when the clock ticks: the one place where time's work becomes a task."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock
from scheduler.cycle import Cycle
from scheduler.jobs import timetable
from storage import inbox
from storage.database import Database

log = logging.getLogger(__name__)

# Telegram repeats an update for 24 hours; the rest is room for looking into what happened.
_DONE_UPDATES_KEPT = timedelta(days=7)


class Ticking:
    """The timetable's jobs only leave a mark here, so that stopping never cuts a job in two."""

    def __init__(
        self, database: Database, cycle: Cycle, nightly: Cycle, *, clock: Clock, zone: ZoneInfo
    ) -> None:
        """`nightly`: what is done once a night, besides forgetting old updates."""
        self._database = database
        self._cycle = cycle
        self._nightly = nightly
        self._clock = clock
        self._zone = zone
        self._marked = asyncio.Event()
        self._cycle_due = True  # catching up after downtime begins at once
        self._nightly_due = False
        self._stopping = False

    async def run(self) -> None:
        """Tick until `stop`, and finish the run in hand."""
        jobs = timetable(cycle=self._mark_cycle, nightly=self._mark_nightly, zone=self._zone)
        jobs.start()
        self._marked.set()
        try:
            while True:
                await self._marked.wait()
                self._marked.clear()
                if self._stopping:
                    return
                await self._run_due()
        finally:
            jobs.shutdown(wait=False)

    def stop(self) -> None:
        """Begin no further run."""
        self._stopping = True
        self._marked.set()

    async def _run_due(self) -> None:
        if self._cycle_due:
            self._cycle_due = False
            await self._cycle.run_once(now=self._clock.now())
        if self._nightly_due:
            self._nightly_due = False
            await self._nightly.run_once(now=self._clock.now())
            await self._forget_old()

    async def _forget_old(self) -> None:
        try:
            async with self._database.transaction() as session:
                gone = await inbox.forget_done(session, self._clock.now() - _DONE_UPDATES_KEPT)
        except Exception:
            log.exception("updates handled long ago could not be forgotten")
        else:
            log.info("forgot %s updates handled long ago", gone)

    async def _mark_cycle(self) -> None:
        self._cycle_due = True
        self._marked.set()

    async def _mark_nightly(self) -> None:
        self._nightly_due = True
        self._marked.set()
