"""Links in words: how they stand, proposals, handing over, homes that moved, who answers for whom."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Filter
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import ExpectedError
from bot.secrets import Secrets
from bot.services.chat.answering import react, reply
from bot.services.chat.chat_changes import ChatRow
from bot.services.chat.speaker import Speaking, who_speaks
from bot.services.roster.check_links import show_links
from bot.services.roster.move_household import move_household
from bot.services.roster.order_links import choose_link, order_links
from bot.services.roster.propose_links import Shown, propose_links
from bot.services.roster.responsible import ask_responsible
from bot.text.linking import Asks, LinksAsked, read_links
from handlers.group_messages import counts_here
from handlers.inbound import inbound_of, is_somebodys_word

_CHOICES = (Asks.CHOICE_OF_RESIDENT, Asks.CHOICE_OF_MEMBER)


class AsksOfLinks(Filter):
    """The message is about links; privately, of a village named first."""

    async def __call__(self, message: Message) -> bool | dict[str, LinksAsked]:
        text, today = (message.text or "").strip(), message.date.date()
        if not text or not is_somebodys_word(message):
            return False
        asked = read_links(text, today)
        if asked is None and message.chat.type == "private":
            asked = read_links(text.partition(" ")[2], today)
        return False if asked is None else {"asked": asked}


async def privately(
    message: Message, asked: LinksAsked, session: AsyncSession, now: datetime, secrets: Secrets | None = None
) -> None:
    """Somebody says it to the bot alone."""
    inbound = inbound_of(message)
    speaking = await who_speaks(session, inbound, None)
    if speaking.branch is None and not speaking.villages:
        raise SkipHandler
    shown = await _do(session, asked, speaking, secrets, now)
    await reply(
        session,
        inbound,
        shown.text,
        what="links",
        buttons=shown.buttons,
        subject=None if shown.proposal is None else ("link_proposal", shown.proposal),
        branch_id=speaking.branch_id,
        now=now,
    )


async def moved_in_group(
    message: Message, asked: LinksAsked, session: AsyncSession, chat: ChatRow, now: datetime
) -> None:
    """A member says in the group where a household has moved; all else is not for the group."""
    inbound = inbound_of(message)
    if asked.asks is not Asks.MOVED or chat.unit_id is None or not counts_here(inbound, chat):
        raise SkipHandler
    speaking = await who_speaks(session, inbound, chat)
    if not speaking.actor.is_member:
        raise SkipHandler
    try:
        await move_household(session, asked.home, asked.address, speaking, now=now)
    except ExpectedError:
        raise SkipHandler from None  # not what it sounded like: talk like any other
    await react(session, inbound.chat_id, inbound.message_id, now=now)


async def _do(
    session: AsyncSession, asked: LinksAsked, speaking: Speaking, secrets: Secrets | None, now: datetime
) -> Shown:
    if asked.asks is Asks.CHECK:
        return Shown(await show_links(session, speaking, now=now))
    if asked.asks is Asks.PROPOSE:
        return await propose_links(session, speaking, now=now)
    if asked.asks is Asks.MOVED:
        return Shown(await move_household(session, asked.home, asked.address, speaking, now=now))
    if asked.asks is Asks.RESPONSIBLE:
        return Shown(await ask_responsible(session, asked.home, asked.day, speaking, now=now))
    if asked.asks in _CHOICES:
        return Shown(await choose_link(session, asked, speaking, secrets, now=now))
    return Shown(await order_links(session, asked, speaking, secrets, now=now))


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="linking")
    router.message.register(privately, F.chat.type == "private", AsksOfLinks())
    router.message.register(moved_in_group, F.chat.type.in_({"group", "supergroup"}), AsksOfLinks())
    return router
