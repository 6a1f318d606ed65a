"""What delivery asks of the outbox and the chats beyond taking and marking."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import outbox
from storage.tables import Chat, Notice


async def later_edit(session: AsyncSession, notice: Notice) -> Notice | None:
    """A pending edit of the same message that was put later than `notice`; null when there is none."""
    same = (
        col(Notice.edits_notice_id) == notice.edits_notice_id
        if notice.edits_notice_id is not None
        else (col(Notice.chat_id) == notice.chat_id)
        & (col(Notice.target_message_id) == notice.target_message_id)
    )
    later = select(Notice).where(
        Notice.method == "edit", Notice.state == outbox.PENDING, col(Notice.id) > notice.id, same
    )
    return (await session.exec(later.order_by(col(Notice.id).desc()).limit(1))).first()


async def cancel_one(session: AsyncSession, notice: Notice, *, by: str, now: datetime) -> None:
    """Cancel this pending notice."""
    notice.state = outbox.CANCELLED
    notice.cancelled_by = by
    notice.cancelled_at = now
    session.add(notice)
    await session.flush()


async def chat_is_lost(session: AsyncSession, chat_id: int) -> None:
    """The bot was blocked or removed there (a person's private chat, or a group)."""
    chat = (await session.exec(select(Chat).where(Chat.telegram_id == chat_id))).first()
    if chat is not None:
        chat.bot_status = "kicked"
        session.add(chat)
