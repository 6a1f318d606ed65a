"""Edited messages: the ledger follows."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.secrets import Secrets
from bot.services.chat.amend_by_edit import amend_by_edit
from bot.services.chat.chat_changes import ChatRow
from bot.services.chat.keep_heard import keep_heard
from bot.services.chat.speaker import who_speaks
from bot.services.visits.heed import heed
from handlers.group_messages import counts_here
from handlers.inbound import inbound_of, is_somebodys_word
from handlers.understanding import acts_of


async def edited(
    message: Message, session: AsyncSession, chat: ChatRow, now: datetime, secrets: Secrets | None = None
) -> None:
    """Somebody has changed what they wrote; whether it can be seen is not said."""
    inbound = inbound_of(message)
    if not is_somebodys_word(message) or not (inbound.private or chat.unit_id is not None):
        return
    if not counts_here(inbound, chat):
        return
    speaking = await who_speaks(session, inbound, chat)
    if speaking.branch is not None:
        acts = acts_of(inbound, speaking)
        await keep_heard(session, acts, speaking, inbound, secrets)
        await amend_by_edit(session, acts, speaking, inbound, now=now)
        await heed(session, (), speaking, inbound, now=now, quiet=True)


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="edits")
    router.edited_message.register(edited, F.text | F.caption)
    return router
