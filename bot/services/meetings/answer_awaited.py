"""The words that a button of a session has asked for arrive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Act, Sureness, Visit
from bot.domain.inbound import Inbound
from bot.domain.meetings import WordsFor
from bot.services.chat.speaker import Speaking
from bot.services.meetings.ask_words import awaited_of
from bot.services.meetings.prepare_session import words_for_session
from bot.services.meetings.sign_in import enter_present
from bot.services.meetings.take_minutes import take_minutes
from bot.text.meetings import read_names
from bot.text.orders import drops
from bot.wording import say
from storage.tables import ActivitySession


async def answer_awaited(
    session: AsyncSession, acts: Sequence[Act], speaking: Speaking, inbound: Inbound, *, now: datetime
) -> str | None:
    """Do what a button was pressed for, with the words of a private message.

    Args:
        acts: read from the message: a visit reported meanwhile is not taken for the words.

    Returns:
        The answer; null when nothing is waited for, or this is not it.

    Raises:
        ExpectedError: it can't be done so. The words are waited for again.
    """
    awaited = await awaited_of(session, inbound, now=now)
    if awaited is None:
        return None
    what = WordsFor(awaited.what)
    visited = any(isinstance(act, Visit) and act.sureness is Sureness.SURE for act in acts)
    if visited and what is not WordsFor.MINUTES:
        return None
    held = await session.get_one(ActivitySession, awaited.session_id)
    if drops(inbound.text):
        answer = say("moves.dropped", speaking.preset.name)
    elif what is WordsFor.MINUTES:
        answer = await take_minutes(session, inbound.text, speaking, inbound, now=now, held=held)
    elif what is WordsFor.SIGN_IN:
        answer = await enter_present(session, read_names(inbound.text), speaking, now=now, held=held)
    else:
        answer = await words_for_session(session, held, what, inbound.text, speaking, now=now)
    awaited.ended_at = now
    session.add(awaited)
    return answer
