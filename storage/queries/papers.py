"""What papers are made of: links that last, and the people who sat in a meeting."""

from __future__ import annotations

from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.meetings import SessionStatus
from storage.tables import ActivitySession, Attendance, Household, Link, Person


async def lasting_links(session: AsyncSession, branch_id: int, day: date) -> list[tuple[Household, Person]]:
    """Households of a branch with each who answers for them on a day and until further notice."""
    found = (
        select(Household, Person)
        .join(Link, col(Link.household_id) == col(Household.id))
        .join(Person, col(Person.id) == col(Link.person_id))
        .where(
            Household.branch_id == branch_id,
            col(Household.removed_on).is_(None),
            Link.since <= day,
            col(Link.until).is_(None),
        )
        .order_by(col(Household.id), col(Link.since), col(Link.id))
    )
    return [(household, person) for household, person in await session.exec(found)]


async def sat_in(
    session: AsyncSession, person_id: int, *, first: date, last: date
) -> list[tuple[ActivitySession, Attendance]]:
    """The sessions held in a span that somebody was expected at, and what became of it."""
    found = (
        select(ActivitySession, Attendance)
        .join(Attendance, col(Attendance.session_id) == col(ActivitySession.id))
        .where(
            Attendance.person_id == person_id,
            ActivitySession.status == SessionStatus.RECORDED,
            ActivitySession.day >= first,
            ActivitySession.day <= last,
        )
        .order_by(col(ActivitySession.day), col(ActivitySession.id))
    )
    return [(held, row) for held, row in await session.exec(found)]


async def latest_sessions(
    session: AsyncSession, branch_id: int, *, until: date, limit: int
) -> list[ActivitySession]:
    """The sessions of a branch on a day or before that were not taken back, the latest first."""
    held = select(ActivitySession).where(
        ActivitySession.branch_id == branch_id,
        col(ActivitySession.status).in_((SessionStatus.PLANNED, SessionStatus.RECORDED)),
        ActivitySession.day <= until,
    )
    newest = (col(ActivitySession.day).desc(), col(ActivitySession.id).desc())
    return list(await session.exec(held.order_by(*newest).limit(limit)))
