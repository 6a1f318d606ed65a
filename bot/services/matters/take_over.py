"""A leader or secretary takes a matter that somebody else has; whoever has it says that work has begun."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Urgency
from bot.domain.matters import MatterStatus, Move
from bot.services.chat.speaker import Speaking
from bot.services.matters.acknowledge_matter import acknowledge_matter
from bot.services.matters.matter_messages import refresh
from bot.services.matters.move_matter import check_version, move
from bot.services.matters.parts import see_that_they_may
from bot.services.notices import notify
from bot.services.roster.parameters import for_unit
from storage.tables import Matter


async def take_over(
    session: AsyncSession, matter: Matter, speaking: Speaking, *, now: datetime, version: int | None = None
) -> None:
    """Take a matter, from somebody else if need be; they are told that it is not theirs any more.

    Raises:
        Stale, NotEntitled, NotPossible: as for every move.
    """
    if matter.status == MatterStatus.OPEN:
        await acknowledge_matter(session, matter, speaking, version=version, now=now)
        return
    held = matter.status in (MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND)
    if held and matter.assignee_id == speaking.actor.person_id is not None:
        return  # pressed twice, or said and pressed
    person = await see_that_they_may(session, matter, Move.TAKE_OVER, speaking, now=now)
    check_version(matter, version)
    preset = await for_unit(session, matter.branch_id)
    from_ledger = matter.status == MatterStatus.ON_LEDGER
    await move(session, matter, Move.TAKE_OVER, by=speaking.actor, now=now)
    matter.acknowledged_at = matter.acknowledged_at or now
    if from_ledger:
        matter.review_at = None
        matter.solve_by = preset.ladder.solve_by(Urgency(matter.urgency), now)
    await notify.matter_acknowledged(session, matter, person, now=now)
    await refresh(session, matter, preset=preset, now=now)


async def take_in_hand(
    session: AsyncSession, matter: Matter, speaking: Speaking, *, now: datetime, version: int | None = None
) -> None:
    """Work on a matter has begun; whoever says so has taken it on by that.

    Raises:
        Stale, NotEntitled, NotPossible: as for every move; somebody else has it.
    """
    if matter.status == MatterStatus.IN_HAND and matter.assignee_id == speaking.actor.person_id is not None:
        return
    check_version(matter, version)
    if matter.status in (MatterStatus.OPEN, MatterStatus.ACKNOWLEDGED):
        await acknowledge_matter(session, matter, speaking, now=now)
    await move(session, matter, Move.TAKE_IN_HAND, by=speaking.actor, now=now)
    preset = await for_unit(session, matter.branch_id)
    await refresh(session, matter, preset=preset, now=now)
