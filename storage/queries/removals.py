"""Messages that their writers want taken away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import outbox
from storage.tables import Notice, Question


async def latest_offer(
    session: AsyncSession, kind: str, user_id: int, *, since: datetime
) -> Question | None:
    """The latest question of this kind that is somebody's to answer, and is not answered."""
    asked = select(Question).where(
        Question.kind == kind,
        Question.asked_user_id == user_id,
        Question.asked_at >= since,
        col(Question.answered_at).is_(None),
    )
    return (await session.exec(asked.order_by(col(Question.id).desc()))).first()


async def failed(session: AsyncSession, kind: str, *, since: datetime) -> Sequence[Notice]:
    """The notices of a kind due since then that could not be carried out."""
    ended = select(Notice).where(Notice.state == outbox.FAILED, Notice.kind == kind, Notice.due_at >= since)
    return (await session.exec(ended.order_by(col(Notice.id)))).all()
