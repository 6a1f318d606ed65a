"""What is kept of whoever asks: shown, or erased. Privately; in a group the way there is told."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command, Filter
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.secrets import Secrets
from bot.services.chat.answering import reply
from bot.services.chat.chat_changes import ChatRow
from bot.services.chat.speaker import who_speaks
from bot.services.privacy.ask_to_forget import ask_to_forget
from bot.services.privacy.show_own_data import show_own_data
from bot.text.privacy import PrivacyAsked, read_privacy
from handlers.inbound import inbound_of, is_somebodys_word


class Asks(Filter):
    """The whole message asks for one of these."""

    def __init__(self, what: PrivacyAsked) -> None:
        self._what = what

    async def __call__(self, message: Message) -> bool:
        return is_somebodys_word(message) and read_privacy(message.text or "") is self._what


async def forget(message: Message, session: AsyncSession, chat: ChatRow, now: datetime) -> None:
    """Somebody wants what is kept of them erased: they are asked once."""
    inbound = inbound_of(message)
    speaking = await who_speaks(session, inbound, chat)
    asked = await ask_to_forget(session, speaking, in_group=not inbound.private)
    await reply(session, inbound, asked.text, what="forget", buttons=asked.buttons, now=now)


async def my_data(
    message: Message, session: AsyncSession, chat: ChatRow, now: datetime, secrets: Secrets | None = None
) -> None:
    """Somebody wants to see what is kept of them."""
    inbound = inbound_of(message)
    speaking = await who_speaks(session, inbound, chat)
    text = await show_own_data(session, speaking, secrets, in_group=not inbound.private, now=now)
    await reply(session, inbound, text, what="my_data", now=now)


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="forget")
    router.message.register(forget, Command("forget"))
    router.message.register(my_data, Command("mydata"))
    router.message.register(forget, Asks(PrivacyAsked.FORGET))
    router.message.register(my_data, Asks(PrivacyAsked.SHOW))
    return router
