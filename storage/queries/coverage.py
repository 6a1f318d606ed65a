"""Households, who answers for them on a day, and when they were contacted last: whole branches at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.queries.reports import WITHDRAWN
from storage.queries.roster import link_stands
from storage.tables import Household, Link, Person, Report, Visit


@dataclass(frozen=True, slots=True)
class Linked:
    """Somebody answers for a household since a day."""

    household: Household
    person: Person
    since: date


async def links_on(
    session: AsyncSession,
    branch_id: int,
    day: date,
    *,
    household_ids: Collection[int] | None = None,
    person_id: int | None = None,
) -> list[Linked]:
    """The links of a branch that stand on a day, removed households left out, the oldest first.

    Args:
        household_ids: only links of these households; null: all.
        person_id: only links of households that this person answers for; null: all.
    """
    found = (
        select(Household, Person, col(Link.since))
        .join(Link, col(Link.household_id) == col(Household.id))
        .join(Person, col(Person.id) == col(Link.person_id))
        .where(Household.branch_id == branch_id, col(Household.removed_on).is_(None), *link_stands(day))
        .order_by(col(Household.id), col(Link.since), col(Link.id))
    )
    if household_ids is not None:
        found = found.where(col(Household.id).in_(household_ids))
    if person_id is not None:
        own = select(Link.household_id).where(Link.person_id == person_id, *link_stands(day))
        found = found.where(col(Household.id).in_(own))
    return [Linked(*row) for row in await session.exec(found)]


async def latest_visits(
    session: AsyncSession, branch_id: int, *, until: date, household_ids: Collection[int] | None = None
) -> dict[int, date]:
    """The latest day up to `until` on which each household was reached; those never reached are left out."""
    reached = (
        select(Visit.household_id, func.max(Visit.day))
        .join(Household, col(Household.id) == col(Visit.household_id))
        .where(Household.branch_id == branch_id, col(Visit.withdrawn_at).is_(None), Visit.day <= until)
        .group_by(col(Visit.household_id))
    )
    if household_ids is not None:
        reached = reached.where(col(Visit.household_id).in_(household_ids))
    return dict((await session.exec(reached)).all())


async def latest_days_of(
    session: AsyncSession, household_ids: Collection[int], *, times: int, until: date
) -> dict[int, date]:
    """The latest day up to `until` on which each household was reached so many times; without those never."""
    reached = (
        select(col(Visit.household_id), col(Visit.day))
        .where(
            col(Visit.household_id).in_(household_ids), col(Visit.withdrawn_at).is_(None), Visit.day <= until
        )
        .group_by(col(Visit.household_id), col(Visit.day))
        .having(func.count() >= times)
        .order_by(col(Visit.day))
    )
    return dict((await session.exec(reached)).all())  # of each household the last one stays


async def unclaimed_since(session: AsyncSession, person_id: int, day: date) -> int:
    """How many households a person has reported since a day without saying which."""
    rest = select(func.coalesce(func.sum(Report.unclaimed), 0)).where(
        Report.person_id == person_id, Report.status != WITHDRAWN, Report.day >= day
    )
    return (await session.exec(rest)).one()


async def visited_by(
    session: AsyncSession, person_id: int, first: date, last: date, *, but: int
) -> list[tuple[int, date]]:
    """Where a person has been from a day to a day: households by key, with the day of each visit.

    but: a report whose visits are left out.
    """
    been = select(col(Visit.household_id), col(Visit.day)).where(
        Visit.person_id == person_id,
        col(Visit.withdrawn_at).is_(None),
        Visit.day >= first,
        Visit.day <= last,
        Visit.report_id != but,
    )
    return [(household_id, day) for household_id, day in await session.exec(been.order_by(col(Visit.id)))]
