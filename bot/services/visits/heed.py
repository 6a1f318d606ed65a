"""What a message says of households beside what it reports: away, an occasion, a fever, a bare number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.inbound import Inbound
from bot.services.chat import answering
from bot.services.chat.speaker import Speaking
from bot.services.visits.ask_which import ask_which
from bot.services.visits.note_away import note_away
from bot.services.visits.note_health import see_to_fever
from bot.services.visits.note_occasions import note_occasions
from bot.wording import say
from storage.tables import Matter


async def heed(
    session: AsyncSession,
    raised: Sequence[Matter],
    speaking: Speaking,
    inbound: Inbound,
    *,
    now: datetime,
    quiet: bool = False,
) -> bool:
    """Take it, once its acts are recorded. False when the message says nothing of the kind.

    Args:
        raised: the matters that the message has raised.
        quiet: it has been answered already, or was edited: whoever wrote it need not be thanked.
    """
    away = await note_away(session, speaking, inbound, now=now)
    told = await note_occasions(session, raised, speaking, inbound, now=now)
    await see_to_fever(session, speaking, inbound, now=now)
    await ask_which(session, speaking, inbound, now=now)
    if told and inbound.private and not quiet and not away:
        thanks = say("contact.thanks_told", speaking.preset.name)
        await answering.reply(session, inbound, thanks, what="occasion", now=now)
    return away or told
