"""What the rates are reckoned from: matters raised in a time, and what was done and said about them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import Move
from storage.tables import CoReporter, Matter, MatterEvent

_TAKING = (
    Move.ACKNOWLEDGE,
    Move.TAKE_IN_HAND,
    Move.ACCEPT,
    Move.TAKE_OVER,
    Move.HAND_OVER,
    Move.CLAIM_SOLVED,
    Move.CONFIRM,
)


@dataclass(frozen=True, slots=True)
class RaisedMatters:
    """Matters by the order in which they were raised, with what their events and co-reporters tell.

    taken: when somebody first took a matter on, or said that it was dealt with, by the matter's key.
    verdicts: whether a matter was confirmed or opened again last (`Move`), by its key.
    others: what those who have joined it have said last, by its key.
    """

    matters: list[Matter]
    taken: dict[int, datetime] = field(default_factory=dict)
    verdicts: dict[int, str] = field(default_factory=dict)
    others: dict[int, list[str]] = field(default_factory=dict)


async def raised_between(
    session: AsyncSession, branch_id: int, *, start: datetime, end: datetime
) -> RaisedMatters:
    """A branch's matters raised from `start` until before `end`, whatever has become of them."""
    those = (Matter.branch_id == branch_id, Matter.created_at >= start, Matter.created_at < end)
    matters = select(Matter).where(*those).order_by(col(Matter.id))
    of_those = select(Matter.id).where(*those)
    taken = (
        select(MatterEvent.matter_id, func.min(MatterEvent.at))
        .where(col(MatterEvent.matter_id).in_(of_those), col(MatterEvent.kind).in_(_TAKING))
        .group_by(col(MatterEvent.matter_id))
    )
    verdicts = (
        select(MatterEvent.matter_id, MatterEvent.kind)
        .where(
            col(MatterEvent.matter_id).in_(of_those),
            col(MatterEvent.kind).in_((Move.CONFIRM, Move.REOPEN)),
        )
        .order_by(col(MatterEvent.id))
    )
    joined = select(CoReporter.matter_id, CoReporter.said).where(
        col(CoReporter.matter_id).in_(of_those), col(CoReporter.said).is_not(None)
    )
    others: dict[int, list[str]] = defaultdict(list)
    for matter_id, said in (await session.exec(joined.order_by(col(CoReporter.id)))).all():
        others[matter_id].append(said or "")
    return RaisedMatters(
        list(await session.exec(matters)),
        dict((await session.exec(taken)).all()),
        dict((await session.exec(verdicts)).all()),
        dict(others),
    )
