"""Messages that go on with a report or a matter."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Continuation


async def of_message(session: AsyncSession, chat_id: int, message_id: int) -> Continuation | None:
    """What this message went on with; null when it stands for itself."""
    said = select(Continuation).where(Continuation.chat_id == chat_id, Continuation.message_id == message_id)
    return (await session.exec(said)).first()


async def lately(session: AsyncSession, chat_id: int, user_id: int, *, since: datetime) -> list[Continuation]:
    """The messages sent by a user in a chat at `since` or later that went on with something, in order."""
    said = select(Continuation).where(
        Continuation.chat_id == chat_id, Continuation.user_id == user_id, Continuation.sent_at >= since
    )
    return list(await session.exec(said.order_by(col(Continuation.message_id))))


async def of_report(session: AsyncSession, report_id: int) -> list[Continuation]:
    """The messages that went on with a report, in order."""
    said = select(Continuation).where(Continuation.report_id == report_id)
    return list(await session.exec(said.order_by(col(Continuation.message_id))))


async def of_matter(session: AsyncSession, matter_id: int) -> list[Continuation]:
    """The messages that went on with a matter, in order."""
    said = select(Continuation).where(Continuation.matter_id == matter_id)
    return list(await session.exec(said.order_by(col(Continuation.message_id))))


async def of_album(session: AsyncSession, chat_id: int, media_group_id: str) -> list[Continuation]:
    """The photos of an album that went on with something, in order."""
    said = select(Continuation).where(
        Continuation.chat_id == chat_id, Continuation.media_group_id == media_group_id
    )
    return list(await session.exec(said.order_by(col(Continuation.message_id))))
