"""How a matter ended, in the words of the one whose it is; when it has not, it is open again."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled
from bot.domain.matters import MatterStatus, Move, Outcome
from bot.services import notify
from bot.services.acknowledge_matter import stands_above
from bot.services.ask_outcome import whom_to_ask
from bot.services.matter_messages import refresh
from bot.services.move_matter import check_version, move
from bot.services.speaker import Speaking
from storage.tables import Matter


async def confirm_outcome(
    session: AsyncSession,
    matter: Matter,
    outcome: Outcome,
    speaking: Speaking,
    *,
    now: datetime,
    version: int | None = None,
) -> None:
    """Close a matter with its outcome, or open it again one step higher when it is not solved.

    Args:
        version: of the button pressed; null: said in words.

    Raises:
        Stale: the button was shown for an earlier state.
        NotEntitled: it is not theirs to say.
        NotPossible: it is over already.
    """
    if not await may_confirm(session, matter, speaking):
        raise NotEntitled("claims.not_yours", number=matter.number)
    check_version(matter, version)
    if outcome is Outcome.NOT_SOLVED:
        await _reopen(session, matter, speaking, now)
    else:
        # Of what they have claimed solved themselves, the holders need not hear once more.
        ending = None if matter.status == MatterStatus.CLAIMED_SOLVED else notify.Ending.SETTLED
        await move(session, matter, Move.CONFIRM, by=speaking.actor, now=now, note=outcome)
        matter.outcome, matter.closed_at = outcome, now
        matter.solved_at = matter.solved_at or now
        by = f"confirmed by {speaking.actor.name}"
        await notify.matter_ended(session, matter, by=by, ending=ending, doer=speaking.actor, now=now)
    await refresh(session, matter, preset=speaking.preset, now=now)


async def may_confirm(session: AsyncSession, matter: Matter, speaking: Speaking) -> bool:
    """Whether it is theirs to say: who raised it, lives in its household, or is asked in their place."""
    if speaking.actor.telegram_id is None:
        return False
    if speaking.actor.telegram_id == matter.reporter_telegram_id:
        return True
    person = speaking.person
    if person is not None and person.household_id is not None and person.household_id == matter.household_id:
        return True
    asked = await whom_to_ask(session, matter)
    if asked is not None and asked.telegram_id == speaking.actor.telegram_id:
        return True
    return matter.reporter_telegram_id is None and await stands_above(session, matter, speaking)


async def _reopen(session: AsyncSession, matter: Matter, speaking: Speaking, now: datetime) -> None:
    await move(session, matter, Move.REOPEN, by=speaking.actor, now=now, note=Outcome.NOT_SOLVED)
    matter.outcome = matter.closed_at = matter.solved_at = None
    matter.acknowledged_at = matter.confirm_asked_at = matter.confirm_reminded_at = None
    await notify.matter_reopened(session, matter, by_name=speaking.actor.name, now=now)
