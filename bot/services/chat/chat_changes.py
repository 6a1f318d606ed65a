"""The chats that the bot is in: seen, joined, left, blocked, grown into a supergroup, and what they lack."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage import outbox
from storage.outbox import Draft, Priority
from storage.queries import chats, notices
from storage.queries.roster import person_by_telegram
from storage.tables import Chat

GONE = chats.GONE
ChatRow = Chat
"""The row of a chat, for those who may not know of storage."""
_PRIVATE, _ADMIN, _LACKS = "private", "administrator", "chat.lacks"


async def see_chat(session: AsyncSession, telegram_id: int, *, kind: str, title: str, now: datetime) -> Chat:
    """The chat that something has come from: it is remembered, and the bot is in it."""
    chat = await chats.chat_by_telegram(session, telegram_id)
    if chat is None:
        chat = Chat(telegram_id=telegram_id, kind=kind, title=title, seen_at=now)
    chat.kind, chat.title, chat.seen_at = kind, title or chat.title, now
    if chat.bot_status in GONE and chat.migrated_to is None:
        chat.bot_status = "member"
    session.add(chat)
    await session.flush()
    return chat


async def bot_status_changed(
    session: AsyncSession,
    chat: Chat,
    *,
    was: str,
    status: str,
    reads_all: bool,
    now: datetime,
    may_delete: bool | None = None,
) -> None:
    """The bot was added, promoted, removed or blocked.

    A group that it has just joined is told what it still lacks there; one that lacks nothing hears nothing.

    Args:
        was, status: as the platform words it (`member`, `administrator`, `left`, `kicked`, …).
        reads_all: privacy mode is off.
        may_delete: whether it may delete what others write; null: the platform has not said.
    """
    chat.may_delete = may_delete
    chat.bot_status = status if status in (_ADMIN, *GONE) else "member"
    session.add(chat)
    if chat.kind != _PRIVATE and was in GONE and chat.bot_status not in GONE:
        await _tell_lacks(session, chat, reads_all=reads_all, stage=now.isoformat(), now=now)


async def say_once_what_lacks(session: AsyncSession, chat: Chat, *, reads_all: bool, now: datetime) -> None:
    """Something was written in a group that is not bound: said once, unless it has been said on joining."""
    said = await notices.about(session, subject_kind="chat", subject_id=chat.id or 0)
    if not any(notice.kind == _LACKS for notice in said):
        await _tell_lacks(session, chat, reads_all=reads_all, stage="seen", now=now)


async def chat_migrated(session: AsyncSession, *, old: int, new: int, now: datetime) -> None:
    """A group has become a supergroup."""
    await chats.move_to_supergroup(session, old=old, new=new, now=now)


async def lacks_of(session: AsyncSession, chat: Chat, *, reads_all: bool) -> list[str]:
    """What a group still has to do before the bot can help there, a sentence each."""
    preset = (await for_unit(session, chat.unit_id)).name
    lacks = [] if chat.unit_id is not None else [say("chats.lacks_bind", preset)]
    if chat.bot_status != _ADMIN:
        lacks.append(say("chats.lacks_admin" if reads_all else "chats.lacks_privacy", preset))
    return lacks


async def _tell_lacks(
    session: AsyncSession, chat: Chat, *, reads_all: bool, stage: str, now: datetime
) -> None:
    lacks = await lacks_of(session, chat, reads_all=reads_all)
    if not lacks:
        return
    draft = Draft(
        key=f"{_LACKS}:chat:{chat.id}:{stage}",
        kind=_LACKS,
        priority=Priority.ANSWER,
        text="\n".join([say("chats.lacks_head"), *lacks]),
        chat_id=chat.telegram_id,
        recipient=chat.title,
        subject_kind="chat",
        subject_id=chat.id,
        breaks_quiet=True,
    )
    await outbox.put(session, draft, now=now)


async def preset_of_chat(session: AsyncSession, telegram_id: int | None) -> str:
    """Name of the preset in whose words a chat is spoken to; a private one is its user's branch's."""
    if telegram_id is None:
        return (await for_unit(session, None)).name
    chat = await chats.chat_by_telegram(session, telegram_id)
    unit_id = None if chat is None else chat.unit_id
    if unit_id is None:
        person = await person_by_telegram(session, telegram_id)
        unit_id = None if person is None else person.branch_id
    return (await for_unit(session, unit_id)).name
