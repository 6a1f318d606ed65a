"""The bot itself is added, promoted, removed or blocked; a group becomes a supergroup."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.types import ChatMemberUpdated, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services.chat.chat_changes import ChatRow, bot_status_changed, chat_migrated
from handlers.profile import Profile, reads_all


async def own_status(
    event: ChatMemberUpdated, session: AsyncSession, chat: ChatRow, bot_profile: Profile | None, now: datetime
) -> None:
    """What the bot may do in a chat has changed."""
    was, status = str(event.old_chat_member.status), str(event.new_chat_member.status)
    if status == "restricted" and not getattr(event.new_chat_member, "is_member", True):
        status = "left"
    may_delete = getattr(event.new_chat_member, "can_delete_messages", None)
    await bot_status_changed(
        session,
        chat,
        was=_plain(was),
        status=_plain(status),
        reads_all=reads_all(bot_profile),
        may_delete=may_delete,
        now=now,
    )


async def moved_away(message: Message, session: AsyncSession, now: datetime) -> None:
    """Said in the old group: it lives on under another id."""
    if message.migrate_to_chat_id is not None:
        await chat_migrated(session, old=message.chat.id, new=message.migrate_to_chat_id, now=now)


async def moved_here(message: Message, session: AsyncSession, now: datetime) -> None:
    """Said in the supergroup: it had another id before."""
    if message.migrate_from_chat_id is not None:
        await chat_migrated(session, old=message.migrate_from_chat_id, new=message.chat.id, now=now)


def _plain(status: str) -> str:
    return status.removeprefix("ChatMemberStatus.").lower()


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="membership")
    router.my_chat_member.register(own_status)
    router.message.register(moved_away, F.migrate_to_chat_id)
    router.message.register(moved_here, F.migrate_from_chat_id)
    return router
