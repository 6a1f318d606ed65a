"""What a visit to somebody in quarantine tells of how they are is kept with the visit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roster import HouseholdKind
from bot.services.roster.parameters import for_unit
from bot.text.health import HealthTold, read_health_of
from storage.queries import contact, reports
from storage.tables import HealthLine, Household, Report


async def keep_health(session: AsyncSession, report: Report, *, now: datetime) -> None:
    """Keep what a report, new or changed, tells of the quarantined households that it has visited."""
    visits = (await reports.visits_of(session, [report.id or 0])).get(report.id or 0, [])
    quarantined = []
    for visit in visits:
        household = await session.get_one(Household, visit.household_id)
        if HouseholdKind.QUARANTINED in household.kinds:
            quarantined.append(visit)
    if not quarantined:
        return
    preset = await for_unit(session, report.branch_id)
    told = read_health_of(report.text, [visit.named_as for visit in quarantined])
    await session.flush()
    for visit in quarantined:
        row = await contact.health_line_of(session, visit.id or 0)
        one = told.get(visit.named_as)
        if row is None and one is None:
            continue
        if row is None:
            row = HealthLine(
                visit_id=visit.id or 0,
                household_id=visit.household_id,
                person_id=visit.person_id,
                day=visit.day,
                kept_at=now,
            )
        one = one or HealthTold(None, fever=False, words="")
        row.temperature, row.words, row.day = one.temperature, one.words, visit.day
        row.fever = one.fever or (one.temperature or 0) >= preset.contact.fever_from
        session.add(row)
    await session.flush()
