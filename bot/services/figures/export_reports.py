"""Reports of visits, and readings put right, as outsiders get them."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services.figures.exported import OfBranch, Row
from bot.services.words.correct_reading import labelled
from storage.queries import exports
from storage.queries.reports import visits_of


async def report_rows(session: AsyncSession, of: OfBranch) -> list[Row]:
    """The reports of the wanted days, withdrawn ones included."""
    found = await exports.reports(session, of.id, of.wanted.since, of.wanted.until)
    visits = await visits_of(session, [report.id or 0 for report in found])
    groups = await exports.groups_of(session, of.id)
    names = await exports.people_names(session)
    heads = await exports.household_heads(session, of.id)
    return [
        {
            "id": report.id,
            "branch": of.branch.name,
            "group": groups.get(report.group_id or 0),
            "member": names[report.person_id],
            "date": report.day.isoformat(),
            "mode": report.mode,
            "count": report.count,
            "households": [heads[visit.household_id] for visit in visits.get(report.id or 0, [])],
            "unclaimed": report.unclaimed,
            "services": report.services,
            "cumulative": report.cumulative,
            "status": report.status,
            "reported_at": of.at(report.reported_at),
            "chat_id": report.chat_id,
            "message_id": report.message_id,
            "text": report.text,
            "named_as": [visit.named_as for visit in visits.get(report.id or 0, [])],
            "unknown_names": report.unknown_names,
        }
        for report in found
    ]


async def correction_rows(session: AsyncSession, of: OfBranch) -> list[Row]:
    """Messages of the wanted days whose reading was put right, as the guide labels messages."""
    found = await exports.corrections(session, of.id, of.during)
    return [labelled(correction, of.preset.zone) for correction in found]
