"""What words too short for the reader mean to somebody who has told, holds or been asked something."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Act, Correction, Resolution, Visit, VisitMode
from bot.domain.inbound import Inbound
from bot.domain.matters import UNFINISHED
from bot.services.chat.message_meant import message_meant
from bot.services.chat.speaker import Speaking
from bot.services.visits.remind_visits import KIND as REMINDER
from bot.text.replies import ReplyKind, number_settled, read_count, read_reply, takes_back
from storage import outbox
from storage.queries import matters as matter_rows
from storage.queries import notices, reports

_STILL_BEFORE_THEM = timedelta(hours=24)  # a reminder that is the last thing the bot has said to them


async def acts_in_short(
    session: AsyncSession, acts: Sequence[Act], speaking: Speaking, inbound: Inbound
) -> Sequence[Act]:
    """The acts of a message, where what it answers tells more than its own words.

    A number under a reminder is a report of that many households, under a report it is the right number.

    Args:
        acts: what the words alone tell.
    """
    if takes_back(inbound.text):
        return acts or [Correction(None, withdraw=True)]
    if speaking.branch is None:
        return acts
    count = read_count(inbound.text)
    if count is None:
        corrected = [act.count for act in acts if isinstance(act, Correction)]
        count = corrected[0] if corrected else None  # "应该是3户" reads as one where 走访 has been said
    if count is not None and speaking.actor.is_member and await _answers_reminder(session, inbound):
        return [visited(count, speaking, inbound)]
    if acts and read_count(inbound.text) is None:
        return acts
    # "4户" by itself reads as a report of its own; under a report it is the right number.
    return await _without_acts(session, speaking, inbound, count) or acts


def visited(count: int, speaking: Speaking, inbound: Inbound) -> Visit:
    """A report of households of whom nothing is said but how many they are: on the day of the message."""
    day = speaking.day_of(inbound.sent_at)
    return Visit(count, (), day, VisitMode.HOME, cumulative=False, services=())


async def _without_acts(
    session: AsyncSession, speaking: Speaking, inbound: Inbound, count: int | None
) -> Sequence[Act]:
    if count is not None:
        meant = await message_meant(session, inbound)
        told = meant is not None and await reports.reports_of_message(session, inbound.chat_id, meant)
        return [Correction(count, withdraw=False)] if told else []
    number = number_settled(inbound.text)
    if number is None:
        # Said to the bot alone it is about a matter, if there is one that it fits.
        settled = inbound.private and read_reply(inbound.text) is ReplyKind.SOLVED
        return [Resolution(())] if settled else []
    matter = await matter_rows.matter_by_number(session, speaking.branch_id, number)
    who = speaking.actor
    if matter is None or matter.status not in UNFINISHED:
        return []
    theirs = who.telegram_id is not None and who.telegram_id == matter.reporter_telegram_id
    return [Resolution((number,))] if theirs or who.is_member else []


async def _answers_reminder(session: AsyncSession, inbound: Inbound) -> bool:
    """Whether it answers a reminder: in reply to one, or when that is what the bot said to them last."""
    if inbound.reply_to_id is not None:
        notice = await outbox.notice_of_message(session, inbound.chat_id, inbound.reply_to_id)
        return notice is not None and notice.kind == REMINDER
    if not inbound.private:
        return False
    last = await notices.last_said(session, inbound.chat_id, before=inbound.sent_at)
    if last is None or last.sent_at is None or last.kind != REMINDER:
        return False
    return inbound.sent_at - last.sent_at <= _STILL_BEFORE_THEM
