"""`/mine`: what somebody has told, as the ledger has it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.periods import Period, first_day
from bot.domain.preset import Preset
from bot.services.chat.speaker import Speaking
from bot.services.matters.matter_texts import short, status_words
from bot.services.notices.times import day_words
from bot.wording import say
from storage.queries import matters as matter_rows
from storage.queries import reports
from storage.tables import Household, Report, Visit

_MATTERS = 10


async def show_mine(session: AsyncSession, speaking: Speaking, *, now: datetime) -> str:
    """A member's reports of this month with their sum, and the matters that the speaker has raised."""
    name = speaking.preset.name
    lines = await _visits(session, speaking, now) if speaking.actor.is_member else []
    who = speaking.actor
    raised = await matter_rows.raised_by(
        session, person_id=who.person_id, telegram_id=who.telegram_id, limit=_MATTERS
    )
    if raised:
        lines.append(say("visits.mine_matters", name))
        for matter in raised:
            state = status_words(matter, speaking.preset)
            told = short(matter.text)
            lines.append(say("visits.mine_matter", name, number=matter.number, told=told, state=state))
    elif not speaking.actor.is_member:
        lines.append(say("visits.mine_no_matters", name))
    return "\n".join(lines)


async def _visits(session: AsyncSession, speaking: Speaking, now: datetime) -> list[str]:
    name, today = speaking.preset.name, speaking.day_of(now)
    told = await reports.reports_between(
        session, speaking.actor.person_id or 0, first_day(Period.MONTH, today), today
    )
    if not told:
        return [say("visits.mine_none", name)]
    visits = await reports.visits_of(session, [report.id or 0 for report in told])
    lines = [say("visits.mine_member", name, name=speaking.actor.name)]
    for report in told:
        day = day_words(report.day, today=today)
        mode = say(f"visits.mode_{report.mode}", name)
        what = await _what(session, report, visits.get(report.id or 0, []), speaking.preset)
        lines.append(say("visits.mine_report", name, day=day, mode=mode, what=what))
    named = {visit.household_id for each in visits.values() for visit in each}
    count = len(named) + sum(report.unclaimed for report in told)
    return [*lines, say("visits.mine_total", name, count=count)]


async def _what(session: AsyncSession, report: Report, visits: list[Visit], preset: Preset) -> str:
    heads = [(await session.get_one(Household, visit.household_id)).head for visit in visits]
    if report.cumulative:
        what = say("visits.mine_cumulative", preset.name, count=report.count)
    elif report.count is None:
        what = say("visits.mine_count_unknown", preset.name)
    else:
        what = say("visits.mine_count", preset.name, count=report.count)
    if heads:
        what = f"{what} {say('escalation.and', preset.name).join(heads)}"
    unsaid = max(report.unclaimed - len(report.unknown_names), 0)
    if unsaid:
        what += say(f"visits.{_rest(report, unsaid)}", preset.name, count=unsaid)
    if report.unknown_names:
        names = say("escalation.and", preset.name).join(report.unknown_names)
        what += say("visits.mine_unknown_names", preset.name, names=names)
    return what


def _rest(report: Report, unsaid: int) -> str:
    """What is said of households that were counted and not named."""
    if report.cumulative:
        return "mine_beyond"
    return "mine_none_named" if unsaid == report.count else "mine_unclaimed"
