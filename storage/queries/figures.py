"""Sums over a branch's ledger, for a stretch of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import MatterStatus
from storage.queries.reports import WITHDRAWN
from storage.queries.tellings import RUNNING
from storage.tables import Matter, Report, Visit


@dataclass(frozen=True, slots=True)
class Done:
    """What a branch has done.

    raised: matters of the stretch, but for those withdrawn or merged. closed: whenever they were raised.
    running: matters running now.
    households: reached (户): different ones named, and the unclaimed rests of reports.
    members: different people who reported visits.
    """

    raised: int
    closed: int
    running: int
    households: int
    members: int

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.raised or self.closed or self.running or self.members)


async def done_between(
    session: AsyncSession, branch_id: int, *, first: date, last: date, zone: tzinfo
) -> Done:
    """What a branch did from the day `first` to the day `last` of its own calendar."""
    start = datetime.combine(first, time(), zone)
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    matters = select(func.count()).where(Matter.branch_id == branch_id)
    standing = (
        Report.branch_id == branch_id,
        Report.status != WITHDRAWN,
        Report.day >= first,
        Report.day <= last,
    )
    reports = select(
        func.coalesce(func.sum(Report.unclaimed), 0), func.count(func.distinct(Report.person_id))
    ).where(*standing)
    named = (
        select(func.count(func.distinct(col(Visit.household_id))))
        .join(Report, col(Report.id) == col(Visit.report_id))
        .where(*standing, col(Visit.withdrawn_at).is_(None))
    )
    unclaimed, members = (await session.exec(reports)).one()
    gone = (MatterStatus.WITHDRAWN, MatterStatus.MERGED)
    raised = matters.where(
        Matter.created_at >= start, Matter.created_at < end, col(Matter.status).not_in(gone)
    )
    closed = matters.where(
        Matter.status == MatterStatus.CLOSED, col(Matter.closed_at) >= start, col(Matter.closed_at) < end
    )
    running = matters.where(col(Matter.status).in_(RUNNING))
    return Done(
        raised=(await session.exec(raised)).one(),
        closed=(await session.exec(closed)).one(),
        running=(await session.exec(running)).one(),
        households=(await session.exec(named)).one() + unclaimed,
        members=members,
    )
