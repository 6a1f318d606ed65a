"""What points are given for, the accounts, goods, exchanges and bulletins."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import MatterStatus, Outcome
from bot.domain.meetings import Presence, SessionStatus
from bot.domain.points import Source
from storage.tables import (
    ActivitySession,
    Attendance,
    Household,
    Link,
    Matter,
    PointBulletin,
    PointEntry,
    PointExchange,
    PointGoods,
    Visit,
)

EARNED = (Source.VISIT, Source.MATTER, Source.MEETING)
"""Entries that come of themselves from what was done."""
_ANSWERED = (Outcome.SATISFIED, Outcome.PARTLY, Outcome.NOT_SOLVED)


@dataclass(frozen=True, slots=True)
class LinkHeld:
    """A member answers, or answered, for a household."""

    link: Link
    household: Household


@dataclass(frozen=True, slots=True)
class Attended:
    """What became of somebody who was expected at a session that was held."""

    session: ActivitySession
    person_id: int
    state: Presence


async def links_during(session: AsyncSession, branch_id: int, first: date, last: date) -> list[LinkHeld]:
    """The links of a branch that stood on a day from `first` to `last`."""
    held = (
        select(Link, Household)
        .join(Household, col(Household.id) == col(Link.household_id))
        .where(
            Household.branch_id == branch_id,
            Link.since <= last,
            or_(col(Link.until).is_(None), col(Link.until) >= first),
        )
        .order_by(col(Link.id))
    )
    return [LinkHeld(link, household) for link, household in await session.exec(held)]


async def visits_during(session: AsyncSession, branch_id: int, first: date, last: date) -> list[Visit]:
    """The standing visits of a branch's households on days from `first` to `last`."""
    made = (
        select(Visit)
        .join(Household, col(Household.id) == col(Visit.household_id))
        .where(
            Household.branch_id == branch_id,
            col(Visit.withdrawn_at).is_(None),
            Visit.day >= first,
            Visit.day <= last,
        )
    )
    return list(await session.exec(made.order_by(col(Visit.day), col(Visit.id))))


async def matters_answered(
    session: AsyncSession, branch_id: int, start: datetime, end: datetime
) -> list[Matter]:
    """The matters of a branch that somebody held, closed within a time with an answer of their people."""
    closed = select(Matter).where(
        Matter.branch_id == branch_id,
        Matter.status == MatterStatus.CLOSED,
        col(Matter.assignee_id).is_not(None),
        col(Matter.outcome).in_(_ANSWERED),
        col(Matter.closed_at) >= start,
        col(Matter.closed_at) < end,
    )
    return list(await session.exec(closed.order_by(col(Matter.number))))


async def attendance_during(session: AsyncSession, branch_id: int, first: date, last: date) -> list[Attended]:
    """Who came to the sessions that a branch held on days from `first` to `last`, or did not."""
    said = (
        select(ActivitySession, Attendance)
        .join(Attendance, col(Attendance.session_id) == col(ActivitySession.id))
        .where(
            ActivitySession.branch_id == branch_id,
            ActivitySession.status == SessionStatus.RECORDED,
            ActivitySession.day >= first,
            ActivitySession.day <= last,
        )
        .order_by(col(ActivitySession.day), col(Attendance.id))
    )
    return [Attended(held, row.person_id, Presence(row.state)) for held, row in await session.exec(said)]


async def entries(
    session: AsyncSession,
    branch_id: int,
    *,
    person_id: int | None = None,
    first: date | None = None,
    last: date | None = None,
    sources: Collection[Source] = (),
) -> list[PointEntry]:
    """The entries of a branch's accounts, in the order in which they were made.

    Args:
        person_id: only theirs; first, last: only of these days; sources: only from these; none: all.
    """
    made = select(PointEntry).where(PointEntry.branch_id == branch_id)
    if person_id is not None:
        made = made.where(PointEntry.person_id == person_id)
    if first is not None:
        made = made.where(PointEntry.day >= first)
    if last is not None:
        made = made.where(PointEntry.day <= last)
    if sources:
        made = made.where(col(PointEntry.source).in_(sources))
    return list(await session.exec(made.order_by(col(PointEntry.id))))


async def entry_with_key(session: AsyncSession, key: str) -> PointEntry | None:
    """The entry with this key."""
    return (await session.exec(select(PointEntry).where(PointEntry.key == key))).first()


async def balance(session: AsyncSession, person_id: int) -> int:
    """What an account holds."""
    total = select(func.coalesce(func.sum(PointEntry.points), 0)).where(PointEntry.person_id == person_id)
    return (await session.exec(total)).one()


async def goods_of(session: AsyncSession, branch_id: int) -> list[PointGoods]:
    """What can be exchanged, the cheapest first."""
    offered = select(PointGoods).where(
        PointGoods.branch_id == branch_id, col(PointGoods.removed_at).is_(None)
    )
    return list(await session.exec(offered.order_by(col(PointGoods.cost), col(PointGoods.id))))


async def waiting_exchanges(session: AsyncSession, person_id: int) -> list[PointExchange]:
    """The exchanges that a member has asked for and nobody has decided."""
    asked = select(PointExchange).where(
        PointExchange.person_id == person_id, col(PointExchange.answer).is_(None)
    )
    return list(await session.exec(asked.order_by(col(PointExchange.id))))


async def bulletin_of(session: AsyncSession, branch_id: int, first: date) -> PointBulletin | None:
    """The bulletin of the quarter that begins on a day."""
    drafted = select(PointBulletin).where(PointBulletin.branch_id == branch_id, PointBulletin.first == first)
    return (await session.exec(drafted)).first()
