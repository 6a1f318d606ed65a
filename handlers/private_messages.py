"""What people write to the bot alone: understood like anything else, and never told to a group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from aiogram import F, Router
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Act, Grievance, Urgency
from bot.services.chat.answering import has_had_effect, reply, say_once_a_day
from bot.services.chat.continue_telling import continue_telling
from bot.services.chat.keep_photo import keep_photo
from bot.services.chat.speaker import who_speaks
from bot.services.chat.take_message import take_message
from bot.services.matters.take_note import take_note
from bot.services.roster.claim_in_words import ask_for_phone
from bot.services.visits.heed import heed
from bot.wording import say
from handlers.inbound import inbound_of, is_somebodys_word
from handlers.understanding import acts_of


async def said_privately(message: Message, session: AsyncSession, now: datetime) -> None:
    """Somebody has written to the bot."""
    if not is_somebodys_word(message):
        return
    inbound = inbound_of(message)
    await keep_photo(session, inbound, now=now)
    speaking = await who_speaks(session, inbound, None)
    if not inbound.text:
        if not await take_note(session, speaking, inbound, now=now):
            await continue_telling(session, speaking, inbound, now=now)
        return
    acts = acts_of(inbound, speaking)
    if speaking.branch is None and not speaking.actor.roles:
        name = speaking.preset.name
        text = f"{say(_unknown(acts), name)}\n{say('names.say_who', name)}"
        await reply(session, inbound, text, what="no_branch", buttons=ask_for_phone(name), now=now)
        return
    effect = await take_message(session, acts, speaking, inbound, now=now)
    heeded = await heed(session, effect.raised, speaking, inbound, now=now, quiet=effect.anything)
    if effect.anything or heeded or await has_had_effect(session, inbound):
        return
    if not await take_note(session, speaking, inbound, now=now):
        text = say("help.not_understood", speaking.preset.name)
        await say_once_a_day(session, inbound, text, what="help", day=speaking.day_of(now), now=now)


def _unknown(acts: Sequence[Act]) -> str:
    """What somebody is told of whom nobody knows where they live."""
    emergency = any(isinstance(act, Grievance) and act.urgency is Urgency.EMERGENCY for act in acts)
    return "chats.no_branch_emergency" if emergency else "chats.no_branch"


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="private_messages")
    router.message.register(said_privately, F.chat.type == "private", F.text | F.caption | F.photo)
    return router
