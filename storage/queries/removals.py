"""Messages that their writers want taken away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import outbox
from storage.tables import Matter, Notice


async def latest_private(session: AsyncSession, user_id: int, *, since: datetime) -> Matter | None:
    """The private matter that somebody has told last in a group since then."""
    told = select(Matter).where(
        Matter.reporter_telegram_id == user_id,
        Matter.chat_id != user_id,
        col(Matter.private).is_(True),
        Matter.created_at >= since,
    )
    return (await session.exec(told.order_by(col(Matter.id).desc()))).first()


async def failed(session: AsyncSession, kind: str, *, since: datetime) -> Sequence[Notice]:
    """The notices of a kind due since then that could not be carried out."""
    ended = select(Notice).where(Notice.state == outbox.FAILED, Notice.kind == kind, Notice.due_at >= since)
    return (await session.exec(ended.order_by(col(Notice.id)))).all()
