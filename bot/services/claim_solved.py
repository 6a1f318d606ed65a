"""Somebody says that a matter is dealt with, or that it can't be and this has been explained."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled
from bot.domain.matters import MatterStatus, Move, Outcome
from bot.services import notify
from bot.services.acknowledge_matter import acting_person
from bot.services.ask_outcome import ask_outcome
from bot.services.confirm_outcome import confirm_outcome, may_confirm
from bot.services.matter_messages import refresh
from bot.services.move_matter import check_version, move
from bot.services.speaker import Speaking
from storage.tables import Matter


async def claim_solved(
    session: AsyncSession,
    matter: Matter,
    speaking: Speaking,
    *,
    now: datetime,
    version: int | None = None,
    cannot: bool = False,
) -> None:
    """Say that a matter is solved; the one whose it is, is asked. Their own word closes it at once.

    Args:
        version: of the button pressed; null: said in words.
        cannot: it can't be solved, and that has been explained.

    Raises:
        Stale: the button was shown for an earlier state.
        NotEntitled: they are neither the one whose matter it is nor somebody who may act on it.
        NotPossible: it is over already.
    """
    if matter.status == MatterStatus.CLAIMED_SOLVED and not speaking.actor.is_member:
        await confirm_outcome(session, matter, Outcome.SATISFIED, speaking, now=now)
        return
    try:
        await acting_person(session, matter, speaking, now=now)
    except NotEntitled:
        if cannot or not await may_confirm(session, matter, speaking):
            raise
        await confirm_outcome(session, matter, Outcome.SATISFIED, speaking, now=now)
        return
    check_version(matter, version)
    note = Outcome.CANNOT_EXPLAINED if cannot else ""
    await move(session, matter, Move.CLAIM_SOLVED, by=speaking.actor, now=now, note=note)
    matter.solved_at = now
    matter.acknowledged_at = matter.acknowledged_at or now
    ending = notify.Ending.EXPLAINED if cannot else notify.Ending.SETTLED
    await notify.matter_ended(
        session, matter, by="claimed solved", ending=ending, doer=speaking.actor, now=now
    )
    await ask_outcome(session, matter, preset=speaking.preset, now=now)
    await refresh(session, matter, preset=speaking.preset, now=now)
