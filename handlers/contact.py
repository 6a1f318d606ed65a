"""What the secretary asks about contact with households: how those in quarantine are."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services.chat.answering import reply
from bot.services.chat.speaker import who_speaks
from bot.services.visits.note_health import show_health
from bot.text.health import asks_for_health
from handlers.inbound import inbound_of


async def health(message: Message, session: AsyncSession, now: datetime) -> None:
    """Somebody asks for the temperatures of the last days."""
    inbound = inbound_of(message)
    speaking = await who_speaks(session, inbound, None)
    answer = await show_health(session, speaking, now=now)
    await reply(session, inbound, answer, what="health", branch_id=speaking.branch_id, now=now)


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="contact")
    router.message.register(health, F.chat.type == "private", F.text.func(asks_for_health))
    return router
