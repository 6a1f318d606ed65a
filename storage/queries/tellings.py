"""What people have been told about a matter, and the matters whose clocks run."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import UNFINISHED, MatterStatus, Move
from storage import outbox
from storage.tables import Matter, MatterEvent, Notice, Person

RUNNING = (MatterStatus.OPEN, MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND)


async def people_told(session: AsyncSession, matter_id: int, kinds: Collection[str]) -> list[Person]:
    """Those who have got a notice of these kinds about a matter, or may have, the longest ago first."""
    told = (
        select(Person)
        .join(Notice, col(Notice.person_id) == col(Person.id))
        .where(
            Notice.subject_kind == "matter",
            Notice.subject_id == matter_id,
            col(Notice.kind).in_(kinds),
            or_(
                col(Notice.state).in_((outbox.SENT, outbox.UNKNOWN)),
                and_(col(Notice.state) == outbox.PENDING, col(Notice.attempt_started_at).is_not(None)),
            ),
        )
        .order_by(col(Notice.id))
    )
    return list((await session.exec(told)).unique())


async def people_addressed(session: AsyncSession, matter_id: int, kinds: Collection[str]) -> list[Person]:
    """Those who have got such a notice about a matter, or are about to, the longest ago first."""
    alive = (outbox.SENT, outbox.UNKNOWN, outbox.PENDING)
    told = (
        select(Person)
        .join(Notice, col(Notice.person_id) == col(Person.id))
        .where(
            Notice.subject_kind == "matter",
            Notice.subject_id == matter_id,
            col(Notice.kind).in_(kinds),
            col(Notice.state).in_(alive),
            col(Person.telegram_id).is_not(None),
        )
        .order_by(col(Notice.id))
    )
    return list((await session.exec(told)).unique())


async def running_matters(
    session: AsyncSession, *, until: datetime | None = None, branch_ids: Collection[int] | None = None
) -> list[Matter]:
    """Matters on which somebody has to act by a deadline, in the order in which they need looking at.

    until: only those with a deadline or call up to then; null: all.
    branch_ids: only those of these branches; null: all.
    """
    running = select(Matter).where(col(Matter.status).in_(RUNNING))
    if branch_ids is not None:
        running = running.where(col(Matter.branch_id).in_(branch_ids))
    if until is not None:
        times = (col(Matter.acknowledge_by), col(Matter.solve_by), col(Matter.next_call_at))
        running = running.where(or_(*(time <= until for time in times)))
    first = func.coalesce(col(Matter.next_call_at), col(Matter.acknowledge_by), col(Matter.solve_by))
    return list(await session.exec(running.order_by(first, col(Matter.id))))


async def calls_made(session: AsyncSession, matter_id: int) -> int:
    """How often everybody has been called again since an emergency was raised or reopened last."""
    last_start = (
        select(func.coalesce(func.max(MatterEvent.id), 0))
        .where(MatterEvent.matter_id == matter_id, col(MatterEvent.kind).in_((Move.RAISE, Move.REOPEN)))
        .scalar_subquery()
    )
    calls = select(func.count()).where(
        MatterEvent.matter_id == matter_id, MatterEvent.kind == Move.CALL, col(MatterEvent.id) > last_start
    )
    return (await session.exec(calls)).one()


async def claimed_solved(session: AsyncSession) -> list[Matter]:
    """Matters of which somebody says that they are solved, and the one who raised them has not answered."""
    claimed = select(Matter).where(Matter.status == MatterStatus.CLAIMED_SOLVED)
    return list(await session.exec(claimed.order_by(col(Matter.id))))


async def unfinished(session: AsyncSession) -> list[Matter]:
    """All matters on which somebody still has to act."""
    return list(await session.exec(select(Matter).where(col(Matter.status).in_(UNFINISHED))))
