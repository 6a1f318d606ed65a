"""What people were sent, and what they did in return, in a stretch of time."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.burden import Told
from bot.domain.matters import Move
from storage import outbox
from storage.outbox import Priority
from storage.tables import MatterEvent, Notice, Person, RoleHeld


async def people_of(session: AsyncSession, branch_id: int) -> list[Person]:
    """The people of a branch who hold a role, by name: nobody is put before another by a figure."""
    held = (
        select(Person)
        .join(RoleHeld, col(RoleHeld.person_id) == col(Person.id))
        .where(Person.branch_id == branch_id)
        .order_by(col(Person.name), col(Person.id))
    )
    return list((await session.exec(held)).unique())


async def told_between(
    session: AsyncSession, branch_id: int, *, start: datetime, end: datetime
) -> dict[int, list[Told]]:
    """What the people of a branch were sent privately from `start` until before `end`, by their keys."""
    moment = func.coalesce(Notice.sent_at, Notice.due_at)
    sent = (
        select(Person.id, Notice)
        .join(
            Notice,
            or_(
                col(Notice.person_id) == col(Person.id),
                col(Notice.person_id).is_(None) & (col(Notice.chat_id) == col(Person.telegram_id)),
            ),
        )
        .where(
            Person.branch_id == branch_id,
            Notice.method == "send",
            col(Notice.state).in_((outbox.SENT, outbox.UNKNOWN)),
            moment >= start,
            moment < end,
        )
        .order_by(col(Notice.id))
    )
    found: dict[int, list[Told]] = defaultdict(list)
    for person_id, notice in (await session.exec(sent)).all():
        found[person_id or 0].append(
            Told(
                notice.sent_at or notice.due_at,
                asks=bool(notice.buttons),
                emergency=notice.priority == Priority.EMERGENCY,
                answer=notice.priority == Priority.ANSWER,
            )
        )
    return dict(found)


async def done_between(
    session: AsyncSession, branch_id: int, *, start: datetime, end: datetime
) -> dict[int, list[datetime]]:
    """When the people of a branch moved matters, by their keys. Raising one is not asked of anybody."""
    moved = (
        select(MatterEvent.by_person_id, MatterEvent.at)
        .join(Person, col(Person.id) == col(MatterEvent.by_person_id))
        .where(
            Person.branch_id == branch_id,
            MatterEvent.at >= start,
            MatterEvent.at < end,
            col(MatterEvent.kind).not_in((Move.RAISE, Move.JOIN)),
        )
        .order_by(col(MatterEvent.id))
    )
    found: dict[int, list[datetime]] = defaultdict(list)
    for person_id, at in (await session.exec(moved)).all():
        found[person_id or 0].append(at)
    return dict(found)
