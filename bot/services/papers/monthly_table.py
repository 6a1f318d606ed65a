"""The monthly table (联系户月报表): a row a member, or a row a village for those who answer for several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import VisitMode
from bot.domain.matters import MatterStatus
from bot.domain.preset import Preset
from bot.services.matters.matter_texts import is_conduct
from bot.services.notices.times import plain_day_words
from bot.services.papers.asked import Asked, Stretch, choose, stretch_of, today_of
from bot.services.papers.table import Cell, Column, Table
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.queries import exports
from storage.queries.coverage import links_on
from storage.queries.meetings import attendance_of_members
from storage.queries.reports import WITHDRAWN, visits_of
from storage.queries.units import members_of
from storage.tables import Person, Unit

_COLUMNS = (
    ("linked", 22), ("visited", 22), ("coverage", 22), ("visits", 22), ("at_home", 22), ("raised", 22),
    ("closed", 22), ("meetings", 22),
)  # fmt: skip
_NOT_COUNTED = (MatterStatus.WITHDRAWN, MatterStatus.MERGED)


@dataclass(frozen=True, slots=True)
class Sums:
    """What a member, or a village, has done in a stretch.

    linked, visited: households answered for at its end, and those of them that anybody reached in it.
    visits: households reached, each time counted, those reported without a name included; at_home: of
    these, in person. raised: matters of the stretch that were theirs first; closed: of all theirs, in it.
    meetings: attended.
    """

    linked: int = 0
    visited: int = 0
    visits: int = 0
    at_home: int = 0
    raised: int = 0
    closed: int = 0
    meetings: int = 0

    def __add__(self, other: Sums) -> Sums:
        sums = {one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)}
        return Sums(**sums)

    def cells(self) -> tuple[Cell, ...]:
        """As they stand in the table, the coverage worked out."""
        share = self.visited / self.linked if self.linked else None
        reached = (self.linked, self.visited, share, self.visits, self.at_home)
        return (*reached, self.raised, self.closed, self.meetings)


async def monthly_table(session: AsyncSession, asked: Asked, preset: Preset, *, now: datetime) -> Table:
    """The table of a branch or a group by member; of several branches by village.

    Raises:
        NotFound, NotPossible: there is no such group or member, or the period can't be reported on.
    """
    today = today_of(preset, now)
    stretch = stretch_of(asked, today=today)
    as_of = say("papers.as_of", year=today.year, day=plain_day_words(today))
    if len(asked.branches) > 1:
        return await _by_village(session, asked, stretch, as_of, preset, now=now)
    chosen = await choose(session, asked)
    done = await _done(session, asked.branch, chosen.members, stretch, preset, now=now)
    rows = tuple(
        (number, chosen.group_of.get(one.id or 0, ""), one.name, *done.of(one).cells(), _leave(one, stretch))
        for number, one in enumerate(chosen.members, start=1)
    )
    unit = asked.branch.name if chosen.group is None else f"{asked.branch.name} {chosen.group.name}"
    return Table(
        title=say("papers.monthly_title", preset.name, unit=unit),
        under=(stretch.words, as_of),
        columns=_columns(preset, (("number", 12), ("group", 30), ("member", 26)), (("remark", 34),)),
        rows=rows,
        empty=say("papers.nothing"),
        total=("", "", say("papers.sum"), *done.together(chosen.members).cells(), ""),
        notes=(say("papers.monthly_note", preset.name),),
        signs=(say("papers.sign_filled"), say("papers.sign_checked", preset.name)),
        landscape=True,
    )


async def _by_village(
    session: AsyncSession, asked: Asked, stretch: Stretch, as_of: str, preset: Preset, *, now: datetime
) -> Table:
    rows, everything, people, active = [], Sums(), 0, 0
    for number, branch in enumerate(asked.branches, start=1):
        own = await for_unit(session, branch.id)
        members = await members_of(session, branch.id or 0)
        done = await _done(session, branch, members, stretch, own, now=now)
        together = done.together(members)
        told = sum(1 for one in members if done.of(one).visits)
        rows.append((number, branch.name, len(members), told, *together.cells()))
        everything, people, active = everything + together, people + len(members), active + told
    return Table(
        title=say("papers.monthly_title", preset.name, unit=asked.over),
        under=(stretch.words, as_of),
        columns=_columns(preset, (("number", 12), ("village", 40), ("members", 20), ("active", 22))),
        rows=tuple(rows),
        empty=say("papers.nothing"),
        total=("", say("papers.sum"), people, active, *everything.cells()),
        notes=(say("papers.monthly_note", preset.name),),
        signs=(say("papers.sign_filled"), say("papers.sign_checked_town")),
        landscape=True,
    )


@dataclass(frozen=True, slots=True)
class Done:
    """What the members of a branch have done. by_member: with the households that each answers for.

    reached: the households that anybody of the branch reached in the stretch.
    """

    by_member: dict[int, Sums]
    linked: dict[int, set[int]]
    reached: set[int]

    def of(self, person: Person) -> Sums:
        """What a member has done."""
        own = self.linked.get(person.id or 0, set())
        sums = self.by_member.get(person.id or 0, Sums())
        return replace(sums, linked=len(own), visited=len(own & self.reached))

    def together(self, people: Sequence[Person]) -> Sums:
        """What they have done together: a household that two answer for is one household."""
        every: set[int] = set()
        every = every.union(*(self.linked.get(one.id or 0, set()) for one in people))
        sums = sum((self.of(one) for one in people), Sums())
        return replace(sums, linked=len(every), visited=len(every & self.reached))


async def _done(
    session: AsyncSession,
    branch: Unit,
    members: Sequence[Person],
    stretch: Stretch,
    preset: Preset,
    *,
    now: datetime,
) -> Done:
    branch_id = branch.id or 0
    found: dict[int, Sums] = defaultdict(Sums)
    standing = [
        report
        for report in await exports.reports(session, branch_id, stretch.first, stretch.last)
        if report.status != WITHDRAWN
    ]
    visits = await visits_of(session, [report.id or 0 for report in standing])
    for report in standing:
        count = len(visits.get(report.id or 0, ())) + report.unclaimed
        at_home = count if report.mode == VisitMode.HOME else 0
        found[report.person_id] += Sums(visits=count, at_home=at_home)
    start = datetime.combine(stretch.first, time(), preset.zone)
    end = datetime.combine(stretch.last + timedelta(days=1), time(), preset.zone)
    for matter in await exports.matters(session, branch_id, (None, end)):
        holder = matter.first_holder_id or matter.assignee_id
        if holder is not None and not is_conduct(matter) and matter.status not in _NOT_COUNTED:
            closed = matter.closed_at is not None and start <= matter.closed_at < end
            found[holder] += Sums(raised=int(matter.created_at >= start), closed=int(closed))
    meetings = await attendance_of_members(session, [branch_id], first=stretch.first, last=stretch.last)
    for person_id, turnout in meetings.items():
        found[person_id] += Sums(meetings=turnout.present)
    linked: dict[int, set[int]] = defaultdict(set)
    for link in await links_on(session, branch_id, min(stretch.last, today_of(preset, now))):
        linked[link.person.id or 0].add(link.household.id or 0)
    reached = {visit.household_id for each in visits.values() for visit in each}
    return Done({one.id or 0: found[one.id or 0] for one in members}, dict(linked), reached)


def _columns(
    preset: Preset, before: Iterable[tuple[str, int]], behind: Iterable[tuple[str, int]] = ()
) -> tuple[Column, ...]:
    return tuple(
        Column(say(f"papers.column_{key}", preset.name), width, centred=True)
        for key, width in (*before, *_COLUMNS, *behind)
    )


def _leave(person: Person, stretch: Stretch) -> str:
    until = person.on_leave_until
    if until is None or until < stretch.first:
        return ""
    return say("papers.on_leave", day=plain_day_words(until))
