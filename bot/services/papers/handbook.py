"""The handbook (一册) of a member's year: duties, households, and by month what they did and promised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.cadence import period_of
from bot.domain.errors import NotFound
from bot.domain.matters import UNFINISHED, MatterStatus
from bot.domain.meetings import Presence
from bot.domain.preset import Preset
from bot.domain.roster import HouseholdKind
from bot.secrets import mask_numbers_in
from bot.services.matters.accused import is_accused
from bot.services.matters.matter_texts import status_words
from bot.services.notices.times import plain_day_words
from bot.services.papers.asked import Asked, Stretch, choose, stretch_of, today_of
from bot.wording import say
from storage.queries import exports, reports
from storage.queries.papers import sat_in
from storage.queries.points import EARNED, entries
from storage.queries.promises import promises_of
from storage.queries.roster import households_linked
from storage.tables import ActivitySession, Attendance, Household, Matter, Person, Promise, Report

_LONGEST = 160  # characters of what was told


@dataclass(frozen=True, slots=True)
class Linked:
    """A household of the handbook. cadence: in words. kinds: as the roster has them."""

    head: str
    address: str
    kinds: str
    cadence: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a month: when, about whom or what, and how it went."""

    day: str
    what: str
    how: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month's pages."""

    number: int
    visits: tuple[Line, ...]
    matters: tuple[Line, ...]
    promises: tuple[Line, ...]
    meetings: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Handbook:
    """A member's year. group: empty when there is none.

    visited: households reached, each time counted. handled: matters that were theirs first.
    attended: meetings that they came to. points: earned in the year; null: the branch keeps none.
    """

    preset: str
    branch: str
    group: str
    name: str
    year: int
    duties: tuple[str, ...]
    households: tuple[Linked, ...]
    months: tuple[Month, ...]
    visited: int
    handled: int
    attended: int
    points: int | None
    as_of: str


async def handbook(session: AsyncSession, asked: Asked, preset: Preset, *, now: datetime) -> Handbook:
    """The handbook of one member. What accuses them, or the reader, is not in it.

    Raises:
        NotFound: no member is named, or there is none of that name, or the year is not to be understood.
    """
    if not asked.member:
        raise NotFound("papers.which_member")
    today = today_of(preset, now)
    stretch = stretch_of(asked, today=today)
    chosen = await choose(session, asked)
    person = chosen.members[0]
    told = await reports.reports_between(session, person.id or 0, stretch.first, stretch.last)
    visits = await reports.visits_of(session, [report.id or 0 for report in told])
    heads = await exports.household_heads(session, asked.branch_id)
    matters = await exports.matters(session, asked.branch_id, (None, None))
    private = {(one.chat_id, one.message_id) for one in matters if one.private or one.accused_ids}
    own = [one for one in matters if _is_theirs(one, person, asked.reader)]
    pages = _Pages(preset, stretch.first.year)
    for report in told:
        names = [heads[visit.household_id] for visit in visits.get(report.id or 0, ())]
        hidden = (report.chat_id, report.message_id) in private
        pages.visit(report, [*names, *report.unknown_names], hidden=hidden)
    for matter in sorted(own, key=lambda one: one.created_at):
        pages.matter(matter)
    numbers = {one.id or 0: one.number for one in matters if not is_accused(one, asked.reader)}
    for key, given in (await promises_of(session, list(numbers))).items():
        for one in given:
            if one.person_id == person.id:
                pages.promise(one, numbers[key])
    meetings = await sat_in(session, person.id or 0, first=stretch.first, last=stretch.last)
    for held, row in meetings:
        pages.meeting(held, row)
    return Handbook(
        preset=preset.name,
        branch=asked.branch.name,
        group=chosen.group_of.get(person.id or 0, ""),
        name=person.name,
        year=stretch.first.year,
        duties=preset.duties,
        households=tuple(
            _linked(one, preset) for one in await households_linked(session, person.id or 0, today)
        ),
        months=pages.months(),
        visited=sum(len(visits.get(report.id or 0, ())) + report.unclaimed for report in told),
        handled=sum(stretch.first <= pages.day(one.created_at) <= stretch.last for one in own),
        attended=sum(row.state == Presence.PRESENT for _, row in meetings),
        points=await _points(session, asked.branch_id, person, stretch) if preset.points.on else None,
        as_of=say("papers.as_of", year=today.year, day=plain_day_words(today)),
    )


class _Pages:
    """The months of a year, filled line by line."""

    def __init__(self, preset: Preset, year: int) -> None:
        self._preset, self._year = preset, year
        self._lines: dict[tuple[int, str], list[Line]] = defaultdict(list)

    def months(self) -> tuple[Month, ...]:
        """All twelve: those to come have room to write on."""
        lines = self._lines
        return tuple(
            Month(
                number,
                visits=tuple(lines[number, "visit"]),
                matters=tuple(lines[number, "matter"]),
                promises=tuple(lines[number, "promise"]),
                meetings=tuple(lines[number, "meeting"]),
            )
            for number in range(1, 13)
        )

    def visit(self, report: Report, names: Sequence[str], *, hidden: bool) -> None:
        """Whom a report tells of and how. hidden: in the same breath something private was told."""
        rest = report.unclaimed - len(report.unknown_names)
        who = say("papers.and").join(names)
        if rest > 0:
            who = self._say("and_unnamed" if names else "unnamed", names=who, count=rest)
        done = [say(f"visits.mode_{report.mode}", self._preset.name)]
        done += [say(f"console.service_{one}", self._preset.name) for one in report.services]
        told = "" if hidden else _in_a_line(report.text)
        how = self._say("done_told" if told else "done", done=self._say("and").join(done), told=told)
        self._put("visit", report.day, who, how)

    def matter(self, matter: Matter) -> None:
        """A matter that was first theirs, and how it stands."""
        told = self._say("not_public") if matter.private else _in_a_line(matter.text)
        what = self._say("matter", number=matter.number, told=told)
        how = status_words(matter, self._preset)
        self._put("matter", self.day(matter.created_at), what, how)

    def promise(self, promise: Promise, number: int) -> None:
        """A dated word that they have given."""
        what = self._say("matter", number=number, told=_in_a_line(promise.words))
        how = self._say(f"promise_{promise.state}", day=plain_day_words(promise.due))
        self._put("promise", self.day(promise.made_at), what, how)

    def meeting(self, held: ActivitySession, row: Attendance) -> None:
        """A meeting at which they were expected."""
        kind = say(f"visits.activity_{held.kind}", self._preset.name)
        how = self._say("late" if row.state == Presence.PRESENT and row.late else f"presence_{row.state}")
        self._put("meeting", held.day, held.title or kind, how)

    def _put(self, kind: str, day: date, what: str, how: str) -> None:
        if day.year == self._year:
            self._lines[day.month, kind].append(Line(f"{day.month}.{day.day}", what, how))

    def day(self, moment: datetime) -> date:
        """The day of a moment in the branch's zone."""
        return moment.astimezone(self._preset.zone).date()

    def _say(self, key: str, **values: object) -> str:
        return say(f"papers.{key}", self._preset.name, **values)


def _is_theirs(matter: Matter, person: Person, reader: int | None) -> bool:
    """Whether a matter came to a member first, stands, and accuses neither them nor whoever reads of it."""
    theirs = (matter.first_holder_id or matter.assignee_id) == person.id
    stands = matter.status in UNFINISHED or matter.status == MatterStatus.CLOSED
    return theirs and stands and not is_accused(matter, person.id) and not is_accused(matter, reader)


async def _points(session: AsyncSession, branch_id: int, person: Person, stretch: Stretch) -> int:
    first, last = stretch.first, stretch.last
    made = await entries(session, branch_id, person_id=person.id or 0, first=first, last=last, sources=EARNED)
    return sum(entry.points for entry in made)


def _linked(household: Household, preset: Preset) -> Linked:
    days = period_of(household.kinds, preset.cadence)
    kinds = say("papers.and").join(HouseholdKind(kind).chinese for kind in household.kinds)
    return Linked(household.head, household.address, kinds, say("papers.every_days", days=days))


def _in_a_line(text: str) -> str:
    line = mask_numbers_in(" ".join(text.split()))
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
