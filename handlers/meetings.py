"""Meetings: the Party day shown, sign-in, agenda, minutes, dues and reports, in words or by command."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command, Filter
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotPossible
from bot.domain.inbound import Inbound
from bot.services.chat.answering import react, reply, tell_user
from bot.services.chat.chat_changes import ChatRow
from bot.services.chat.speaker import Speaking, who_speaks
from bot.services.meetings.answer_awaited import answer_awaited
from bot.services.meetings.ask_words import awaited_of
from bot.services.meetings.draft_message import SHOWN
from bot.services.meetings.replied_to import take_reply
from bot.services.meetings.said_of_meetings import said_of_meetings
from bot.services.meetings.session_words import SUBJECT
from bot.services.meetings.show_sessions import show_party_day
from bot.text.meetings import Asks, MeetingAsked, read_meeting
from bot.text.replies import read_command
from bot.wording import say
from handlers.group_messages import counts_here
from handlers.inbound import inbound_of, is_somebodys_word
from handlers.understanding import acts_of


class OfMeetings(Filter):
    """The whole message is about meetings; privately, of a village named first."""

    async def __call__(self, message: Message) -> bool | dict[str, MeetingAsked]:
        text, today = message.text or "", message.date.date()
        if not text or text.startswith("/") or not is_somebodys_word(message):
            return False
        asked = read_meeting(text, today)
        if asked is None and message.chat.type == "private":
            asked = read_meeting(text.strip().partition(" ")[2], today)
            asked = asked if asked is not None and asked.what is Asks.SHOW else None
        return False if asked is None else {"asked": asked}


async def in_words(
    message: Message, asked: MeetingAsked, session: AsyncSession, chat: ChatRow, now: datetime
) -> None:
    """Something is said of meetings."""
    inbound = inbound_of(message)
    speaking = await _speaking(session, inbound, chat)
    if asked.what is Asks.SHOW:
        await _show(session, speaking, inbound, now)
        return
    # A day that is said counts from where the village is.
    asked = read_meeting(inbound.text, speaking.day_of(now)) or asked
    try:
        said = await said_of_meetings(session, asked, speaking, inbound, now=now)
    except NotPossible as error:
        if inbound.private:
            raise
        # Whoever signs in too early or too late is told alone; the group need not hear of it.
        await _tell_alone(session, say(error.key, speaking.preset.name, **error.values), inbound, now)
        return
    if said is None:
        raise SkipHandler
    if inbound.private:
        await reply(session, inbound, said.text, what="meetings", buttons=said.buttons, now=now)
    else:
        await react(session, inbound.chat_id, inbound.message_id, now=now)


async def by_command(message: Message, session: AsyncSession, chat: ChatRow, now: datetime) -> None:
    """`/partyday`."""
    inbound = inbound_of(message)
    await _show(session, await _speaking(session, inbound, chat), inbound, now)


async def in_reply(message: Message, session: AsyncSession, chat: ChatRow, now: datetime) -> None:
    """Somebody replies to a message of ours: to a board, to its summary, to a question."""
    inbound = inbound_of(message)
    if not is_somebodys_word(message):
        raise SkipHandler
    speaking = await _speaking(session, inbound, chat)
    text = await take_reply(session, speaking, inbound, now=now)
    if text is None:
        raise SkipHandler
    if inbound.private:
        await reply(session, inbound, text, what="meetings", now=now)
    else:
        await react(session, inbound.chat_id, inbound.message_id, now=now)


async def awaited(message: Message, session: AsyncSession, now: datetime) -> None:
    """Words that a button has asked for."""
    inbound = inbound_of(message)
    asks_something = read_command(inbound.text) is not None or not is_somebodys_word(message)
    if asks_something or await awaited_of(session, inbound, now=now) is None:
        raise SkipHandler
    speaking = await who_speaks(session, inbound, None)
    text = await answer_awaited(session, acts_of(inbound, speaking), speaking, inbound, now=now)
    if text is None:
        raise SkipHandler
    await reply(session, inbound, text, what="meetings", now=now)


async def _show(session: AsyncSession, speaking: Speaking, inbound: Inbound, now: datetime) -> None:
    if not inbound.private and not speaking.actor.is_member:
        raise SkipHandler
    shown = await show_party_day(session, speaking, in_group=not inbound.private, now=now)
    subject = None if shown.session_id is None else (SUBJECT, shown.session_id)
    await reply(session, inbound, shown.text, what=SHOWN, buttons=shown.buttons, subject=subject, now=now)
    if shown.card is not None:
        await reply(session, inbound, shown.card, what="report_card", now=now)


async def _tell_alone(session: AsyncSession, text: str, inbound: Inbound, now: datetime) -> None:
    if inbound.user_id is not None:
        key = f"meetings:{inbound.chat_id}:{inbound.message_id}"
        await tell_user(
            session, inbound.user_id, inbound.user_name, text, key=key, kind="reply.meetings", now=now
        )


async def _speaking(session: AsyncSession, inbound: Inbound, chat: ChatRow) -> Speaking:
    if not inbound.private and (chat.unit_id is None or not counts_here(inbound, chat)):
        raise SkipHandler
    return await who_speaks(session, inbound, chat)


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="meetings")
    router.message.register(by_command, Command("partyday"))
    router.message.register(in_words, OfMeetings())
    router.message.register(in_reply, F.reply_to_message, F.text)
    router.message.register(awaited, F.chat.type == "private", F.text, ~F.text.startswith("/"))
    return router
