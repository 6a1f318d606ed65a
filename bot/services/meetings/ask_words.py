"""A button of a session needs words: asked for in one sentence, given by the next private message."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.inbound import Inbound
from bot.domain.meetings import WordsFor
from bot.services.chat import answering
from bot.services.chat.speaker import Speaking
from bot.wording import say
from storage.queries import meetings
from storage.tables import ActivitySession, MeetingWords

_WAITS = timedelta(minutes=30)


async def ask_words(
    session: AsyncSession, held: ActivitySession, what: WordsFor, speaking: Speaking, *, now: datetime
) -> str:
    """Ask for the words that a button needs; returns a short sentence for the one who has pressed."""
    user_id, name = speaking.actor.telegram_id or 0, speaking.preset.name
    before = await meetings.words_awaited(session, user_id, now=now)
    if before is not None:
        before.ended_at = now
        session.add(before)
    awaited = MeetingWords(
        user_id=user_id, session_id=held.id or 0, what=what, asked_at=now, expires_at=now + _WAITS
    )
    session.add(awaited)
    await session.flush()
    await answering.tell_user(
        session,
        user_id,
        speaking.actor.name,
        say(f"meetings.ask_{what}", name, title=held.title),
        key=f"meeting words:{awaited.id}",
        kind="meeting.words",
        branch_id=held.branch_id,
        now=now,
    )
    return say("meetings.write_below", name)


async def awaited_of(session: AsyncSession, inbound: Inbound, *, now: datetime) -> MeetingWords | None:
    """The words for which a private message may stand; null when none are waited for."""
    if not inbound.private or inbound.user_id is None or not inbound.text or inbound.reply_to_id is not None:
        return None
    return await meetings.words_awaited(session, inbound.user_id, now=now)
