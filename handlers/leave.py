"""Leave and the village's calendar: with a slash anywhere, as plain words privately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, Filter
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.inbound import Inbound
from bot.services.chat.answering import already_answered, react, reply
from bot.services.chat.chat_changes import ChatRow
from bot.services.chat.speaker import Speaking, who_speaks
from bot.services.roster.set_calendar import set_calendar
from bot.services.roster.take_leave import ask_leave
from bot.services.roster.take_leave_for import LeaveFor, leave_meant, take_leave_for
from bot.text.leave import CalendarAsked, LeaveAsked, mentions_leave, read_calendar, read_leave
from handlers.inbound import inbound_of, is_somebodys_word
from handlers.orders import is_heard


class AsksLeave(Filter):
    """The message asks for leave, or ends it."""

    async def __call__(self, message: Message) -> bool:
        text, today = message.text or "", message.date.date()
        return is_somebodys_word(message) and read_leave(text, today) is not None


@dataclass(frozen=True, slots=True)
class SaidOfOther:
    """Leave for somebody whom the speaker leads."""

    inbound: Inbound
    speaking: Speaking
    leave: LeaveFor


class AsksLeaveForOther(Filter):
    """The message takes leave for somebody whom its writer leads, privately or where the bot listens."""

    async def __call__(
        self, message: Message, session: AsyncSession, chat: ChatRow
    ) -> bool | dict[str, SaidOfOther]:
        inbound = inbound_of(message)
        if not mentions_leave(inbound.text) or not is_heard(message, inbound, chat):
            return False
        speaking = await who_speaks(session, inbound, chat)
        meant = await leave_meant(session, inbound.text, speaking, sent_at=inbound.sent_at)
        return False if meant is None else {"said": SaidOfOther(inbound, speaking, meant)}


class AsksCalendar(Filter):
    """The message is about the village's calendar."""

    async def __call__(self, message: Message) -> bool:
        text, today = message.text or "", message.date.date()
        return is_somebodys_word(message) and read_calendar(text, today) is not None


async def leave(message: Message, session: AsyncSession, chat: ChatRow, now: datetime) -> None:
    """Somebody goes on leave, or comes back."""
    inbound = inbound_of(message)
    speaking = await who_speaks(session, inbound, chat)
    text, command = _said(inbound.text)
    asked = read_leave(text, speaking.day_of(now), command=command) or LeaveAsked()
    answer = await ask_leave(session, asked, speaking, now=now)
    await reply(session, inbound, answer, what="leave", branch_id=speaking.branch_id, now=now)


async def leave_for_other(message: Message, said: SaidOfOther, session: AsyncSession, now: datetime) -> None:
    """Somebody's leader takes leave for them; a group is shown a reaction at most."""
    inbound = said.inbound
    if await already_answered(session, inbound):
        return
    answer = await take_leave_for(session, said.leave, said.speaking, now=now)
    await react(session, inbound.chat_id, inbound.message_id, now=now)
    if inbound.private:
        await reply(session, inbound, answer, what="leave", branch_id=said.speaking.branch_id, now=now)


async def calendar(message: Message, session: AsyncSession, chat: ChatRow, now: datetime) -> None:
    """Somebody asks for the calendar, or sets the busy days."""
    inbound = inbound_of(message)
    speaking = await who_speaks(session, inbound, chat)
    text, command = _said(inbound.text)
    asked = read_calendar(text, speaking.day_of(now), command=command) or CalendarAsked()
    answer = await set_calendar(session, asked, speaking, now=now)
    await reply(session, inbound, answer, what="calendar", branch_id=speaking.branch_id, now=now)


def _said(text: str) -> tuple[str, bool]:
    """What was said, and whether that was after a command, which is left out."""
    return (text.partition(" ")[2], True) if text.startswith("/") else (text, False)


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="leave")
    router.message.register(leave, Command("leave"))
    router.message.register(calendar, Command("calendar"))
    router.message.register(leave, F.chat.type == "private", AsksLeave())
    router.message.register(leave_for_other, AsksLeaveForOther())
    router.message.register(calendar, F.chat.type == "private", AsksCalendar())
    return router
