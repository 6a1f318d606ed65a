"""Replies to messages on sessions: minutes in reply to a board, reasons in reply to a question."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.inbound import Inbound
from bot.services.chat.speaker import Speaking
from bot.services.meetings.ask_absent import ABSENT, absence_in_words
from bot.services.meetings.board import BOARD
from bot.services.meetings.chair import is_chair
from bot.services.meetings.run_sessions import OVER
from bot.services.meetings.take_minutes import take_minutes
from storage import outbox
from storage.tables import ActivitySession

_SHORTEST_MINUTES = 8  # characters; "大家快点" in reply to a board is none


async def take_reply(
    session: AsyncSession, speaking: Speaking, inbound: Inbound, *, now: datetime
) -> str | None:
    """Do what a reply to one of these messages says.

    Returns:
        The answer; null when it is no such reply: it is talk like any other.
    """
    if inbound.reply_to_id is None or not inbound.text:
        return None
    notice = await outbox.notice_of_message(session, inbound.chat_id, inbound.reply_to_id)
    if notice is None or notice.subject_id is None:
        return None
    if notice.kind == ABSENT and inbound.private:
        return await absence_in_words(session, inbound.text, speaking, now=now)
    if notice.kind not in (BOARD, OVER) or len(inbound.text) < _SHORTEST_MINUTES:
        return None
    held = await session.get_one(ActivitySession, notice.subject_id)
    begun = held.starts_at is not None and now >= held.starts_at
    if not begun or not await is_chair(session, speaking, held.branch_id, speaking.day_of(now)):
        return None
    return await take_minutes(session, inbound.text, speaking, inbound, now=now, held=held)
