"""The chats that the bot is in, the codes that bind, and the questions that wait."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import outbox
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


async def have_blocked(session: AsyncSession, user_ids: Collection[int]) -> set[int]:
    """Which of these users have blocked the bot."""
    gone = select(Chat.telegram_id).where(
        col(Chat.telegram_id).in_(user_ids), Chat.kind == "private", col(Chat.bot_status).in_(GONE)
    )
    return set(await session.exec(gone))


async def living_chat_id(session: AsyncSession, telegram_id: int) -> int:
    """The id under which a chat lives on: another than `telegram_id` when it became a supergroup."""
    chat = await chat_by_telegram(session, telegram_id)
    return telegram_id if chat is None or chat.migrated_to is None else chat.migrated_to


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


async def move_to_supergroup(session: AsyncSession, *, old: int, new: int, now: datetime) -> None:
    """A group has become the supergroup `new`: its binding and what waits to be sent move there.

    What was written in the group keeps its chat and message ids: the supergroup numbers its messages
    anew, so that the same pair of ids would stand for another message.
    """
    before, after = await chat_by_telegram(session, old), await chat_by_telegram(session, new)
    if after is None:
        after = Chat(telegram_id=new, kind="supergroup", seen_at=now)
    after.kind = "supergroup"
    if before is not None and before.migrated_to is None:
        after.title = after.title or before.title
        if after.unit_id is None:
            after.unit_id, after.bound_at = before.unit_id, before.bound_at
        if before.bot_status not in GONE:
            after.bot_status = before.bot_status
        before.migrated_to, before.bot_status, before.unit_id = new, "left", None
        session.add(before)
    session.add(after)
    waiting = (col(Notice.chat_id) == old, col(Notice.state) == outbox.PENDING)
    sends = update(Notice).where(*waiting, col(Notice.method) == "send")
    await session.exec(sends.values(chat_id=new, reply_to=None, topic_id=None))
    # The old group's messages can't be edited or reacted to any more.
    others = update(Notice).where(*waiting, col(Notice.method) != "send")
    await session.exec(others.values(state=outbox.CANCELLED, cancelled_by="chat migrated", cancelled_at=now))
    await session.flush()
