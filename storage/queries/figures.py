"""Sums over a branch's ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Matter, Report, Visit


@dataclass(frozen=True, slots=True)
class Sums:
    """What a branch has done.

    households: reached (户): different ones named, and the unclaimed rests of reports.
    raised, closed: matters.
    """

    households: int
    raised: int
    closed: int


async def since(session: AsyncSession, branch_id: int, day: date, zone: tzinfo) -> Sums:
    """The sums of a branch from a day of its own calendar on."""
    start = datetime.combine(day, time(), zone)
    standing = (Report.branch_id == branch_id, Report.status != "withdrawn", col(Report.day) >= day)
    unclaimed = select(func.coalesce(func.sum(Report.unclaimed), 0)).where(*standing)
    named = (
        select(func.count(func.distinct(col(Visit.household_id))))
        .join(Report, col(Report.id) == col(Visit.report_id))
        .where(*standing, col(Visit.withdrawn_at).is_(None))
    )
    matters = select(func.count()).where(Matter.branch_id == branch_id)
    return Sums(
        households=(await session.exec(unclaimed)).one() + (await session.exec(named)).one(),
        raised=(await session.exec(matters.where(Matter.created_at >= start))).one(),
        closed=(await session.exec(matters.where(col(Matter.closed_at) >= start))).one(),
    )
