"""A secretary teaches the village's own words, by a command or by just writing "教 …"; so may the town."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command, CommandObject, Filter
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled
from bot.domain.inbound import Inbound
from bot.secrets import Secrets
from bot.services.chat.answering import reply
from bot.services.chat.chat_changes import ChatRow
from bot.services.chat.speaker import Speaking, who_speaks
from bot.services.words.forget_word import forget_word
from bot.services.words.list_words import list_words
from bot.services.words.teach_word import teach_word
from bot.text.lessons import Lesson, asks_for_words, read_forgetting, read_lesson
from handlers.group_messages import counts_here
from handlers.inbound import inbound_of, is_somebodys_word

_TAUGHT_IN_WORDS = "教 "  # what a command's own words stand behind when nobody uses a command


class Taught(Filter):
    """The message teaches a word, forgets one or asks for the list; privately, of a village named first."""

    async def __call__(self, message: Message) -> bool | dict[str, object]:
        text = (message.text or "").strip()
        if not text or not is_somebodys_word(message):
            return False
        named = text.partition(" ")[2] if message.chat.type == "private" else ""
        for words in (text, named):
            if (lesson := read_lesson(words)) is not None:
                return {"lesson": lesson}
            if (word := read_forgetting(words)) is not None:
                return {"forget": word}
            if asks_for_words(words):
                return {"listing": True}
        return False


async def in_words(
    message: Message,
    session: AsyncSession,
    chat: ChatRow,
    now: datetime,
    lesson: Lesson | None = None,
    forget: str | None = None,
    secrets: Secrets | None = None,
) -> None:
    """Taught without a command. What others say that only sounds like it is talk like any other."""
    inbound = inbound_of(message)
    speaking = await _speaking(session, inbound, chat)
    try:
        await _do(session, lesson, forget, speaking, inbound, secrets, now)
    except NotEntitled:
        if inbound.private and speaking.actor.roles:
            raise
        raise SkipHandler from None


async def by_command(
    message: Message,
    command: CommandObject,
    session: AsyncSession,
    chat: ChatRow,
    now: datetime,
    secrets: Secrets | None = None,
) -> None:
    """`/teach …`, `/unteach …`, `/words`."""
    inbound = inbound_of(message)
    speaking = await _speaking(session, inbound, chat)
    said = (command.args or "").strip()
    if command.command == "words":
        await _do(session, None, None, speaking, inbound, secrets, now)
    elif command.command == "unteach":
        await _do(session, None, said, speaking, inbound, secrets, now)
    else:
        lesson = read_lesson(f"{_TAUGHT_IN_WORDS}{said}")
        await _do(session, lesson, None, speaking, inbound, secrets, now)


async def _speaking(session: AsyncSession, inbound: Inbound, chat: ChatRow) -> Speaking:
    if not inbound.private and (chat.unit_id is None or not counts_here(inbound, chat)):
        raise SkipHandler
    return await who_speaks(session, inbound, chat)


async def _do(
    session: AsyncSession,
    lesson: Lesson | None,
    forget: str | None,
    speaking: Speaking,
    inbound: Inbound,
    secrets: Secrets | None,
    now: datetime,
) -> None:
    if lesson is not None:
        await teach_word(session, lesson, speaking, inbound, secrets, now=now)
    elif forget is not None:
        text = await forget_word(session, forget, speaking, now=now)
        await reply(session, inbound, text, what="forget_word", now=now)
    else:
        await reply(session, inbound, await list_words(session, speaking), what="words", now=now)


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="teaching")
    router.message.register(by_command, Command("teach", "unteach", "words"))
    router.message.register(in_words, F.text, Taught())
    return router
