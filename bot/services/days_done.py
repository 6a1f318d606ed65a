"""Which of a day's rounds have been made for which unit, so that each is made once, and none is lost."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.heartbeats import beat
from storage.tables import Heartbeat


async def last_done(session: AsyncSession, round_name: str, unit_id: int) -> date | None:
    """The latest day for which a round (`remind`, `digest`, …) was made for a unit; null: never."""
    row = await session.get(Heartbeat, f"{round_name}:{unit_id}")
    return None if row is None else date.fromisoformat(row.detail)


async def mark_done(
    session: AsyncSession, round_name: str, unit_id: int, day: date, *, now: datetime
) -> None:
    """The round of `day` has been made for a unit."""
    await beat(session, f"{round_name}:{unit_id}", now, detail=day.isoformat())
