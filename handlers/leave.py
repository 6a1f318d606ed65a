"""Leave and the village's calendar: with a slash anywhere, as plain words privately."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, Filter
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services.chat.answering import reply
from bot.services.chat.chat_changes import ChatRow
from bot.services.chat.speaker import who_speaks
from bot.services.roster.set_calendar import set_calendar
from bot.services.roster.take_leave import ask_leave
from bot.text.leave import CalendarAsked, LeaveAsked, read_calendar, read_leave
from handlers.inbound import inbound_of, is_somebodys_word


class AsksLeave(Filter):
    """The message asks for leave, or ends it."""

    async def __call__(self, message: Message) -> bool:
        text, today = message.text or "", message.date.date()
        return is_somebodys_word(message) and read_leave(text, today) is not None


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
    router.message.register(calendar, F.chat.type == "private", AsksCalendar())
    return router
