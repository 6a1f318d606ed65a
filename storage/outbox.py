"""The outbox: messages to send, committed with the change that causes them.

A notice is `pending` until it ends as `sent`, `cancelled` (with what cancelled it), `failed` (with why)
or `unknown` (the answer to the attempt was lost: it may have arrived). A pending notice with
`attempt_started_at` is under way: it can't be cancelled any more.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Notice, Person

PENDING = "pending"
SENT = "sent"
UNKNOWN = "unknown"
CANCELLED = "cancelled"
FAILED = "failed"

_PUT = "notices put"


class Priority(IntEnum):
    """What goes first when several notices are due."""

    EMERGENCY = 0
    ANSWER = 10
    MATTER = 20
    ROUTINE = 30
    DIGEST = 40


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice to be put in the outbox; see `storage.tables.Notice` for what the fields mean.

    key: what it is about and when it was due; a key that is there already is not put again.
    person_id, chat_id: to whom; the person's private chat when there is no `chat_id`.
    recipient: the person's or chat's name, for exports.
    due_at: null for now.
    """

    key: str
    kind: str
    priority: Priority
    text: str
    person_id: int | None = None
    chat_id: int | None = None
    recipient: str = ""
    topic_id: int | None = None
    buttons: tuple[tuple[dict[str, Any], ...], ...] = ()
    method: str = "send"
    reply_to: int | None = None
    target_message_id: int | None = None
    edits_notice_id: int | None = None
    subject_kind: str | None = None
    subject_id: int | None = None
    branch_id: int | None = None
    due_at: datetime | None = None
    breaks_quiet: bool = False
    expires_at: datetime | None = None


async def put(session: AsyncSession, draft: Draft, *, now: datetime) -> Notice | None:
    """Put a notice in the outbox, to be sent once the caller's transaction is committed.

    Returns:
        The notice, with its id; null when one with this key is there already, whatever became of it.
    """
    if (await session.exec(select(Notice.id).where(Notice.key == draft.key))).first() is not None:
        return None
    notice = Notice(
        key=draft.key,
        kind=draft.kind,
        priority=int(draft.priority),
        text=draft.text,
        person_id=draft.person_id,
        chat_id=draft.chat_id,
        recipient=draft.recipient,
        topic_id=draft.topic_id,
        buttons=[[dict(button) for button in row] for row in draft.buttons],
        method=draft.method,
        reply_to=draft.reply_to,
        target_message_id=draft.target_message_id,
        edits_notice_id=draft.edits_notice_id,
        subject_kind=draft.subject_kind,
        subject_id=draft.subject_id,
        branch_id=draft.branch_id,
        created_at=now,
        due_at=draft.due_at or now,
        breaks_quiet=draft.breaks_quiet,
        expires_at=draft.expires_at,
    )
    session.add(notice)
    session.info[_PUT] = True
    await session.flush()
    return notice


def has_put(session: AsyncSession) -> bool:
    """Whether a notice was put in this session: once it is committed, delivery has something to look at."""
    return _PUT in session.info


async def cancel(
    session: AsyncSession,
    *,
    subject_kind: str,
    subject_id: int,
    kinds: Collection[str] | None = None,
    by: str,
    now: datetime,
) -> int:
    """Cancel what waits to be sent about a subject; what is under way or has ended stays.

    Args:
        kinds: only notices of these kinds; null: all.
        by: what cancelled them, for exports ("report 17").

    Returns:
        How many were cancelled.
    """
    about = [col(Notice.subject_kind) == subject_kind, col(Notice.subject_id) == subject_id]
    if kinds is not None:
        about.append(col(Notice.kind).in_(kinds))
    return await _cancel(session, *about, by=by, now=now)


async def expire(session: AsyncSession, *, now: datetime) -> int:
    """Cancel what waits to be sent and is not worth sending any more. Returns how many."""
    return await _cancel(session, col(Notice.expires_at) <= now, by="expired", now=now)


async def take_due(
    session: AsyncSession, now: datetime, limit: int, exclude_chats: Collection[int] = ()
) -> list[Notice]:
    """Notices to send now, the most urgent first, then the longest due.

    A notice to a person gets the `chat_id` of their private chat; it stays null when they have not
    claimed their name. Call it in the transaction that starts the attempts.

    Args:
        exclude_chats: chats that must not be written to just now.
    """
    destination = func.coalesce(Notice.chat_id, Person.telegram_id)
    due = (
        select(Notice, Person.telegram_id)
        .join(Person, col(Person.id) == col(Notice.person_id), isouter=True)
        .where(
            *_waiting(),
            col(Notice.due_at) <= now,
            or_(col(Notice.next_attempt_at).is_(None), col(Notice.next_attempt_at) <= now),
            or_(col(Notice.expires_at).is_(None), col(Notice.expires_at) > now),
        )
        .order_by(col(Notice.priority), col(Notice.due_at), col(Notice.id))
        .limit(limit)
    )
    if exclude_chats:
        due = due.where(or_(destination.is_(None), destination.not_in(exclude_chats)))
    taken = []
    for notice, private_chat in (await session.exec(due)).all():
        if notice.chat_id is None:
            notice.chat_id = private_chat
        taken.append(notice)
    return taken


async def start_attempt(session: AsyncSession, notice: Notice, now: datetime) -> None:
    """An attempt begins. Must be committed before the message goes out."""
    notice.attempts += 1
    notice.attempt_started_at = now
    notice.next_attempt_at = None
    session.add(notice)
    await session.flush()


async def mark_sent(session: AsyncSession, notice_id: int, message_id: int | None, now: datetime) -> None:
    """The message has arrived; `message_id` is its number in the chat, null where there is none."""
    notice = await _ended(session, notice_id, SENT)
    notice.sent_at = now
    notice.message_id = message_id
    notice.error = None


async def mark_failed(session: AsyncSession, notice_id: int, error: str, now: datetime) -> None:
    """The message can never arrive, for this reason."""
    notice = await _ended(session, notice_id, FAILED)
    notice.error = f"{now.isoformat(timespec='seconds')} {error}"


async def mark_unknown(session: AsyncSession, notice_id: int, error: str, now: datetime) -> None:
    """The answer to the attempt was lost: the message may have arrived or not."""
    notice = await _ended(session, notice_id, UNKNOWN)
    notice.error = f"{now.isoformat(timespec='seconds')} {error}"


async def postpone(session: AsyncSession, notice_id: int, until: datetime, error: str | None = None) -> None:
    """The attempt has failed for now; the next may begin at `until`."""
    notice = await session.get_one(Notice, notice_id)
    notice.attempt_started_at = None
    notice.next_attempt_at = until
    notice.error = error
    session.add(notice)


async def interrupted(session: AsyncSession) -> list[Notice]:
    """Notices whose attempt was under way when the process died: nobody knows whether they arrived."""
    under_way = select(Notice).where(Notice.state == PENDING, col(Notice.attempt_started_at).is_not(None))
    return list(await session.exec(under_way.order_by(col(Notice.id))))


async def notice_of_message(session: AsyncSession, chat_id: int, message_id: int) -> Notice | None:
    """The notice that made this message of the bot's; null when the message is not from the outbox."""
    made = select(Notice).where(
        Notice.chat_id == chat_id, Notice.message_id == message_id, Notice.method == "send"
    )
    return (await session.exec(made.order_by(col(Notice.id).desc()).limit(1))).first()


async def next_due(session: AsyncSession, *, after: datetime) -> datetime | None:
    """The earliest time later than `after` at which a pending notice can be sent; null when none waits."""
    times: list[datetime | None] = []
    for time in (col(Notice.due_at), col(Notice.next_attempt_at)):
        times += await session.exec(select(func.min(time)).where(*_waiting(), time > after))
    return min((time for time in times if time is not None), default=None)


async def count_states(session: AsyncSession) -> dict[str, int]:
    """How many notices are in each state; states without any are left out."""
    counts = select(Notice.state, func.count()).group_by(col(Notice.state))
    return dict((await session.exec(counts)).all())


def _waiting() -> tuple[ColumnElement[bool], ...]:
    return col(Notice.state) == PENDING, col(Notice.attempt_started_at).is_(None)


async def _cancel(session: AsyncSession, *which: ColumnElement[bool], by: str, now: datetime) -> int:
    cancelled = update(Notice).where(*_waiting(), *which)
    result = await session.exec(cancelled.values(state=CANCELLED, cancelled_by=by, cancelled_at=now))
    return result.rowcount


async def _ended(session: AsyncSession, notice_id: int, state: str) -> Notice:
    notice = await session.get_one(Notice, notice_id)
    notice.state = state
    notice.attempt_started_at = None
    session.add(notice)
    return notice
