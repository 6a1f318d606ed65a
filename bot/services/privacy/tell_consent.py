"""A resident of whom the bot hears for the first time is told in a sentence what is kept, once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.inbound import Inbound
from bot.services.chat import answering
from bot.services.chat.speaker import Speaking
from bot.wording import say
from storage import outbox
from storage.queries import notices, privacy
from storage.tables import Consent


class Way(StrEnum):
    """Where somebody was first heard of."""

    START = "start"
    PLATE = "plate"
    GROUP = "group"


async def consent_once(session: AsyncSession, speaking: Speaking, way: Way, *, now: datetime) -> str | None:
    """The sentence for whoever has not been told yet; null: they have been, or hold an office."""
    user_id = speaking.actor.telegram_id
    if user_id is None or speaking.actor.roles or await privacy.consent_of(session, user_id) is not None:
        return None
    session.add(Consent(telegram_id=user_id, told_at=now, way=way))
    await session.flush()
    return say("privacy.consent", speaking.preset.name, days=speaking.preset.retention_days)


async def tell_consent(session: AsyncSession, speaking: Speaking, inbound: Inbound, *, now: datetime) -> None:
    """Put the sentence below the number that somebody's first matter has been given."""
    key = answering.reply_key(inbound, answering.REGISTERED)
    said = await notices.by_key(session, key)
    if said is None or said.state != outbox.PENDING:
        return
    sentence = await consent_once(session, speaking, Way.GROUP, now=now)
    if sentence is not None:
        said.text = f"{said.text}\n{sentence}"
        session.add(said)
