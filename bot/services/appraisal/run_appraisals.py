"""Rounds come by the calendar: the secretary is told a week before, then they open and close by themselves.

Kind `appraisal.notice`, about the subject `appraisal_plan` (the round).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import RoundKind, RoundMove, RoundState, has_ended
from bot.domain.preset import Preset
from bot.domain.roster import Role
from bot.services.appraisal.appraisal_words import period_words, round_buttons
from bot.services.appraisal.close_round import close_round
from bot.services.appraisal.hand_out_ballots import open_round
from bot.services.notices.tell import About, to_person
from bot.services.notices.times import full_day_words
from bot.services.visits.rounds import Round, mark_made, rounds_due
from bot.wording import say
from storage.queries import appraisal, ballot_words
from storage.queries.roster import people_with_role
from storage.tables import AppraisalRound

NOTICE, PLAN = "appraisal.notice", "appraisal_plan"
ROUND = "appraisal"


async def run_appraisals(session: AsyncSession, *, now: datetime) -> int:
    """Close the rounds whose time is over, open those whose day has come, and plan those that are near.

    Returns:
        How many branches were looked at.
    """
    due = await rounds_due(session, ROUND, at=lambda preset: preset.appraisal.at, now=now)
    for one in due:
        await _close(session, one, now=now)
        await _open(session, one, now=now)
        await _plan(session, one, now=now)
        await mark_made(session, one, now=now)
    if due:
        await ballot_words.forget_words_to_add(session, until=now)
    return len(due)


async def tell_of_plan(session: AsyncSession, held: AppraisalRound, preset: Preset, *, now: datetime) -> None:
    """Tell the secretary of a round that is near, with what they can do about it."""
    text = notice_text(held, preset, now=now)
    buttons = round_buttons(held, preset, RoundMove.START, RoundMove.POSTPONE, RoundMove.CANCEL)
    about = About(NOTICE, PLAN, held.id or 0, "notice", now, held.branch_id)
    for one in await people_with_role(session, held.branch_id, Role.SECRETARY):
        if one.telegram_id is not None:
            await to_person(session, one, about, text, preset=preset, now=now, buttons=buttons)


def notice_text(held: AppraisalRound, preset: Preset, *, now: datetime) -> str:
    """What the secretary is told of a round that is near."""
    today = now.astimezone(preset.zone).date()
    last = _open_day(held.opens_on + timedelta(days=preset.appraisal.open_days), preset)
    return say(
        "appraisal.notice",
        preset.name,
        period=period_words(held),
        opens=full_day_words(held.opens_on, today=today),
        closes=full_day_words(last, today=today),
        days=(last - held.opens_on).days,
    )


async def _close(session: AsyncSession, due: Round, *, now: datetime) -> None:
    for held in await appraisal.rounds_of(session, due.unit_id, states=[RoundState.OPEN]):
        if has_ended(held.closes_at, now):
            await close_round(session, held, preset=due.preset, now=now)


async def _open(session: AsyncSession, due: Round, *, now: datetime) -> None:
    planned = await appraisal.rounds_of(
        session, due.unit_id, kind=RoundKind.RESIDENTS, states=[RoundState.PLANNED]
    )
    for held in planned:
        if held.opens_on <= due.today and not due.preset.calendar.pauses(due.today):
            await open_round(session, held, preset=due.preset, now=now)


async def _plan(session: AsyncSession, due: Round, *, now: datetime) -> None:
    rules = due.preset.appraisal
    horizon = due.today + timedelta(days=rules.notice_days)
    for planned_for in rules.planned_between(due.after, horizon):
        if await appraisal.round_planned(session, due.unit_id, RoundKind.RESIDENTS, planned_for):
            continue
        appraised = rules.appraised(planned_for)
        held = AppraisalRound(
            branch_id=due.unit_id,
            kind=RoundKind.RESIDENTS,
            state=RoundState.PLANNED,
            planned_for=planned_for,
            first=appraised.first,
            last=appraised.last,
            # Whoever learns of it late has a full notice all the same.
            opens_on=_open_day(max(planned_for, horizon), due.preset),
        )
        session.add(held)
        await session.flush()
        await tell_of_plan(session, held, due.preset, now=now)


def _open_day(day: date, preset: Preset) -> date:
    while preset.calendar.pauses(day):
        day += timedelta(days=1)
    return day
