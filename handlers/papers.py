"""The way to what can be printed: with a slash, or as a plain word; privately only."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, Filter
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotPossible
from bot.services.chat.answering import reply
from bot.services.chat.chat_changes import ChatRow
from bot.services.chat.speaker import who_speaks
from bot.services.views.open_ledger import may_open_ledger
from bot.text.papers import asks_to_print
from bot.wording import say
from handlers.inbound import inbound_of, is_somebodys_word
from handlers.profile import Doors


class AsksToPrint(Filter):
    """The message asks for what can be printed."""

    async def __call__(self, message: Message) -> bool:
        return is_somebodys_word(message) and asks_to_print(message.text or "")


async def papers(
    message: Message, session: AsyncSession, chat: ChatRow, now: datetime, doors: Doors | None = None
) -> None:
    """A way in, for those who decide; a link is nobody else's to see."""
    inbound = inbound_of(message)
    speaking = await who_speaks(session, inbound, chat)
    person_id = await may_open_ledger(session, speaking, refusal="papers.not_yours", now=now)
    if doors is None:
        raise NotPossible("help.ledger_shut")
    text = say("papers.link", speaking.preset.name, link=doors.link(person_id, now=now, to="papers"))
    await reply(session, inbound, text, what="papers", now=now)


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="papers")
    private = F.chat.type == "private"
    router.message.register(papers, Command("print"), private)
    router.message.register(papers, AsksToPrint(), private)
    return router
