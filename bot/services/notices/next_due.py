"""The next moment at which time brings anything about: clocks of the demo and of stories stop there."""

from __future__ import annotations

from datetime import datetime, time

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.preset import Preset
from bot.services.matters.ask_silent import next_step
from bot.services.matters.escalate_matters import next_escalation
from bot.services.matters.offer_matter import next_lapse
from bot.services.matters.problem_ledger import next_review
from bot.services.meetings.ask_absent import next_gathering
from bot.services.meetings.run_sessions import next_sign_in
from bot.services.rollcalls.run_calls import next_roll_call
from bot.services.roster.parameters import for_units
from bot.services.visits.rounds import next_rounds
from storage import outbox
from storage.queries.tellings import claimed_solved


async def next_due(session: AsyncSession, *, now: datetime) -> datetime | None:
    """The earliest moment later than `now` at which a step of the cycle or a waiting notice may have to act.

    What is due at `now` or before is not counted: run the cycle first. Null: nothing will ever be due.
    """
    moments = [
        await next_roll_call(session, now=now),
        await next_escalation(session, now=now),
        await next_rounds(session, at=_hours, now=now),
        await next_lapse(session, now=now),
        await next_review(session, now=now),
        await next_sign_in(session, now=now),
        await next_gathering(session, now=now),
        await outbox.next_due(session, after=now),
    ]
    claimed = await claimed_solved(session)
    presets = await for_units(session, {matter.branch_id for matter in claimed})
    moments += [next_step(matter, presets[matter.branch_id]) for matter in claimed]
    return min((moment for moment in moments if moment is not None and moment > now), default=None)


def _hours(preset: Preset) -> tuple[time, ...]:
    """When a day's rounds begin: reminders with the day itself, the others at their hours."""
    return (time.min, preset.reminder_at, preset.digest_at, preset.party_day_at, preset.appraisal.at)
