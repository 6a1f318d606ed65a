"""A report's message now tells something else of the same visits."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Visit as VisitAct
from bot.domain.inbound import Inbound
from bot.services.chat.add_to_report import reckon_with_more
from bot.services.chat.ask_about import ask_household, cancel_questions
from bot.services.chat.speaker import Speaking
from bot.services.figures.reckon_totals import reckon
from bot.services.visits.record_visits import add_visits, find_named, settle_report
from storage.queries import continuations, reports
from storage.tables import Report


async def amend_report(
    session: AsyncSession,
    report: Report,
    act: VisitAct,
    speaking: Speaking,
    inbound: Inbound,
    *,
    now: datetime,
) -> bool:
    """Bring a report to what its message tells now. False when that is what it told before."""
    named = await find_named(session, act.households, speaking, inbound.text)
    later = await continuations.of_report(session, report.id or 0)
    added = {name for row in later for name in row.names}  # by messages that went on with it
    standing = (await reports.visits_of(session, [report.id or 0])).get(report.id or 0, [])
    visits = [visit for visit in standing if visit.named_as not in added]
    unknown = [one.name for one in named.unplaced]
    chosen = {visit.household_id for visit in visits if visit.named_as in unknown}  # answered when asked
    unknown = [name for name in unknown if name not in {visit.named_as for visit in visits}]
    unknown += [name for name in report.unknown_names if name in added and name not in unknown]
    count = later[0].base_count if later else report.count
    before = (count, report.day, report.mode, report.cumulative, report.services, report.unknown_names)
    services = [str(service) for service in act.services]
    after = (act.count, act.date, str(act.mode), act.cumulative, services, unknown)
    wanted = set(named.found) | chosen
    if before == after and {visit.household_id for visit in visits} == wanted:
        report.text = inbound.text
        session.add(report)
        return False
    earlier = report.day
    report.count, report.day, report.mode, report.cumulative, report.services, report.unknown_names = after
    report.text, report.status = inbound.text, "amended"
    session.add(report)
    for visit in standing:
        if visit in visits and visit.household_id not in wanted:
            visit.withdrawn_at = now
        visit.day = act.date
        session.add(visit)
    there = {visit.household_id for visit in standing}
    add_visits(session, report, {id: name for id, name in named.found.items() if id not in there})
    if later:
        await reckon_with_more(session, report, act.count)
    if earlier.year != report.day.year:
        await reckon(session, report.person_id, earlier)
    await settle_report(session, report, now=now)
    unplaced = [one for one in named.unplaced if one.name in unknown]
    if [one.name for one in unplaced] != before[-1]:
        await cancel_questions(session, report.chat_id, report.message_id, now=now)
        await ask_household(session, report, unplaced, speaking, inbound, now=now)
    return True
