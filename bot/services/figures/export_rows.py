"""The ledger's rows as outsiders get them; the keys are promised, so they only ever grow.

Times carry the branch's offset; mobile numbers in texts are masked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.cadence import ContactState
from bot.domain.preset import Preset
from bot.secrets import mask_phones_in
from bot.services.matters.accused import Accusing, is_accused
from bot.services.matters.export_matters import matters_as_rows
from bot.services.matters.looks import Onlooker, note_look
from bot.services.matters.unnamed import telling_who
from bot.services.roster.parameters import for_unit
from bot.services.visits.coverage import Covered, coverage
from bot.services.words.correct_reading import labelled
from bot.wording import say
from storage.queries import exports
from storage.queries.reports import visits_of
from storage.queries.roster import group_of_person, households_of_branch, roles_of
from storage.tables import AuditEntry, Household, Matter, Notice, Unit

Row = dict[str, Any]


class ExportKind(StrEnum):
    """What can be exported."""

    REPORTS = "reports"
    MATTERS = "matters"
    MEMBERS = "members"
    HOUSEHOLDS = "households"
    SESSIONS = "sessions"
    ROLLCALLS = "rollcalls"
    NOTICES = "notices"
    AUDIT = "audit"
    CORRECTIONS = "corrections"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are wanted.

    branches: all of them when `all_branches`; then notices and audit entries of no branch come too.
    since, until: first and last day, by the branch's calendar: of reports and sessions the day they tell
        of, of matters the day they were raised, of corrections the day
        the message was sent, of notices the day they were due, of audit entries the
        day they were made. Members and households are as they stand at `now`.
    reader: the person for whom it is made: what accuses them is left out. null: everything is there.
    """

    kind: ExportKind
    branches: Sequence[Unit]
    all_branches: bool
    since: date | None
    until: date | None
    now: datetime
    reader: int | None = None


async def export_rows(session: AsyncSession, wanted: Wanted) -> list[Row]:
    """The rows, oldest first within each branch."""
    if wanted.kind is ExportKind.AUDIT:
        zone = await _first_zone(session, wanted)
        return [_audit_row(entry, zone) for entry in await exports.audit(session, _moments(wanted, zone))]
    if wanted.kind is ExportKind.NOTICES and wanted.all_branches and wanted.reader is None:
        zone = await _first_zone(session, wanted)
        all_notices = await exports.notices(session, None, _moments(wanted, zone))
        return await _notice_rows(session, all_notices, zone)
    rows: list[Row] = []
    for branch in wanted.branches:
        rows += await _Branch(session, branch, await for_unit(session, branch.id), wanted).rows()
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
        during = _moments(wanted, (await for_unit(session, branch.id)).zone)
        shown = await matters_shown(session, branch.id or 0, during, wanted.reader)
        who = Onlooker(say("setup.command_line"))
        await note_look(session, shown, who, f"export {branch.name}", now=wanted.now)


async def matters_shown(
    session: AsyncSession, branch_id: int, during: exports.Moments, reader: int | None
) -> list[Matter]:
    """A branch's matters raised in a stretch of time, without those that accuse the reader."""
    found = await exports.matters(session, branch_id, during)
    return [matter for matter in found if not is_accused(matter, reader)]


class _Branch:
    """One branch's rows of the kind wanted."""

    def __init__(self, session: AsyncSession, branch: Unit, preset: Preset, wanted: Wanted) -> None:
        self._session = session
        self._branch = branch
        self._id = branch.id or 0
        self._preset = preset
        self._wanted = wanted
        self._today = wanted.now.astimezone(preset.zone).date()

    async def rows(self) -> list[Row]:
        match self._wanted.kind:
            case ExportKind.REPORTS:
                return await self._reports()
            case ExportKind.MATTERS:
                return await self._matters()
            case ExportKind.MEMBERS:
                return await self._members()
            case ExportKind.HOUSEHOLDS:
                return await self._households()
            case ExportKind.SESSIONS:
                return await self._sessions()
            case ExportKind.NOTICES:
                return await self._notices()
            case ExportKind.CORRECTIONS:
                return await self._corrections()
            case _:
                return []  # no roll-calls are kept yet

    def _at(self, moment: datetime | None) -> str | None:
        return _at(moment, self._preset.zone)

    async def _reports(self) -> list[Row]:
        found = await exports.reports(self._session, self._id, self._wanted.since, self._wanted.until)
        visits = await visits_of(self._session, [report.id or 0 for report in found])
        groups = await exports.groups_of(self._session, self._id)
        names = await exports.people_names(self._session)
        heads = await exports.household_heads(self._session, self._id)
        return [
            {
                "id": report.id,
                "branch": self._branch.name,
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
                "reported_at": self._at(report.reported_at),
                "chat_id": report.chat_id,
                "message_id": report.message_id,
                "text": mask_phones_in(report.text),
                "named_as": [visit.named_as for visit in visits.get(report.id or 0, [])],
                "unknown_names": report.unknown_names,
            }
            for report in found
        ]

    async def _matters(self) -> list[Row]:
        during = _moments(self._wanted, self._preset.zone)
        shown = await matters_shown(self._session, self._id, during, self._wanted.reader)
        return await matters_as_rows(
            self._session, self._branch, shown, self._preset.zone, now=self._wanted.now
        )

    async def _notices(self) -> list[Row]:
        during = _moments(self._wanted, self._preset.zone)
        found = await exports.notices(self._session, self._id, during)
        if self._wanted.reader is not None:
            told = await exports.matters(self._session, self._id, (None, None))
            accusing = Accusing.of(told, self._wanted.reader)
            found = [notice for notice in found if not accusing.told_by(notice)]
        return await _notice_rows(self._session, found, self._preset.zone)

    async def _coverage(self) -> list[Covered]:
        return await coverage(self._session, self._id, self._preset, today=self._today)

    async def _members(self) -> list[Row]:
        covered = await self._coverage()
        rows = []
        for person in await exports.people_on_roster(self._session, self._id):
            own = [one for one in covered if any(member.id == person.id for member in one.members)]
            states = [one.standing.state for one in own]
            group = await group_of_person(self._session, person.id or 0)
            leave = person.on_leave_until
            rows.append(
                {
                    "name": person.name,
                    "branch": self._branch.name,
                    "group": group.name if group else None,
                    "roles": sorted(await roles_of(self._session, person.id or 0)),
                    "claimed": person.telegram_id is not None,
                    "households": len(own),
                    "visited_this_period": sum(_visited(one, self._today) for one in own),
                    "due": states.count(ContactState.DUE),
                    "overdue": states.count(ContactState.OVERDUE),
                    "on_leave_until": leave.isoformat() if leave else None,
                    "household_heads": [one.household.head for one in own],
                }
            )
        return rows

    async def _households(self) -> list[Row]:
        covered = {one.household.id: one for one in await self._coverage()}
        groups = await exports.groups_of(self._session, self._id)
        rows = []
        for household in await households_of_branch(self._session, self._id):
            row = self._household(household, covered.get(household.id))
            rows.append({**row, "branch": self._branch.name, "group": groups.get(household.group_id or 0)})
        return rows

    def _household(self, household: Household, covered: Covered | None) -> Row:
        standing = covered.standing if covered else None
        last = standing.last_contact if standing else None
        return {
            "head": household.head,
            "address": household.address,
            "plate": household.plate,
            "nicknames": household.nicknames,
            "kinds": household.kinds,
            "members": [person.name for person in covered.members] if covered else [],
            "last_contact": last.isoformat() if last else None,
            # Nobody answers for it: somebody should, but no day has been set.
            "due_by": standing.due_by.isoformat() if standing else None,
            "state": str(standing.state if standing else ContactState.DUE),
        }

    async def _corrections(self) -> list[Row]:
        during = _moments(self._wanted, self._preset.zone)
        found = await exports.corrections(self._session, self._id, during)
        return [labelled(correction, self._preset.zone) for correction in found]

    async def _sessions(self) -> list[Row]:
        found = await exports.sessions(self._session, self._id, self._wanted.since, self._wanted.until)
        return [
            {
                "id": held.id,
                "branch": self._branch.name,
                "kind": held.kind,
                "date": held.day.isoformat(),
                "title": held.title,
                "expected": held.expected,
                "present": held.participants,
                "absent_with_reason": held.absent_with_reason,
                "minutes": mask_phones_in(held.minutes),
                "status": held.status,
                "reporter": held.reporter_name,
                "chat_id": held.chat_id,
                "message_id": held.message_id,
                "text": mask_phones_in(held.text),
            }
            for held in found
        ]


async def _notice_rows(session: AsyncSession, made: Sequence[Notice], zone: ZoneInfo) -> list[Row]:
    telling = await telling_who(session, made)
    rows = []
    for notice in made:
        row = _notice_row(notice, zone)
        if notice.id in telling:
            row |= {"recipient": "", "chat_id": None, "key": notice.key.replace(str(notice.chat_id), "*")}
        rows.append(row)
    return rows


def _notice_row(notice: Notice, zone: ZoneInfo) -> Row:
    return {
        "id": notice.id,
        "kind": notice.kind,
        "key": notice.key,
        "recipient": notice.recipient,
        "chat_id": notice.chat_id,
        "due_at": _at(notice.due_at, zone),
        "state": notice.state,
        "sent_at": _at(notice.sent_at, zone),
        "attempts": notice.attempts,
        "message_id": notice.message_id,
        "cancelled_by": notice.cancelled_by,
        "error": notice.error,
        "text": mask_phones_in(notice.text),
        "method": notice.method,
        "cancelled_at": _at(notice.cancelled_at, zone),
    }


def _audit_row(entry: AuditEntry, zone: ZoneInfo) -> Row:
    return {
        "id": entry.id,
        "at": _at(entry.at, zone),
        "by": entry.by_name,
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
    }


def _visited(covered: Covered, today: date) -> bool:
    last = covered.standing.last_contact
    return last is not None and today <= last + timedelta(days=covered.standing.period)


def _at(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return None if moment is None else moment.astimezone(zone).isoformat(timespec="seconds")


def _moments(wanted: Wanted, zone: ZoneInfo) -> exports.Moments:
    start = None if wanted.since is None else datetime.combine(wanted.since, time(), zone)
    after = None if wanted.until is None else wanted.until + timedelta(days=1)
    return start, None if after is None else datetime.combine(after, time(), zone)


async def _first_zone(session: AsyncSession, wanted: Wanted) -> ZoneInfo:
    """The zone for rows that belong to no branch: the first branch's."""
    return (await for_unit(session, wanted.branches[0].id if wanted.branches else None)).zone
