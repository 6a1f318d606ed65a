"""Who somebody is: the phone they send, what they say of themselves, and names that are freed. Privately."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Filter
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.delivery import ASKS_NOTHING
from bot.domain.errors import NotPossible
from bot.secrets import Secrets
from bot.services.chat.answering import reply
from bot.services.chat.speaker import who_speaks
from bot.services.roster.claim_in_words import ask_for_phone, claim_by_phone, claim_by_word
from bot.services.roster.name_claims import Claimant
from bot.services.roster.unbind_name import unbind_name
from bot.text.claims import read_name, read_unbinding
from bot.wording import say
from handlers.inbound import inbound_of, is_somebodys_word


class SaysWho(Filter):
    """The message says who its writer is."""

    async def __call__(self, message: Message) -> bool | dict[str, str]:
        said = read_name(message.text or "") if is_somebodys_word(message) else None
        return False if said is None else {"said": said}


class FreesName(Filter):
    """The message frees somebody's name; of a village named first, when a town officer says it."""

    async def __call__(self, message: Message) -> bool | dict[str, str]:
        text = (message.text or "").strip()
        if not is_somebodys_word(message):
            return False
        said = read_unbinding(text) or read_unbinding(text.partition(" ")[2])
        return False if said is None else {"said": said}


async def phone(message: Message, session: AsyncSession, now: datetime, secrets: Secrets) -> None:
    """A contact: of whoever sends it, or it says nothing."""
    inbound = inbound_of(message)
    contact = message.contact
    if contact is None or inbound.user_id is None or not is_somebodys_word(message):
        return
    speaking = await who_speaks(session, inbound, None)
    if contact.user_id != inbound.user_id:
        text = say("names.phone_not_own", speaking.preset.name)
        await reply(
            session, inbound, text, what="phone", buttons=ask_for_phone(speaking.preset.name), now=now
        )
        return
    claimant = Claimant(inbound.user_id, inbound.user_name)
    text = await claim_by_phone(session, contact.phone_number, claimant, secrets, now=now)
    done = [[{"text": "", "asks": ASKS_NOTHING}]]
    await reply(session, inbound, text, what="phone", buttons=done, now=now)


async def says_who(message: Message, said: str, session: AsyncSession, now: datetime) -> None:
    """Somebody says who they are. What only sounds like it is talk like any other."""
    inbound = inbound_of(message)
    if inbound.user_id is None:
        raise SkipHandler
    try:
        text = await claim_by_word(session, said, Claimant(inbound.user_id, inbound.user_name), now=now)
    except NotPossible as refused:
        if refused.key == "names.you_are_another":
            raise SkipHandler from None
        raise
    if text is None:
        raise SkipHandler
    await reply(session, inbound, text, what="says_who", now=now)


async def unbind(message: Message, said: str, session: AsyncSession, now: datetime) -> None:
    """The secretary frees a name."""
    inbound = inbound_of(message)
    speaking = await who_speaks(session, inbound, None)
    text = await unbind_name(session, said, speaking, now=now)
    await reply(session, inbound, text, what="unbind", branch_id=speaking.branch_id, now=now)


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="names")
    router.message.register(phone, F.chat.type == "private", F.contact)
    router.message.register(unbind, F.chat.type == "private", FreesName())
    router.message.register(says_who, F.chat.type == "private", SaysWho())
    return router
