"""Digests that people have been sent, what waits in them to be decided, and what goes into the next."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, or_
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import MatterStatus, Move
from storage import outbox
from storage.outbox import Priority
from storage.tables import (
    DigestItem,
    Matter,
    MatterEvent,
    MatterOffer,
    Notice,
    Person,
    Promise,
    RoleHeld,
    Unit,
)

LATER = "later digest"
"""What becomes of an item that nobody has decided when the next digest is made: that one tells it anew."""


async def sent_since(session: AsyncSession, kinds: Collection[str], *, since: datetime) -> set[int]:
    """The people for whom a digest of these kinds was made at `since` or later."""
    made = select(Notice.person_id).where(col(Notice.kind).in_(kinds), Notice.created_at >= since)
    return {person_id for person_id in await session.exec(made) if person_id is not None}


async def waiting_about(session: AsyncSession, subject_kind: str, subject_id: int) -> list[DigestItem]:
    """The undecided lines about a subject, in whatever digest."""
    waiting = select(DigestItem).where(
        DigestItem.subject_kind == subject_kind,
        DigestItem.subject_id == subject_id,
        col(DigestItem.decided).is_(None),
    )
    return list(await session.exec(waiting.order_by(col(DigestItem.id))))


async def items_of(session: AsyncSession, notice_id: int) -> list[DigestItem]:
    """The lines of one message, in their order."""
    placed = select(DigestItem).where(DigestItem.notice_id == notice_id).order_by(col(DigestItem.position))
    return list(await session.exec(placed))


async def leave_to_later(session: AsyncSession, person_id: int) -> None:
    """What somebody has not decided in earlier digests is not kept up to date there any more."""
    earlier = select(Notice.id).where(Notice.person_id == person_id)
    lines = update(DigestItem).where(
        col(DigestItem.notice_id).in_(earlier), col(DigestItem.decided).is_(None)
    )
    await session.exec(lines.values(decided=LATER))


async def routine_waiting(session: AsyncSession, person_id: int, *, until: datetime) -> list[Notice]:
    """Routine messages without buttons that wait for somebody, due before `until`, the oldest first."""
    waiting = select(Notice).where(
        Notice.person_id == person_id,
        Notice.state == outbox.PENDING,
        col(Notice.attempt_started_at).is_(None),
        Notice.method == "send",
        Notice.priority == Priority.ROUTINE,
        Notice.due_at < until,
    )
    found = await session.exec(waiting.order_by(col(Notice.due_at), col(Notice.id)))
    return [notice for notice in found if not notice.buttons]


async def held_back(session: AsyncSession, branch_id: int, *, before: datetime) -> list[Person]:
    """The people of a branch to whom routine messages wait that were due before a moment."""
    waiting = (
        select(Person)
        .join(Notice, col(Notice.person_id) == col(Person.id))
        .where(
            Person.branch_id == branch_id,
            Notice.state == outbox.PENDING,
            col(Notice.attempt_started_at).is_(None),
            Notice.method == "send",
            Notice.priority == Priority.ROUTINE,
            Notice.due_at < before,
        )
        .order_by(col(Person.id))
    )
    return list((await session.exec(waiting)).unique())


async def told_of_own_accord(session: AsyncSession, person: Person, *, since: datetime) -> int:
    """How many messages the bot has sent somebody since a moment, but for answers and emergencies."""
    private = [col(Notice.person_id) == person.id]
    if person.telegram_id is not None:
        private.append(col(Notice.chat_id) == person.telegram_id)
    sent = select(func.count()).where(
        or_(*private),
        Notice.method == "send",
        col(Notice.priority).not_in((Priority.EMERGENCY, Priority.ANSWER)),
        or_(col(Notice.attempt_started_at).is_not(None), col(Notice.sent_at) >= since),
    )
    return (await session.exec(sent)).one()


async def back_from_ledger(
    session: AsyncSession, branch_ids: Collection[int], *, since: datetime
) -> set[int]:
    """The matters that time has brought back from the problem ledger, and that nobody has taken on since."""
    woken = (
        select(MatterEvent.matter_id)
        .join(Matter, col(Matter.id) == col(MatterEvent.matter_id))
        .where(
            col(Matter.branch_id).in_(branch_ids),
            Matter.status == MatterStatus.OPEN,
            MatterEvent.kind == Move.RESUME,
            col(MatterEvent.by_person_id).is_(None),
            MatterEvent.at >= since,
        )
    )
    return set(await session.exec(woken))


async def offers_waiting(
    session: AsyncSession, branch_ids: Collection[int]
) -> list[tuple[MatterOffer, Matter]]:
    """Open offers of matters that are these branches' own, or are offered to them, the oldest first."""
    waiting = (
        select(MatterOffer, Matter)
        .join(Matter, col(Matter.id) == col(MatterOffer.matter_id))
        .where(
            col(MatterOffer.answer).is_(None),
            or_(
                col(MatterOffer.to_branch_id).in_(branch_ids),
                col(Matter.branch_id).in_(branch_ids) & col(MatterOffer.to_branch_id).is_(None),
            ),
        )
        .order_by(col(MatterOffer.id))
    )
    return list((await session.exec(waiting)).all())


async def promises_on(
    session: AsyncSession, branch_ids: Collection[int]
) -> list[tuple[Promise, Matter, Person]]:
    """Promises on matters that run, with who gave them, the earliest first."""
    given = (
        select(Promise, Matter, Person)
        .join(Matter, col(Matter.id) == col(Promise.matter_id))
        .join(Person, col(Person.id) == col(Promise.person_id))
        .where(
            col(Matter.branch_id).in_(branch_ids),
            col(Matter.status).in_((MatterStatus.OPEN, MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND)),
        )
        .order_by(col(Promise.due), col(Promise.id))
    )
    return list((await session.exec(given)).all())


async def units_of(session: AsyncSession, person_ids: Collection[int]) -> dict[int, set[int]]:
    """The units in which each of these people holds a role."""
    found: dict[int, set[int]] = {}
    held = select(RoleHeld.person_id, Unit.id).join(Unit, col(Unit.id) == col(RoleHeld.unit_id))
    for person_id, unit_id in (await session.exec(held.where(col(RoleHeld.person_id).in_(person_ids)))).all():
        found.setdefault(person_id, set()).add(unit_id or 0)
    return found


async def holding(session: AsyncSession, unit_id: int, role: str) -> set[int]:
    """The keys of those who hold a role in exactly this unit."""
    held = select(RoleHeld.person_id).where(RoleHeld.unit_id == unit_id, RoleHeld.role == role)
    return set(await session.exec(held))
