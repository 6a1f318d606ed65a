"""Which message of theirs somebody answers: the one they reply to, or the one that the bot has answered."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.inbound import Inbound
from storage import outbox
from storage.queries import continuations
from storage.tables import Matter, Report


async def message_meant(session: AsyncSession, inbound: Inbound) -> int | None:
    """The number of the message that a reply is about; null when it replies to none.

    A reply to the line under a message ("已登记 #12 …") is about that message; a reply to one that went on
    with another, about that other.
    """
    if inbound.reply_to_id is None:
        return None
    notice = await outbox.notice_of_message(session, inbound.chat_id, inbound.reply_to_id)
    if notice is not None and notice.reply_to is not None:
        return notice.reply_to
    row = await continuations.of_message(session, inbound.chat_id, inbound.reply_to_id)
    if row is None:
        return inbound.reply_to_id
    if row.report_id is not None:
        return (await session.get_one(Report, row.report_id)).message_id
    return (await session.get_one(Matter, row.matter_id)).message_id
