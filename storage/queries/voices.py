"""Those who tell the same matter, and the matters that a new one may be the same as."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import MatterStatus
from storage.tables import CoReporter, Matter

_JOINABLE = (
    MatterStatus.OPEN,
    MatterStatus.ACKNOWLEDGED,
    MatterStatus.IN_HAND,
    MatterStatus.ON_LEDGER,
)


async def co_reporters_by_matter(
    session: AsyncSession, matter_ids: Collection[int]
) -> dict[int, list[CoReporter]]:
    """Those who have joined each of these matters, in the order in which they did."""
    found: dict[int, list[CoReporter]] = defaultdict(list)
    joined = select(CoReporter).where(col(CoReporter.matter_id).in_(matter_ids))
    for one in await session.exec(joined.order_by(col(CoReporter.id))):
        found[one.matter_id].append(one)
    return dict(found)


async def joinable(session: AsyncSession, matter: Matter, *, since: datetime) -> Sequence[Matter]:
    """The unfinished matters raised before this one that it may be joined to, the oldest first.

    Private ones are never among them: nobody may learn from a question what another has told.
    """
    older = select(Matter).where(
        Matter.branch_id == matter.branch_id,
        col(Matter.private).is_(False),
        col(Matter.status).in_(_JOINABLE),
        Matter.created_at >= since,
        col(Matter.id) < matter.id,
    )
    return (await session.exec(older.order_by(col(Matter.id)))).all()


async def closed_since(session: AsyncSession, matter: Matter, *, since: datetime) -> Sequence[Matter]:
    """The matters raised since then that are closed, the oldest first.

    Of private ones those alone that the same user has raised.
    """
    closed = select(Matter).where(
        Matter.branch_id == matter.branch_id,
        Matter.status == MatterStatus.CLOSED,
        Matter.created_at >= since,
        or_(
            col(Matter.private).is_(False),
            col(Matter.reporter_telegram_id) == matter.reporter_telegram_id,
        ),
        col(Matter.id) != matter.id,
    )
    return (await session.exec(closed.order_by(col(Matter.id)))).all()


async def raised_since(session: AsyncSession, branch_id: int, *, since: datetime) -> Sequence[Matter]:
    """A branch's matters raised since then, the oldest first."""
    raised = select(Matter).where(Matter.branch_id == branch_id, Matter.created_at >= since)
    return (await session.exec(raised.order_by(col(Matter.id)))).all()


async def closed_between(
    session: AsyncSession, branch_id: int, first: datetime, last: datetime
) -> Sequence[Matter]:
    """A branch's matters closed in a stretch of time whose reporter has not been asked since."""
    closed = select(Matter).where(
        Matter.branch_id == branch_id,
        Matter.status == MatterStatus.CLOSED,
        col(Matter.closed_at) > first,
        col(Matter.closed_at) <= last,
        col(Matter.looked_back_at).is_(None),
        col(Matter.reporter_telegram_id).is_not(None),
    )
    return (await session.exec(closed.order_by(col(Matter.closed_at), col(Matter.id)))).all()
