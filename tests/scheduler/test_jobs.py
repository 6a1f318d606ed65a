from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from scheduler.jobs import CYCLE_SECONDS, timetable


async def nothing() -> None:
    """Does nothing."""


def test_the_timetable_drops_no_tick_and_keeps_the_villages_time() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    scheduler = timetable(cycle=nothing, nightly=nothing, zone=zone)
    jobs = {job.id: job for job in scheduler.get_jobs()}
    assert set(jobs) == {"cycle", "nightly"}
    assert jobs["cycle"].trigger.interval.total_seconds() == CYCLE_SECONDS
    noon = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
    assert jobs["nightly"].trigger.get_next_fire_time(None, noon) == datetime(
        2026, 11, 22, 3, 30, tzinfo=zone
    )
    assert scheduler._job_defaults["misfire_grace_time"] is None
    assert scheduler._job_defaults["coalesce"] is True
