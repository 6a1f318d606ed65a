"""A matter told and dealt with in one message ("李大娘家水管坏了，我已经帮着修好了").

It stands in the ledger with its number, and nobody is sent out. A resident who says so has the last
word at once: closed, satisfied. A member's word is asked after, when somebody of the household can be
reached; else the matter is closed with no outcome, for nobody has given one.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import Move, Outcome
from bot.services.chat.speaker import Speaking
from bot.services.matters.ask_outcome import ask_outcome
from bot.services.matters.move_matter import move
from bot.services.matters.whom_to_ask import resident_to_ask
from storage.tables import Matter


async def mended_already(session: AsyncSession, matter: Matter, speaking: Speaking, *, now: datetime) -> None:
    """Take a new matter to where its own message says that it stands."""
    matter.acknowledged_at = matter.solved_at = now
    matter.acknowledge_by = matter.next_call_at = None
    await move(session, matter, Move.CLAIM_SOLVED, by=speaking.actor, now=now)
    if not speaking.actor.is_member:
        matter.outcome, matter.closed_at = Outcome.SATISFIED, now
    elif await resident_to_ask(session, matter) is not None:
        await ask_outcome(session, matter, preset=speaking.preset, now=now)
        return
    else:
        matter.closed_at = now
    await move(session, matter, Move.CONFIRM, by=speaking.actor, now=now, note=matter.outcome or "")
