"""A branch's own words, the messages heard lately, and corrected readings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import HeardMessage, Household, ReadingCorrection, VillageWord


async def words_of_branch(session: AsyncSession, branch_id: int) -> list[tuple[VillageWord, str | None]]:
    """The words that a branch has taught and not forgotten, each with the head of the household it names."""
    known = (
        select(VillageWord, Household.head)
        .outerjoin(Household, col(VillageWord.household_id) == col(Household.id))
        .where(VillageWord.branch_id == branch_id, col(VillageWord.forgotten_at).is_(None))
        .order_by(col(VillageWord.word))
    )
    return [(word, head) for word, head in await session.exec(known)]


async def word_row(session: AsyncSession, branch_id: int, word: str) -> VillageWord | None:
    """A branch's word, forgotten or not."""
    found = select(VillageWord).where(VillageWord.branch_id == branch_id, VillageWord.word == word)
    return (await session.exec(found)).first()


async def heard(session: AsyncSession, chat_id: int, message_id: int) -> HeardMessage | None:
    """What is kept of a message."""
    kept = select(HeardMessage).where(HeardMessage.chat_id == chat_id, HeardMessage.message_id == message_id)
    return (await session.exec(kept)).first()


async def heard_since(session: AsyncSession, branch_id: int, since: datetime) -> Sequence[HeardMessage]:
    """What is kept of a branch's messages from a moment on, the oldest first."""
    kept = select(HeardMessage).where(HeardMessage.branch_id == branch_id, HeardMessage.sent_at >= since)
    return (await session.exec(kept.order_by(col(HeardMessage.sent_at), col(HeardMessage.id)))).all()


async def branches_heard(session: AsyncSession) -> list[int]:
    """The branches of which messages are kept."""
    return list(await session.exec(select(HeardMessage.branch_id).distinct()))


async def erase_heard(session: AsyncSession, branch_id: int, before: datetime) -> int:
    """Erase what is kept of a branch's messages sent before a moment; how many they were."""
    old = delete(HeardMessage).where(
        col(HeardMessage.branch_id) == branch_id, col(HeardMessage.sent_at) < before
    )
    return (await session.exec(old)).rowcount


async def correction_of(session: AsyncSession, chat_id: int, message_id: int) -> ReadingCorrection | None:
    """How a message's reading has been put right before."""
    made = select(ReadingCorrection).where(
        ReadingCorrection.chat_id == chat_id, ReadingCorrection.message_id == message_id
    )
    return (await session.exec(made)).first()


async def corrections_of_branch(
    session: AsyncSession, branch_id: int, limit: int
) -> Sequence[ReadingCorrection]:
    """A branch's latest corrections, the newest first."""
    made = select(ReadingCorrection).where(ReadingCorrection.branch_id == branch_id)
    return (await session.exec(made.order_by(col(ReadingCorrection.id).desc()).limit(limit))).all()
