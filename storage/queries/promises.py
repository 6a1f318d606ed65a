"""Promises on matters: those that stand, and what has become of the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.promises import PromiseState
from storage.tables import LentMatter, Matter, Promise


async def promise_of_message(
    session: AsyncSession, matter_id: int, chat_id: int, message_id: int
) -> Promise | None:
    """The promise that a message gave on a matter."""
    given = select(Promise).where(
        Promise.matter_id == matter_id, Promise.chat_id == chat_id, Promise.message_id == message_id
    )
    return (await session.exec(given)).first()


async def standing_promise(session: AsyncSession, matter_id: int) -> Promise | None:
    """The promise that stands on a matter; null when none does."""
    standing = select(Promise).where(
        Promise.matter_id == matter_id, Promise.state == PromiseState.STANDING
    )
    return (await session.exec(standing.order_by(col(Promise.id).desc()))).first()


async def standing_promises(session: AsyncSession) -> list[tuple[Promise, Matter]]:
    """All promises that stand, with their matters, the earliest due first."""
    standing = (
        select(Promise, Matter)
        .join(Matter, col(Matter.id) == col(Promise.matter_id))
        .where(Promise.state == PromiseState.STANDING)
        .order_by(col(Promise.due), col(Promise.id))
    )
    return list((await session.exec(standing)).all())


async def promises_of(session: AsyncSession, matter_ids: Collection[int]) -> dict[int, list[Promise]]:
    """All promises given on each of these matters, in order; matters without any are left out."""
    found: dict[int, list[Promise]] = defaultdict(list)
    given = select(Promise).where(col(Promise.matter_id).in_(matter_ids))
    for promise in await session.exec(given.order_by(col(Promise.id))):
        found[promise.matter_id].append(promise)
    return dict(found)


async def is_lent(session: AsyncSession, matter_id: int) -> bool:
    """Whether a matter is in a substitute's hands for the days of a leave."""
    lent = select(LentMatter.id).where(
        LentMatter.matter_id == matter_id, col(LentMatter.returned_at).is_(None)
    )
    return (await session.exec(lent.limit(1))).first() is not None
