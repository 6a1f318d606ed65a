"""What people write in groups: understood where the chat is bound, and answered by as little as possible."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.inbound import Inbound
from bot.secrets import Secrets
from bot.services.chat.chat_changes import ChatRow, say_once_what_lacks
from bot.services.chat.continue_telling import continue_telling
from bot.services.chat.keep_heard import keep_heard
from bot.services.chat.keep_photo import keep_photo
from bot.services.chat.offer_removal import offer_removal
from bot.services.chat.speaker import who_speaks
from bot.services.chat.take_message import take_message
from bot.services.matters.take_note import take_note
from bot.services.privacy.tell_consent import tell_consent
from bot.services.visits.heed import heed
from handlers.inbound import inbound_of, is_somebodys_word
from handlers.profile import Profile, reads_all
from handlers.understanding import acts_of


async def said_in_group(
    message: Message,
    session: AsyncSession,
    chat: ChatRow,
    bot_profile: Profile | None,
    now: datetime,
    secrets: Secrets | None = None,
) -> None:
    """Somebody has written something."""
    if not is_somebodys_word(message):
        return
    inbound = inbound_of(message)
    if chat.unit_id is None:
        await say_once_what_lacks(session, chat, reads_all=reads_all(bot_profile), now=now)
        return
    if not counts_here(inbound, chat):
        return
    await keep_photo(session, inbound, now=now)
    speaking = await who_speaks(session, inbound, chat)
    if inbound.text:
        acts = acts_of(inbound, speaking)
        await keep_heard(session, acts, speaking, inbound, secrets)
        effect = await take_message(session, acts, speaking, inbound, now=now)
        if effect.raised:
            await tell_consent(session, speaking, inbound, now=now)
        bot_name = None if bot_profile is None else bot_profile.username
        await offer_removal(session, effect.raised, speaking, inbound, bot_name=bot_name, now=now)
        heeded = await heed(session, effect.raised, speaking, inbound, now=now)
        if not (effect.anything or heeded):
            await take_note(session, speaking, inbound, now=now)
    elif not await take_note(session, speaking, inbound, now=now):
        await continue_telling(session, speaking, inbound, now=now)


def counts_here(inbound: Inbound, chat: ChatRow) -> bool:
    """Whether the message stands in the topic that the chat was bound in."""
    return chat.topic_id is None or inbound.topic_id == chat.topic_id


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="group_messages")
    router.message.register(
        said_in_group, F.chat.type.in_({"group", "supergroup"}), F.text | F.caption | F.photo
    )
    return router
