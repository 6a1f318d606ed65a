"""Leave, who stands in for whom, and what is lent meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import UNFINISHED
from storage.queries.roster import link_stands
from storage.tables import Leave, LentMatter, Link, Matter, Person


async def standing_leaves(session: AsyncSession, *, until: date | None = None) -> list[Leave]:
    """Leaves that have not ended, begun or lying ahead, the earliest first.

    until: only those whose first day is no later; null: all.
    """
    standing = select(Leave).where(col(Leave.ended_at).is_(None))
    if until is not None:
        standing = standing.where(Leave.first <= until)
    return list(await session.exec(standing.order_by(col(Leave.first), col(Leave.id))))


async def leaves_of(session: AsyncSession, person_id: int) -> list[Leave]:
    """A person's leaves that have not ended, the earliest first."""
    own = select(Leave).where(Leave.person_id == person_id, col(Leave.ended_at).is_(None))
    return list(await session.exec(own.order_by(col(Leave.first), col(Leave.id))))


async def covered_by(session: AsyncSession, person_id: int) -> list[Leave]:
    """The leaves, not ended, for which a person stands in or has been asked to."""
    asked = select(Leave).where(
        Leave.substitute_id == person_id,
        col(Leave.ended_at).is_(None),
        or_(col(Leave.agreed).is_(None), col(Leave.agreed).is_(True)),
    )
    return list(await session.exec(asked.order_by(col(Leave.first), col(Leave.id))))


async def substitutes_of(session: AsyncSession, person_ids: Collection[int], day: date) -> list[Person]:
    """Those who have agreed to stand in on a day for any of these people."""
    if not person_ids:
        return []
    standing_in = (
        select(Person)
        .join(Leave, col(Leave.substitute_id) == col(Person.id))
        .where(
            col(Leave.person_id).in_(person_ids),
            col(Leave.agreed).is_(True),
            col(Leave.ended_at).is_(None),
            Leave.first <= day,
            Leave.last >= day,
        )
        .order_by(col(Leave.id))
    )
    return list((await session.exec(standing_in)).unique())


async def lent_now(session: AsyncSession, leave_id: int) -> list[tuple[LentMatter, Matter]]:
    """What is lent for a leave, and has not been returned, with the matters."""
    lent = (
        select(LentMatter, Matter)
        .join(Matter, col(Matter.id) == col(LentMatter.matter_id))
        .where(LentMatter.leave_id == leave_id, col(LentMatter.returned_at).is_(None))
        .order_by(col(LentMatter.id))
    )
    return list((await session.exec(lent)).all())


async def unfinished_assigned(session: AsyncSession, person_id: int) -> list[Matter]:
    """The unfinished matters that are in a person's hands."""
    held = select(Matter).where(Matter.assignee_id == person_id, col(Matter.status).in_(UNFINISHED))
    return list(await session.exec(held.order_by(col(Matter.number))))


async def links_of_cover(session: AsyncSession, person_id: int, *, reason: str) -> list[Link]:
    """The links that a substitute has for a leave, marked with its reason."""
    lent = select(Link).where(Link.person_id == person_id, Link.reason == reason)
    return list(await session.exec(lent.order_by(col(Link.id))))


async def stood_in_for(
    session: AsyncSession, substitute_id: int, person_ids: Collection[int], day: date
) -> set[int]:
    """For which of these people somebody stood in on a day, whether it is over or not."""
    covered = select(Leave.person_id).where(
        Leave.substitute_id == substitute_id,
        col(Leave.person_id).in_(person_ids),
        col(Leave.agreed).is_(True),
        Leave.first <= day,
        Leave.last >= day,
    )
    return set(await session.exec(covered))


async def responsible_on(session: AsyncSession, household_id: int, day: date) -> list[Person]:
    """Who was responsible for a household on a day: those linked to it, covers among them, but not away."""
    away = select(Leave.person_id).where(
        col(Leave.begun_at).is_not(None), Leave.first <= day, Leave.last >= day
    )
    linked = (
        select(Person)
        .join(Link, col(Link.person_id) == col(Person.id))
        .where(Link.household_id == household_id, *link_stands(day), col(Person.id).not_in(away))
        .order_by(col(Link.since), col(Link.id))
    )
    return list((await session.exec(linked)).unique())
