"""What a branch did in a stretch of days, for summaries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.queries.tellings import RUNNING
from storage.tables import Household, Matter, Visit


@dataclass(frozen=True, slots=True)
class Done:
    """Figures of a branch: matters raised and closed in the stretch, those running now; visits in it.

    households: different households reached. members: different people who reached them.
    """

    raised: int
    closed: int
    running: int
    households: int
    members: int

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.raised or self.closed or self.running or self.households)


async def done_between(
    session: AsyncSession, branch_id: int, *, first: date, last: date, start: datetime, end: datetime
) -> Done:
    """What a branch did from the day `first` to `last`, which begin at `start` and end before `end`."""
    own = (Matter.branch_id == branch_id, Matter.status != "withdrawn")
    visits = (
        select(func.count(func.distinct(Visit.household_id)), func.count(func.distinct(Visit.person_id)))
        .join(Household, col(Household.id) == col(Visit.household_id))
        .where(Household.branch_id == branch_id, col(Visit.withdrawn_at).is_(None))
        .where(Visit.day >= first, Visit.day <= last)
    )
    households, members = (await session.exec(visits)).one()
    raised = select(func.count()).where(*own, Matter.created_at >= start, Matter.created_at < end)
    closed = select(func.count()).where(*own, col(Matter.closed_at) >= start, col(Matter.closed_at) < end)
    running = select(func.count()).where(*own, col(Matter.status).in_(RUNNING))
    return Done(
        (await session.exec(raised)).one(),
        (await session.exec(closed)).one(),
        (await session.exec(running)).one(),
        households,
        members,
    )
