"""The chats that the bot is in, the codes that bind, and the questions that wait."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Chat, Invite, Notice, Question

GONE = ("left", "kicked")


async def chat_by_telegram(session: AsyncSession, telegram_id: int) -> Chat | None:
    """The chat with this Telegram id; null when the bot has never seen it."""
    return (await session.exec(select(Chat).where(Chat.telegram_id == telegram_id))).first()


async def private_chat_open(session: AsyncSession, user_id: int | None) -> bool:
    """Whether the bot can write to a user privately: they have started it and not blocked it."""
    if user_id is None:
        return False
    chat = await chat_by_telegram(session, user_id)
    return chat is not None and chat.kind == "private" and chat.bot_status not in GONE


async def living_chat_id(session: AsyncSession, telegram_id: int) -> int:
    """The id under which a chat lives on: another than `telegram_id` when it became a supergroup."""
    chat = await chat_by_telegram(session, telegram_id)
    return telegram_id if chat is None or chat.migrated_to is None else chat.migrated_to


async def chats_of_unit(session: AsyncSession, unit_id: int) -> list[Chat]:
    """The group chats bound to exactly this unit in which the bot still is."""
    bound = select(Chat).where(Chat.unit_id == unit_id, col(Chat.bot_status).not_in(GONE))
    return list(await session.exec(bound.order_by(col(Chat.id))))


async def invite_by_code(session: AsyncSession, code: str) -> Invite | None:
    """The invite with this code."""
    return (await session.exec(select(Invite).where(Invite.code == code))).first()


async def question_of_act(
    session: AsyncSession, chat_id: int, message_id: int, act_index: int
) -> Question | None:
    """The question asked about this act, answered or not."""
    asked = select(Question).where(
        Question.chat_id == chat_id, Question.message_id == message_id, Question.act_index == act_index
    )
    return (await session.exec(asked)).first()


async def questions_of_message(session: AsyncSession, chat_id: int, message_id: int) -> list[Question]:
    """All questions asked about a message, in order."""
    asked = select(Question).where(Question.chat_id == chat_id, Question.message_id == message_id)
    return list(await session.exec(asked.order_by(col(Question.act_index))))


async def questions_waiting(session: AsyncSession, user_id: int) -> list[Question]:
    """What a user has been asked and has not answered, the oldest first."""
    waiting = select(Question).where(Question.asked_user_id == user_id, col(Question.answered_at).is_(None))
    return list(await session.exec(waiting.order_by(col(Question.id))))


async def notice_by_key(session: AsyncSession, key: str) -> Notice | None:
    """The notice with this key."""
    return (await session.exec(select(Notice).where(Notice.key == key))).first()


async def notices_about(
    session: AsyncSession, *, subject_kind: str, subject_id: int, with_buttons: bool = False
) -> list[Notice]:
    """The notices sent or waiting about a subject, in the order in which they were made."""
    about = select(Notice).where(
        Notice.subject_kind == subject_kind, Notice.subject_id == subject_id, Notice.method == "send"
    )
    found = list(await session.exec(about.order_by(col(Notice.id))))
    return [notice for notice in found if notice.buttons] if with_buttons else found


async def redirect_waiting_notices(session: AsyncSession, *, old: int, new: int) -> None:
    """What waits to be sent to the chat `old` goes to `new`, where it can answer no message of the old."""
    waiting = update(Notice).where(
        col(Notice.chat_id) == old, col(Notice.state) == "pending", col(Notice.attempt_started_at).is_(None)
    )
    await session.exec(waiting.where(col(Notice.method) == "send").values(chat_id=new, reply_to=None))


async def seen(session: AsyncSession, chat: Chat, now: datetime) -> None:
    """Remember that something came from this chat."""
    chat.seen_at = now
    session.add(chat)
