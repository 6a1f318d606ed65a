"""A resident has not said whether a matter is really settled: they are asked once more, then it is closed.

Silence is an outcome of its own (`silent`), told apart from satisfaction in every figure.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import MatterStatus, Move, Outcome, after
from bot.domain.preset import Preset
from bot.services.matters.ask_outcome import KIND, ask_outcome
from bot.services.matters.matter_messages import refresh
from bot.services.matters.tell_holders import add_event
from bot.services.matters.whom_to_ask import sides_of, verdict
from bot.services.notices.notify import matter_ended
from bot.services.roster.parameters import for_units
from bot.wording import say
from storage import outbox
from storage.queries.tellings import claimed_solved
from storage.tables import Matter


async def follow_up(session: AsyncSession, *, now: datetime) -> int:
    """Ask the silent once more, and close what stays without an answer; nobody is asked in quiet hours.

    Returns:
        How many matters were asked about again or closed.
    """
    claimed = await claimed_solved(session)
    presets = await for_units(session, {matter.branch_id for matter in claimed})
    changed = 0
    for matter in claimed:
        preset = presets[matter.branch_id]
        moment = next_step(matter, preset)
        if moment is None or moment > now or preset.quiet.is_quiet(now):
            continue
        if matter.confirm_reminded_at is None:
            await ask_outcome(session, matter, preset=preset, now=now, again=True)
            matter.confirm_reminded_at = now
        else:
            await _close(session, matter, preset, now)
        session.add(matter)
        changed += 1
    await session.flush()
    return changed


def next_step(matter: Matter, preset: Preset) -> datetime | None:
    """When a matter that is claimed solved is asked about again or closed; null: nobody has claimed it."""
    if matter.confirm_reminded_at is not None:
        moment = matter.confirm_reminded_at + preset.confirm_close_after
    else:
        claimed = matter.confirm_asked_at or matter.solved_at
        if claimed is None:
            return None
        moment = claimed + preset.confirm_remind_after
    return preset.quiet.after_quiet(moment)


async def _close(session: AsyncSession, matter: Matter, preset: Preset, now: datetime) -> None:
    """Close it with what has been said by some; when nobody has said anything, as silent."""
    sides = await sides_of(session, matter, today=now.astimezone(preset.zone).date())
    matter.status = after(Move.CONFIRM, MatterStatus(matter.status))
    matter.outcome, matter.closed_at = verdict(side.said for side in sides if side.said is not None), now
    matter.version += 1
    for side in sides:
        if side.joined is not None and side.said is None:
            side.joined.said, side.joined.said_at = Outcome.SILENT, now
            session.add(side.joined)
    assert matter.id is not None  # it comes from the database
    await outbox.cancel(
        session, subject_kind="matter", subject_id=matter.id, kinds=[KIND], by="closed as silent", now=now
    )
    await matter_ended(session, matter, by="closed as silent", now=now)
    add_event(session, matter, Move.CONFIRM, say("escalation.event_silent"), now)
    await refresh(session, matter, preset=preset, now=now)
