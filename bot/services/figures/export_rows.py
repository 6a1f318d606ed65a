"""The ledger's rows as outsiders get them; the keys are promised, so they only ever grow.

Times carry the branch's offset; phone and identity numbers in texts are masked. What a row of each kind
holds stands in the files `export_<kind>.py` beside this one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.secrets import mask_numbers_in
from bot.services.figures.export_appraisals import appraisal_rows, point_rows
from bot.services.figures.export_notices import audit_rows, notice_rows, notices_of_all
from bot.services.figures.export_reports import correction_rows, report_rows
from bot.services.figures.export_rollcalls import rollcall_rows
from bot.services.figures.export_roster import household_rows, member_rows
from bot.services.figures.export_sessions import session_rows
from bot.services.figures.exported import ExportKind, OfBranch, Row, Wanted
from bot.services.matters.accused import is_accused
from bot.services.matters.export_matters import matters_as_rows
from bot.services.matters.looks import Onlooker, note_look
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.queries import exports
from storage.tables import AuditEntry, Matter

__all__ = ["ExportKind", "Row", "Wanted", "audit_export", "export_rows"]


async def export_rows(session: AsyncSession, wanted: Wanted) -> list[Row]:
    """The rows, oldest first within each branch, with the numbers in whatever was written masked."""
    return [_masked(row) for row in await _rows(session, wanted)]


async def _rows(session: AsyncSession, wanted: Wanted) -> list[Row]:
    if wanted.kind is ExportKind.AUDIT:
        return await audit_rows(session, wanted, await _first_zone(session, wanted))
    if wanted.kind is ExportKind.NOTICES and wanted.all_branches and wanted.reader is None:
        return await notices_of_all(session, wanted, await _first_zone(session, wanted))
    rows: list[Row] = []
    for branch in wanted.branches:
        rows += await _OF_BRANCH[wanted.kind](
            session, OfBranch(branch, await for_unit(session, branch.id), wanted)
        )
    return rows


async def audit_export(session: AsyncSession, wanted: Wanted, *, count: int) -> None:
    """Note who exported what, and which private matters were among it."""
    days = f"{wanted.since or ''}..{wanted.until or ''}"
    subject = "" if wanted.all_branches else "、".join(branch.name for branch in wanted.branches)
    session.add(
        AuditEntry(
            at=wanted.now,
            by_name=say("setup.command_line"),
            action=f"export.{wanted.kind}",
            subject=subject,
            detail=f"{count} rows {days}",
        )
    )
    for branch in wanted.branches if wanted.kind is ExportKind.MATTERS else ():
        shown = await _matters_shown(session, OfBranch(branch, await for_unit(session, branch.id), wanted))
        who = Onlooker(say("setup.command_line"))
        await note_look(session, shown, who, f"export {branch.name}", now=wanted.now)


def _masked(value: Any) -> Any:
    """A value without whole phone and identity numbers, however deep they stand in it."""
    if isinstance(value, dict):
        return {key: _masked(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_masked(each) for each in value]
    return mask_numbers_in(value) if isinstance(value, str) else value


async def _matters_shown(session: AsyncSession, of: OfBranch) -> list[Matter]:
    """A branch's matters raised on the wanted days, without those that accuse the reader."""
    found = await exports.matters(session, of.id, of.during)
    return [matter for matter in found if not is_accused(matter, of.wanted.reader)]


async def _matter_rows(session: AsyncSession, of: OfBranch) -> list[Row]:
    shown = await _matters_shown(session, of)
    return await matters_as_rows(session, of.branch, shown, of.preset.zone, now=of.wanted.now)


async def _first_zone(session: AsyncSession, wanted: Wanted) -> ZoneInfo:
    """The zone for rows that belong to no branch: the first branch's."""
    return (await for_unit(session, wanted.branches[0].id if wanted.branches else None)).zone


_OF_BRANCH: Mapping[ExportKind, Callable[[AsyncSession, OfBranch], Awaitable[list[Row]]]] = {
    ExportKind.REPORTS: report_rows,
    ExportKind.MATTERS: _matter_rows,
    ExportKind.MEMBERS: member_rows,
    ExportKind.HOUSEHOLDS: household_rows,
    ExportKind.SESSIONS: session_rows,
    ExportKind.ROLLCALLS: rollcall_rows,
    ExportKind.NOTICES: notice_rows,
    ExportKind.CORRECTIONS: correction_rows,
    ExportKind.APPRAISALS: appraisal_rows,
    ExportKind.POINTS: point_rows,
}
