"""Matters offered to somebody, and the words that a press of a button still needs."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import AwaitedWords, MatterOffer


async def open_offer(session: AsyncSession, matter_id: int) -> MatterOffer | None:
    """The offer of a matter that waits for an answer; null when there is none."""
    waiting = select(MatterOffer).where(MatterOffer.matter_id == matter_id, col(MatterOffer.answer).is_(None))
    return (await session.exec(waiting)).first()


async def open_offers(session: AsyncSession) -> list[MatterOffer]:
    """All offers that wait for an answer, those that fall back first at the beginning."""
    waiting = select(MatterOffer).where(col(MatterOffer.answer).is_(None))
    return list(await session.exec(waiting.order_by(col(MatterOffer.answer_by), col(MatterOffer.id))))


async def words_awaited(session: AsyncSession, user_id: int, *, now: datetime) -> AwaitedWords | None:
    """What a user has been asked to say in words and has not said; null when nothing, or not any more."""
    waiting = select(AwaitedWords).where(
        AwaitedWords.user_id == user_id, col(AwaitedWords.ended_at).is_(None), AwaitedWords.expires_at > now
    )
    return (await session.exec(waiting.order_by(col(AwaitedWords.id).desc()))).first()
