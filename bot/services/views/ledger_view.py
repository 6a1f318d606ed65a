"""The rows of a branch's ledger page: reports, matters and notices, the newest first, ready to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import UNFINISHED
from bot.secrets import mask_numbers_in
from bot.services.matters import promises
from bot.services.matters.accused import Accusing, is_accused
from bot.services.matters.unnamed import telling_who
from bot.services.roster.parameters import for_unit
from storage.queries import matters as matter_rows
from storage.queries import notices, reports
from storage.queries.roster import households_of_branch
from storage.tables import Household, Matter, Notice, Person, Report, Unit, Visit


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report. households: heads of those that are known. names: as written, for those that are not."""

    id: int
    day: date
    member: str
    mode: str
    count: int | None
    households: tuple[str, ...]
    unclaimed: int
    unknown_names: tuple[str, ...]
    services: tuple[str, ...]
    cumulative: bool
    status: str
    reported_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something that happened to a matter."""

    at: datetime
    kind: str
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A matter. assignee: null when nobody holds it. hidden: private, its words are left out."""

    id: int
    number: int
    category: str
    urgency: str
    text: str
    about: str | None
    household: str | None
    reporter: str
    assignee: str | None
    step: str
    status: str
    unfinished: bool
    private: bool
    hidden: bool
    created_at: datetime
    acknowledge_by: datetime | None
    solve_by: datetime | None
    closed_at: datetime | None
    outcome: str | None
    photos: int
    events: tuple[EventRow, ...] = ()
    promises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A message of the bot's. ended_by: what cancelled it, or why it failed."""

    id: int
    kind: str
    recipient: str
    method: str
    state: str
    due_at: datetime
    sent_at: datetime | None
    ended_by: str | None
    text: str


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A household. plate: the code on its door, by which it may be named as well; null: it has none yet."""

    head: str
    address: str
    nicknames: tuple[str, ...]
    plate: str | None


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """A branch's ledger as it stands."""

    branch: str
    reports: tuple[ReportRow, ...] = field(default=())
    matters: tuple[MatterRow, ...] = field(default=())
    notices: tuple[NoticeRow, ...] = field(default=())
    households: tuple[HouseholdRow, ...] = field(default=())


async def ledger_page(
    session: AsyncSession,
    branch_id: int,
    *,
    limit: int = 100,
    show_private: bool = True,
    for_person: int | None = None,
) -> LedgerPage:
    """The latest rows of a branch's ledger, and all its households.

    Args:
        limit: of each kind at most so many; households are all shown.
        show_private: whether the words of private matters are shown; their numbers always are.
        for_person: who looks; what accuses them is left out altogether. null: everything is there.
    """
    branch = await session.get_one(Unit, branch_id)
    told = await reports.reports_of_branch(session, branch_id, limit)
    visits = await reports.visits_of(session, [report.id or 0 for report in told])
    latest = await matter_rows.matters_of_branch(session, branch_id, limit)
    raised = [matter for matter in latest if not is_accused(matter, for_person)]
    accusing = Accusing.of(latest, for_person)
    events = await matter_rows.events_of(session, [matter.id or 0 for matter in raised])
    said = await notices.of_branch(session, branch_id, limit)
    telling = await telling_who(session, said)
    private = {("matter", matter.id) for matter in raised if matter.private}
    return LedgerPage(
        branch.name,
        tuple([await _report(session, report, visits.get(report.id or 0, [])) for report in told]),
        tuple(
            [
                await _matter(
                    session,
                    matter,
                    [EventRow(e.at, e.kind, e.by_name, e.note) for e in events.get(matter.id or 0, [])],
                    hidden=matter.private and not show_private,
                )
                for matter in raised
            ]
        ),
        tuple(
            _notice(
                notice,
                hidden=not show_private and (notice.subject_kind, notice.subject_id) in private,
                named=notice.id not in telling,
            )
            for notice in said
            if for_person is None or not accusing.told_by(notice)
        ),
        tuple(
            HouseholdRow(one.head, one.address, tuple(one.nicknames), one.plate)
            for one in await households_of_branch(session, branch_id)
        ),
    )


async def _report(session: AsyncSession, report: Report, visits: Sequence[Visit]) -> ReportRow:
    heads = [(await session.get_one(Household, visit.household_id)).head for visit in visits]
    member = await session.get_one(Person, report.person_id)
    return ReportRow(
        id=report.id or 0,
        day=report.day,
        member=member.name,
        mode=report.mode,
        count=report.count,
        households=tuple(heads),
        unclaimed=report.unclaimed,
        unknown_names=tuple(report.unknown_names),
        services=tuple(report.services),
        cumulative=report.cumulative,
        status=report.status,
        reported_at=report.reported_at,
        text=mask_numbers_in(report.text),
    )


async def _matter(
    session: AsyncSession, matter: Matter, events: Sequence[EventRow], *, hidden: bool
) -> MatterRow:
    assignee = None if matter.assignee_id is None else await session.get_one(Person, matter.assignee_id)
    household = None
    if matter.household_id is not None and not hidden:
        household = (await session.get_one(Household, matter.household_id)).head
    preset = await for_unit(session, matter.branch_id)
    raised_on = matter.created_at.astimezone(preset.zone).date()
    return MatterRow(
        id=matter.id or 0,
        number=matter.number,
        category=matter.category,
        urgency=matter.urgency,
        text="" if hidden else mask_numbers_in(matter.text),
        about=None if hidden else matter.about,
        household=household,
        reporter="" if hidden else matter.reporter_name,
        assignee=None if assignee is None else assignee.name,
        step=matter.step,
        status=matter.status,
        unfinished=matter.status in UNFINISHED,
        private=matter.private,
        hidden=hidden,
        created_at=matter.created_at,
        acknowledge_by=matter.acknowledge_by,
        solve_by=matter.solve_by,
        closed_at=matter.closed_at,
        outcome=matter.outcome,
        photos=len(matter.photos),
        events=() if hidden else tuple(events),
        promises=() if hidden else tuple(await promises.shown(session, matter, preset, today=raised_on)),
    )


def _notice(notice: Notice, *, hidden: bool, named: bool) -> NoticeRow:
    return NoticeRow(
        id=notice.id or 0,
        kind=notice.kind,
        recipient=notice.recipient if named else "",
        method=notice.method,
        state=notice.state,
        due_at=notice.due_at,
        sent_at=notice.sent_at,
        ended_by=notice.cancelled_by or notice.error,
        text="" if hidden else mask_numbers_in(notice.text),
    )
