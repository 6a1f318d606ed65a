"""Checking the sums: everybody who waits for something has a next step, and every notice comes to an end.

Nobody is sent what is found: it is logged, counted in the sign of life `audit`, and shown by `doctor`.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.ladder import next_due
from bot.domain.ladder_times import Rung
from bot.domain.matters import MatterStatus, Step
from bot.domain.party_day import RuleNotUnderstood, read_rule
from bot.domain.preset import Preset
from bot.domain.roster import UnitKind
from bot.services.matters.ask_silent import next_step
from bot.services.matters.escalate_matters import facts_of
from bot.services.matters.holders import ladder_of, rung_of, rungs
from bot.services.notices.times import moment_words
from bot.services.roster.parameters import for_unit, for_units
from bot.wording import say
from storage.heartbeats import beat
from storage.queries.ballots import not_adding_up
from storage.queries.notices import in_no_known_state, stuck
from storage.queries.tellings import RUNNING, unfinished
from storage.queries.units import all_units, units_by_id
from storage.tables import Matter, Unit

log = logging.getLogger(__name__)

# How late something may be before it counts as forgotten: longer than any pause of delivery or the cycle.
_GRACE = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be: what it is about, and a sentence saying what is wrong."""

    subject: str
    sentence: str

    def __str__(self) -> str:
        return say("audit.fault", subject=self.subject, sentence=self.sentence)


async def audit(session: AsyncSession, *, now: datetime) -> list[Fault]:
    """Find what is wrong, log it, and leave the sign of life `audit` with how many faults there are."""
    faults = await find_faults(session, now=now)
    for fault in faults:
        log.warning("audit: %s", fault)
    await beat(session, "audit", now, detail=str(len(faults)))
    return faults


async def find_faults(session: AsyncSession, *, now: datetime) -> list[Fault]:
    """Check all unfinished matters, all notices and all branches; changes nothing."""
    faults = [fault async for fault in _matters(session, now)]
    faults += [fault async for fault in _notices(session, now)]
    faults += [fault async for fault in _ballots(session)]
    return faults + [fault async for fault in _branches(session)]


async def _matters(session: AsyncSession, now: datetime) -> AsyncIterator[Fault]:
    matters = await unfinished(session)
    presets = await for_units(session, {matter.branch_id for matter in matters})
    names = {unit.id: unit.name for unit in await units_by_id(session, presets)}
    for matter in matters:
        preset = presets[matter.branch_id]
        subject = say("audit.matter", branch=names[matter.branch_id], number=matter.number)
        if matter.step not in list(Step):
            yield Fault(subject, say("audit.step_unknown", step=matter.step))
            continue
        own = rung_of(matter)
        ladder = await ladder_of(session, matter, today=now.astimezone(preset.zone).date(), since=own)
        above = [rung for rung in ladder.held if rung != own]
        if (sentence := _time_ahead(matter, preset, now, above)) is not None:
            yield Fault(subject, sentence)
        if matter.status not in RUNNING:
            continue
        if own not in await rungs(session, matter):
            yield Fault(subject, say("audit.level_unknown", level=matter.step_level))
        step = say(f"audit.step_{matter.step}", preset.name)
        if not ladder.held:
            yield Fault(subject, say("audit.nobody_at_all", step=step))
        elif matter.assignee_id is None and own in ladder.held:
            yield Fault(subject, say("audit.nobody", step=step))


def _time_ahead(matter: Matter, preset: Preset, now: datetime, above: Sequence[Rung]) -> str | None:
    """What is wrong with a matter's next time; null: nothing, or it waits for a day that is written down."""
    status = MatterStatus(matter.status)
    if status is MatterStatus.ON_LEDGER:
        if matter.review_at is None:
            return say("audit.no_review")
        return say("audit.review_passed") if _is_late(matter.review_at, preset, now) else None
    if status is MatterStatus.CLAIMED_SOLVED:
        moment = next_step(matter, preset)
        if moment is None:
            return say("audit.not_asked")
        return say("audit.silent_too_long") if _is_late(moment, preset, now) else None
    deadline = matter.acknowledge_by if status is MatterStatus.OPEN else matter.solve_by
    # A warning that has not come is no reason to take the matter for forgotten.
    facts = replace(facts_of(matter, above, calls=0), warned_for=deadline)
    due = next_due(facts, preset.ladder_for(matter.voices))
    if deadline is None or due is None:
        return say("audit.no_deadline")
    if due + _GRACE < now and not preset.quiet.is_quiet(now):
        return say("audit.deadline_passed", deadline=moment_words(due, now=now, zone=preset.zone))
    return None


def _is_late(moment: datetime, preset: Preset, now: datetime) -> bool:
    """Whether something should have been done long ago; late in the evening it waits for the morning."""
    return preset.quiet.after_quiet(moment) + _GRACE < now and not preset.quiet.is_quiet(now)


async def _notices(session: AsyncSession, now: datetime) -> AsyncIterator[Fault]:
    for notice in await in_no_known_state(session):
        yield Fault(
            say("audit.notice", id=notice.id, kind=notice.kind, recipient=notice.recipient),
            say("audit.state_unknown", state=notice.state),
        )
    for notice in await stuck(session, due_before=now - _GRACE):
        if notice.next_attempt_at is not None and notice.next_attempt_at > now - _GRACE:
            continue  # it is being tried again, or held
        preset = await for_unit(session, notice.branch_id)
        yield Fault(
            say("audit.notice", id=notice.id, kind=notice.kind, recipient=notice.recipient),
            say("audit.stuck", due=moment_words(notice.due_at, now=now, zone=preset.zone)),
        )


async def _ballots(session: AsyncSession) -> AsyncIterator[Fault]:
    for held in await not_adding_up(session):
        branch = await session.get_one(Unit, held.branch_id)
        votes = say("audit.votes", day=held.opens_on.isoformat())
        yield Fault(say("audit.branch", branch=branch.name), votes)


async def _branches(session: AsyncSession) -> AsyncIterator[Fault]:
    branches = {unit.id: unit for unit in await all_units(session) if unit.kind == UnitKind.BRANCH}
    presets = await for_units(session, [key for key in branches if key is not None])
    for branch_id, preset in presets.items():
        rule = preset.party_day_rule
        try:
            if rule:
                read_rule(rule)
        except RuleNotUnderstood:
            subject = say("audit.branch", branch=branches[branch_id].name)
            yield Fault(subject, say("audit.rule_not_understood", rule=rule))
