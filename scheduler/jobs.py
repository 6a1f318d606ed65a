"""The whole timetable.

    every 20 s        the cycle: escalate ▶ remind ▶ party day ▶ digest ▶ follow up ▶ deliver
    03:30 each night  the audit of the sums, and forgetting updates handled long ago

APScheduler only ticks here: what is due stands in our tables, so a tick missed or late loses nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

CYCLE_SECONDS = 20

Job = Callable[[], Awaitable[object]]


def timetable(*, cycle: Job, nightly: Job, zone: ZoneInfo) -> AsyncIOScheduler:
    """A scheduler with all jobs, not started yet. It stops with `shutdown(wait=False)`."""
    # It reports every run at INFO, three times a minute.
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    scheduler = AsyncIOScheduler(
        timezone=zone, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    scheduler.add_job(cycle, IntervalTrigger(seconds=CYCLE_SECONDS, timezone=zone), id="cycle")
    scheduler.add_job(nightly, CronTrigger(hour=3, minute=30, timezone=zone), id="nightly")
    return scheduler
