"""The inbox: updates as Telegram sent them, stored before they are acknowledged, handled once each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import InboxUpdate

PENDING = "pending"
DONE = "done"
SET_ASIDE = "set_aside"

_ROWS_A_STATEMENT = 500  # eight values each: far below what both databases take as parameters


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """One update as received.

    chat_id: the chat whose order it belongs to; null when it belongs to none.
    payload: the update as JSON text.
    """

    update_id: int
    chat_id: int | None
    payload: str


async def store(
    session: AsyncSession, bot_id: int, updates: Sequence[RawUpdate], now: datetime
) -> list[int]:
    """Store updates in the order given; those stored before are skipped.

    Returns:
        The ids of the new rows, rising.
    """
    stored: list[int] = []
    for start in range(0, len(updates), _ROWS_A_STATEMENT):
        rows: list[dict[str, Any]] = [
            {
                "bot_id": bot_id,
                "update_id": update.update_id,
                "chat_id": update.chat_id,
                "payload": update.payload.replace("\x00", ""),
                "received_at": now,
                "state": PENDING,
                "attempts": 0,
            }
            for update in updates[start : start + _ROWS_A_STATEMENT]
        ]
        dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
        insert = dialect.insert(InboxUpdate).values(rows).on_conflict_do_nothing()
        stored += (await session.exec(insert.returning(col(InboxUpdate.id)))).scalars()
    return sorted(stored)


async def waiting_chats(session: AsyncSession) -> list[int | None]:
    """The chats with updates to handle, the one that waits longest first. Null stands for no chat."""
    longest = func.min(col(InboxUpdate.id))
    chats = select(InboxUpdate.chat_id).where(InboxUpdate.state == PENDING)
    return list(await session.exec(chats.group_by(col(InboxUpdate.chat_id)).order_by(longest)))


async def next_waiting(session: AsyncSession, chat_id: int | None) -> InboxUpdate | None:
    """The update of this chat to handle next, in the order received; null when none waits."""
    waiting = select(InboxUpdate).where(InboxUpdate.state == PENDING, col(InboxUpdate.chat_id) == chat_id)
    return (await session.exec(waiting.order_by(col(InboxUpdate.id)).limit(1))).first()


async def mark_done(session: AsyncSession, row: InboxUpdate | int, now: datetime) -> None:
    """The update has been handled: its payload is emptied, its number kept to know it again.

    Args:
        row: the row or its id; a row of a session that was rolled back will do.
    """
    stored = await _row(session, row)
    stored.payload = ""
    await _finish(session, stored, DONE, now)


async def set_aside(session: AsyncSession, row: InboxUpdate | int, error: str, now: datetime) -> None:
    """The update can't be handled: it stays, with why, until somebody has looked, and blocks nothing."""
    stored = await _row(session, row)
    stored.error = error
    await _finish(session, stored, SET_ASIDE, now)


async def count_states(session: AsyncSession) -> dict[str, int]:
    """How many updates are in each state; states without any are left out."""
    counts = select(InboxUpdate.state, func.count()).group_by(col(InboxUpdate.state))
    return dict((await session.exec(counts)).all())


async def set_aside_rows(session: AsyncSession, limit: int = 20) -> list[InboxUpdate]:
    """Updates set aside, the latest first."""
    rows = select(InboxUpdate).where(InboxUpdate.state == SET_ASIDE)
    return list(await session.exec(rows.order_by(col(InboxUpdate.id).desc()).limit(limit)))


async def take_up_again(session: AsyncSession) -> int:
    """Let what was set aside wait once more, in the order received. Returns how many updates there were."""
    aside = update(InboxUpdate).where(col(InboxUpdate.state) == SET_ASIDE)
    return (await session.exec(aside.values(state=PENDING, finished_at=None))).rowcount


async def forget_done(session: AsyncSession, before: datetime) -> int:
    """Delete what is left of updates handled before a time (Telegram repeats none after 24 hours).

    Returns:
        How many rows were deleted.
    """
    old = delete(InboxUpdate).where(
        col(InboxUpdate.state) == DONE, col(InboxUpdate.finished_at) < before
    )
    return (await session.exec(old)).rowcount


async def _row(session: AsyncSession, row: InboxUpdate | int) -> InboxUpdate:
    # A row of a session that was rolled back has lost its attributes, but not its identity.
    key = row if isinstance(row, int) else inspect(row).identity[0]
    return await session.get_one(InboxUpdate, key)


async def _finish(session: AsyncSession, row: InboxUpdate, state: str, now: datetime) -> None:
    row.state = state
    row.attempts += 1
    row.finished_at = now
    session.add(row)
    await session.flush()
