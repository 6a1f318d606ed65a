"""Orders about matters, in words; and the words that a button has asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.inbound import Inbound
from bot.services.chat import answering
from bot.services.chat.await_words import are_words_awaited, words_given
from bot.services.chat.chat_changes import ChatRow
from bot.services.chat.speaker import Speaking, who_speaks
from bot.services.matters.enter_matter import enter_matter
from bot.services.matters.obey_order import Told, obey
from bot.services.matters.order_meant import Meant, order_meant
from bot.text.orders import (
    Entry,
    order_of_place,
    read_confided,
    read_entry,
    read_new,
    reads_as_order,
)
from handlers.group_messages import counts_here
from handlers.inbound import inbound_of, is_somebodys_word
from handlers.understanding import acts_of

_WORDS = "words"


@dataclass(frozen=True, slots=True)
class Spoken:
    """Somebody's own words, and who they are."""

    inbound: Inbound
    speaking: Speaking


class GivesWords(Filter):
    """The words that a button has asked for."""

    async def __call__(
        self, message: Message, session: AsyncSession, chat: ChatRow, now: datetime
    ) -> bool | dict[str, str]:
        inbound = inbound_of(message)
        if await answering.has_replied(session, inbound, _WORDS):
            return {"done": ""}  # handled before: replying again does nothing
        if not await are_words_awaited(session, inbound, now=now):
            return False
        spoken = await _spoken(message, session, chat)
        acts = acts_of(spoken.inbound, spoken.speaking)
        done = await words_given(session, acts, spoken.speaking, spoken.inbound, now=now)
        return False if done is None else {"done": done}


class Orders(Filter):
    """An order about a matter."""

    async def __call__(
        self, message: Message, session: AsyncSession, chat: ChatRow, now: datetime
    ) -> bool | dict[str, Spoken | Meant]:
        inbound = inbound_of(message)
        if not is_heard(message, inbound, chat):
            return False
        placed = None if reads_as_order(inbound.text) else order_of_place(inbound.text)
        if placed is None and not reads_as_order(inbound.text):
            return False
        spoken = await _spoken(message, session, chat)
        if placed is not None:
            # A town officer says first of which of their villages.
            if not spoken.speaking.is_of_village(placed[0]):
                return False
            inbound = inbound.saying(placed[1])
        meant = await order_meant(session, spoken.speaking, inbound, now=now)
        return False if meant is None else {"spoken": Spoken(inbound, spoken.speaking), "meant": meant}


class Enters(Filter):
    """A matter entered outright."""

    async def __call__(
        self, message: Message, session: AsyncSession, chat: ChatRow
    ) -> bool | dict[str, Spoken | Entry]:
        inbound = inbound_of(message)
        entry = read_entry(inbound.text)
        if entry is None and inbound.private:
            entry = read_confided(inbound.text)
        if entry is None or not is_heard(message, inbound, chat):
            return False
        spoken = await _spoken(message, session, chat)
        return False if spoken.speaking.branch is None else {"spoken": spoken, "entry": entry}


async def words_came(message: Message, done: str, session: AsyncSession, now: datetime) -> None:
    """What was asked for in words has been done."""
    await answering.reply(session, inbound_of(message), done, what=_WORDS, now=now)


async def ordered(
    message: Message, spoken: Spoken, meant: Meant, session: AsyncSession, now: datetime
) -> None:
    """Somebody says what is to be done with a matter; the same message twice does it once."""
    inbound = spoken.inbound
    if await answering.already_answered(session, inbound):
        return
    told = Told(spoken.speaking, inbound)
    done = await obey(session, meant.matter, meant.order, told, now=now)
    await answering.react(session, inbound.chat_id, inbound.message_id, now=now)
    if inbound.private:
        await answering.reply(session, inbound, done, what="order", now=now)


async def entered(
    message: Message, spoken: Spoken, entry: Entry, session: AsyncSession, now: datetime
) -> None:
    """Somebody enters a matter for another, or without their name."""
    acts = acts_of(spoken.inbound.saying(entry.words), spoken.speaking)
    await enter_matter(session, entry, acts, spoken.speaking, spoken.inbound, now=now)


async def said_after_command(
    message: Message, words: str, session: AsyncSession, chat: ChatRow, now: datetime
) -> bool:
    """What follows `/matter`: "new …" enters one, "12 转给 张建国" is an order. False when it is neither."""
    inbound = inbound_of(message)
    spoken = Spoken(inbound, await who_speaks(session, inbound, chat))
    entry = read_new(words)
    if entry is not None:
        await entered(message, spoken, entry, session, now)
        return True
    said = inbound.saying(f"#{words.lstrip('#')}")
    meant = await order_meant(session, spoken.speaking, said, now=now)
    if meant is not None:
        await ordered(message, spoken, meant, session, now)
    return meant is not None


def is_heard(message: Message, inbound: Inbound, chat: ChatRow) -> bool:
    """Whether somebody says it themselves, to the bot or where it listens."""
    if not is_somebodys_word(message) or not inbound.text:
        return False
    return inbound.private or (chat.unit_id is not None and counts_here(inbound, chat))


async def _spoken(message: Message, session: AsyncSession, chat: ChatRow) -> Spoken:
    inbound = inbound_of(message)
    return Spoken(inbound, await who_speaks(session, inbound, chat))


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="orders")
    router.message.register(words_came, F.chat.type == "private", GivesWords())
    router.message.register(entered, Enters())
    router.message.register(ordered, Orders())
    return router
