"""What somebody has been asked by the bot and answers in words: why, or whether it is settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Act
from bot.domain.inbound import Inbound
from bot.services.chat.answering import already_answered
from bot.services.chat.speaker import Speaking
from bot.services.matters.answer_outcome import answer_outcome
from bot.services.matters.own_words import take_own_words


async def answer_in_own_words(
    session: AsyncSession, acts: Sequence[Act], speaking: Speaking, inbound: Inbound, *, now: datetime
) -> bool:
    """Whether a message answers what its writer was asked, and the answer has been taken down.

    Args:
        acts: read from the message.
    """
    if speaking.branch is None or await already_answered(session, inbound):
        return False
    return await take_own_words(session, acts, speaking, inbound, now=now) or await answer_outcome(
        session, acts, speaking, inbound, now=now
    )
