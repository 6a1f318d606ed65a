"""Notices that wait, by what they are about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import outbox
from storage.tables import Notice


async def waiting_to(
    session: AsyncSession, *, kind: str, subject_kind: str, subject_ids: Collection[int]
) -> list[Notice]:
    """Notices of a kind about these subjects that wait and are not under way, the oldest first."""
    waiting = select(Notice).where(
        Notice.state == outbox.PENDING,
        col(Notice.attempt_started_at).is_(None),
        Notice.kind == kind,
        Notice.subject_kind == subject_kind,
        col(Notice.subject_id).in_(subject_ids),
    )
    return list(await session.exec(waiting.order_by(col(Notice.id))))


async def stuck(session: AsyncSession, *, due_before: datetime) -> list[Notice]:
    """Notices that should have ended: due before a moment, and still waiting or under way."""
    late = select(Notice).where(Notice.state == outbox.PENDING, col(Notice.due_at) < due_before)
    return list(await session.exec(late.order_by(col(Notice.due_at), col(Notice.id))))


async def in_no_known_state(session: AsyncSession) -> list[Notice]:
    """Notices that are in none of the states a notice can be in, or contradict the state they are in."""
    known = (outbox.PENDING, outbox.SENT, outbox.UNKNOWN, outbox.CANCELLED, outbox.FAILED)
    odd = (
        col(Notice.state).not_in(known)
        | ((col(Notice.state) == outbox.SENT) & col(Notice.sent_at).is_(None))
        | ((col(Notice.state) == outbox.CANCELLED) & col(Notice.cancelled_by).is_(None))
        | ((col(Notice.state) == outbox.FAILED) & col(Notice.error).is_(None))
    )
    return list(await session.exec(select(Notice).where(odd).order_by(col(Notice.id))))
