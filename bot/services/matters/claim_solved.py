"""Somebody says that a matter is dealt with, or that it can't be and this has been explained."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled
from bot.domain.matters import MatterStatus, Move, Outcome
from bot.services.chat.speaker import Speaking
from bot.services.matters.acknowledge_matter import acting_person
from bot.services.matters.ask_outcome import ask_outcome
from bot.services.matters.confirm_outcome import confirm_outcome, may_confirm
from bot.services.matters.matter_messages import refresh
from bot.services.matters.move_matter import check_version, move
from bot.services.matters.promises import keep_promise
from bot.services.notices import notify
from storage.tables import Matter


async def claim_solved(
    session: AsyncSession,
    matter: Matter,
    speaking: Speaking,
    *,
    now: datetime,
    version: int | None = None,
    explanation: str | None = None,
) -> None:
    """Say that a matter is solved; those whose it is, are asked. Their own word closes it at once.

    Args:
        version: of the button pressed; null: said in words.
        explanation: it can't be solved, for this reason, which they are shown; null: it is solved.

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
        if explanation is not None or not await may_confirm(session, matter, speaking):
            raise
        await confirm_outcome(session, matter, Outcome.SATISFIED, speaking, now=now)
        return
    check_version(matter, version)
    note = "" if explanation is None else Outcome.CANNOT_EXPLAINED
    await move(session, matter, Move.CLAIM_SOLVED, by=speaking.actor, now=now, note=note)
    matter.explanation = explanation
    if explanation is not None:
        await move(session, matter, Move.NOTE, by=speaking.actor, now=now, note=explanation)
    matter.solved_at = now
    await keep_promise(session, matter, solved=explanation is None, now=now)
    matter.acknowledged_at = matter.acknowledged_at or now
    ending = notify.Ending.SETTLED if explanation is None else notify.Ending.EXPLAINED
    await notify.matter_ended(
        session, matter, by="claimed solved", ending=ending, doer=speaking.actor, now=now
    )
    await ask_outcome(session, matter, preset=speaking.preset, now=now)
    await refresh(session, matter, preset=speaking.preset, now=now)
