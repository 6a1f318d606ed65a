"""A later message names households of a report, or says how many they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.continuing import More, count_of
from bot.domain.inbound import Inbound
from bot.services.chat.ask_about import ask_household
from bot.services.chat.speaker import Speaking
from bot.services.visits.record_visits import add_visits, find_named, settle_report
from storage.queries import continuations, reports
from storage.tables import Continuation, Report, Visit


async def add_names(
    session: AsyncSession,
    report: Report,
    row: Continuation,
    names: Sequence[str],
    speaking: Speaking,
    inbound: Inbound,
    *,
    now: datetime,
) -> None:
    """Add the households that a message names; which one is meant by a name is asked as ever."""
    named = await find_named(session, names, speaking, inbound.text)
    there = {visit.household_id for visit in await _visits(session, report)}
    new = {household_id: name for household_id, name in named.found.items() if household_id not in there}
    unplaced = [one for one in named.unplaced if one.name not in report.unknown_names]
    row.names = [*new.values(), *(one.name for one in unplaced)]
    row.households = len(row.names)
    report.unknown_names = [*report.unknown_names, *(one.name for one in unplaced)]
    add_visits(session, report, new)
    await recount(session, report, row, now=now)
    await ask_household(session, report, unplaced, speaking, inbound, now=now)


async def take_out(session: AsyncSession, row: Continuation, *, now: datetime) -> None:
    """The report is what it was without this message."""
    report = await session.get_one(Report, row.report_id)
    for visit in await _visits(session, report):
        if visit.named_as in row.names:
            visit.withdrawn_at = now
            session.add(visit)
    report.unknown_names = [name for name in report.unknown_names if name not in row.names]
    row.names, row.households, row.count = [], 0, None
    await recount(session, report, row, now=now)


async def recount(session: AsyncSession, report: Report, row: Continuation, *, now: datetime) -> None:
    """Bring a report's number to what its own message and those that went on with it say."""
    row.report_id = report.id
    before = await continuations.of_report(session, report.id or 0)
    row.base_count = before[0].base_count if before else report.count
    session.add(row)
    await session.flush()
    await reckon_with_more(session, report, row.base_count)
    if report.status == "recorded":
        report.status = "amended"
    session.add(report)
    await settle_report(session, report, now=now)


async def reckon_with_more(session: AsyncSession, report: Report, base: int | None) -> None:
    """Set a report's number, `base` being the one of its own message (null: it gives none)."""
    rows = await continuations.of_report(session, report.id or 0)
    total = len(await _visits(session, report)) + len(report.unknown_names)
    more = [More(row.households, row.count, row.besides) for row in rows]
    named = total - sum(one.households for one in more)
    report.count = count_of(base, named, more, cumulative=report.cumulative)
    for row in rows:
        row.base_count = base
        session.add(row)


async def _visits(session: AsyncSession, report: Report) -> list[Visit]:
    await session.flush()
    return (await reports.visits_of(session, [report.id or 0])).get(report.id or 0, [])
