"""Notices by key, subject and branch; those that wait, and those that have waited too long."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import outbox
from storage.tables import Notice


async def by_key(session: AsyncSession, key: str) -> Notice | None:
    """The notice with this key; null when there is none."""
    return (await session.exec(select(Notice).where(Notice.key == key))).first()


async def about(
    session: AsyncSession, *, subject_kind: str, subject_id: int, with_buttons: bool = False
) -> list[Notice]:
    """The notices sent or waiting about a subject, in the order in which they were made."""
    made = select(Notice).where(
        Notice.subject_kind == subject_kind, Notice.subject_id == subject_id, Notice.method == "send"
    )
    found = list(await session.exec(made.order_by(col(Notice.id))))
    return [notice for notice in found if notice.buttons] if with_buttons else found


async def last_said(
    session: AsyncSession, chat_id: int, *, before: datetime, but_for: Collection[str] = ()
) -> Notice | None:
    """The latest message sent into a chat up to a moment; null when there has been none.

    but_for: kinds that are passed over.
    """
    said = select(Notice).where(
        Notice.chat_id == chat_id,
        Notice.method == "send",
        Notice.state == outbox.SENT,
        col(Notice.kind).not_in(but_for),
        col(Notice.sent_at) <= before,
    )
    return (await session.exec(said.order_by(col(Notice.sent_at).desc(), col(Notice.id).desc()))).first()


async def of_branch(session: AsyncSession, branch_id: int, limit: int) -> list[Notice]:
    """The latest messages, edits left out, that a branch's ledger has caused, the newest first."""
    said = select(Notice).where(Notice.branch_id == branch_id, Notice.method == "send")
    return list(await session.exec(said.order_by(col(Notice.id).desc()).limit(limit)))


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
