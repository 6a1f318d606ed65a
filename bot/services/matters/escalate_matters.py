"""Time moves matters: which of them, and when. What then happens to each stands in `carry_out`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Urgency
from bot.domain.ladder import MatterFacts, decide, next_due
from bot.domain.ladder_times import Rung
from bot.domain.matters import MatterStatus, Step
from bot.domain.preset import Preset
from bot.services.matters.carry_out import CarryingOut
from bot.services.matters.tell_holders import words_for
from bot.services.roster.parameters import for_units
from storage.queries.tellings import calls_made, running_matters
from storage.tables import Matter

# Longer than any warning's lead, so that the query finds all matters that may need something.
_HORIZON = timedelta(days=8)


async def escalate(session: AsyncSession, *, now: datetime, limit: int = 50) -> int:
    """Do what time has brought about for matters that somebody has to act on.

    A matter takes one step at most; the rest of a backlog follows in the next cycles.

    Args:
        limit: how many matters are changed at most, those that are due longest first.

    Returns:
        How many matters were changed.
    """
    running = await running_matters(session, until=now + _HORIZON)
    presets = await for_units(session, {matter.branch_id for matter in running})
    changed = 0
    for matter in running:
        preset = presets[matter.branch_id]
        if not _may_be_due(matter, preset, now):
            continue
        changed += await _escalate_one(session, matter, preset, now)
        if changed >= limit:
            break
    return changed


async def next_escalation(session: AsyncSession, *, now: datetime) -> datetime | None:
    """The earliest moment later than `now` at which a matter may need something; null when none does.

    It takes every rung above for held by somebody: a moment too many is harmless, and this is quick.
    """
    running = await running_matters(session)
    presets = await for_units(session, {matter.branch_id for matter in running})
    moments = []
    for matter in running:
        for above in possible_above(matter):
            facts = facts_of(matter, above, calls=0)
            moments.append(next_due(facts, presets[matter.branch_id].ladder_for(matter.voices)))
    return min((moment for moment in moments if moment is not None and moment > now), default=None)


def _may_be_due(matter: Matter, preset: Preset, now: datetime) -> bool:
    """Whether it is worth looking up who answers for the rungs above."""
    moments = (
        next_due(facts_of(matter, above, calls=0), preset.ladder_for(matter.voices))
        for above in possible_above(matter)
    )
    return any(moment is not None and moment <= now for moment in moments)


def possible_above(matter: Matter) -> tuple[list[Rung], ...]:
    """What may be above a matter: anybody, the town alone, nobody. The first rung decides about times."""
    higher = list(Step)[list(Step).index(Step(matter.step)) + 1 :]
    town = [Rung(Step.TOWN)] if higher else []
    return [Rung(step) for step in higher], town, []


async def _escalate_one(session: AsyncSession, matter: Matter, preset: Preset, now: datetime) -> bool:
    words = await words_for(session, matter, preset, now)
    calls = 0
    if matter.next_call_at is not None and matter.id is not None:
        calls = await calls_made(session, matter.id)
    decisions = decide(facts_of(matter, words.above, calls=calls), preset.ladder_for(matter.voices), now)
    just_told: set[int | None] = set()
    for decision in decisions:
        just_told |= await CarryingOut(session, matter, words, now, frozenset(just_told)).apply(decision)
    if decisions:
        session.add(matter)
        await session.flush()
    return bool(decisions)


def facts_of(matter: Matter, above: Sequence[Rung], *, calls: int) -> MatterFacts:
    return MatterFacts(
        urgency=Urgency(matter.urgency),
        status=MatterStatus(matter.status),
        above=above,
        acknowledge_by=matter.acknowledge_by,
        solve_by=matter.solve_by,
        warned_for=matter.warned_for,
        remind_at=matter.remind_at,
        next_call_at=matter.next_call_at,
        calls=calls,
    )
