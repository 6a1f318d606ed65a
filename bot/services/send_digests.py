"""The digest of the day for those who have something to decide, and on Mondays the week in figures.

* Group leaders and secretaries: matters that are on their step; secretaries also every emergency, and
  which members have households overdue. Town officers: matters on the town's step, of all its branches.
* Overdue visits alone cause a digest only on the day on which a household has become overdue.
* Who has nothing to decide gets none.

Kinds `digest.daily` and `digest.weekly`, about the subject `unit`; the stage in their keys is the day and
the part's number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Urgency
from bot.domain.cadence import ContactState
from bot.domain.digest import Section, in_messages
from bot.domain.matters import Step
from bot.domain.roster import Role, UnitKind
from bot.services.accused import is_accused
from bot.services.coverage import Covered, coverage
from bot.services.digest_words import branches_section, matter_sections, overdue_section, week_sections
from bot.services.holders import holders_for, on_leave
from bot.services.rounds import Round, mark_made, rounds_due
from bot.services.tell import About, to_person
from bot.services.times import plain_day_words
from bot.wording import say
from storage.outbox import Priority
from storage.queries.figures import Done, done_between
from storage.queries.roster import people_with_role
from storage.queries.tellings import running_matters
from storage.queries.units import all_units, members_of
from storage.tables import Matter, Person, Unit

ROUND = "digest"
DAILY, WEEKLY = "digest.daily", "digest.weekly"


async def digest(session: AsyncSession, *, now: datetime, batch: int = 100) -> int:
    """Make the day's digests of all branches and towns.

    Args:
        batch: after how many messages the other units are left to the next call.

    Returns:
        How many messages were made; 0 when all are.
    """
    made = 0
    for kind in (UnitKind.BRANCH, UnitKind.TOWN):
        for due in await rounds_due(session, ROUND, at=lambda preset: preset.digest_at, now=now, kind=kind):
            quiet = due.preset.quiet
            if quiet.is_quiet(now) and not quiet.is_quiet(_hour(due)):
                continue  # too late for today; tomorrow's tells all
            made += await (_for_branch if kind is UnitKind.BRANCH else _for_town)(session, due, now)
            await mark_made(session, due, now=now)
            if made >= batch:
                return made
    return made


async def _for_branch(session: AsyncSession, due: Round, now: datetime) -> int:
    secretaries = await _told(session, due.unit_id, Role.SECRETARY, due.today)
    held: dict[int | None, list[Matter]] = {}
    people: dict[int | None, Person] = {person.id: person for person in secretaries}
    for matter in await running_matters(session, branch_ids=[due.unit_id]):
        deciders = []
        if matter.step in (Step.GROUP, Step.SECRETARY):
            holders = await holders_for(session, matter, Step(matter.step), today=due.today)
            deciders = [holder.person for holder in holders if holder.reachable]
        if matter.urgency == Urgency.EMERGENCY:
            deciders += [person for person in secretaries if person not in deciders]
        for person in deciders:
            if is_accused(matter, person.id):
                continue
            people[person.id] = person
            held.setdefault(person.id, []).append(matter)
    covered = await coverage(session, due.unit_id, due.preset, today=due.today)
    overdue = [one for one in covered if one.standing.state is ContactState.OVERDUE]
    newly = any(one.standing.due_by >= due.after for one in overdue)
    made = 0
    for person in people.values():
        sections = await _matter_sections(session, held.get(person.id, []), due, now)
        if person in secretaries and (newly or held.get(person.id)):
            sections.append(overdue_section(overdue, due.preset))
        title = say("digest.title", due.preset.name, name=person.name, unit=due.unit.name)
        made += await _Sending(session, due, person, now).send(DAILY, title, sections)
    if _is_weekly(due):
        made += await _week_of_branch(session, due, secretaries, overdue, now)
    return made


async def _for_town(session: AsyncSession, due: Round, now: datetime) -> int:
    officers = await _told(session, due.unit_id, Role.TOWN_OFFICER, due.today)
    branches = {
        unit.id: unit
        for unit in await all_units(session)
        if unit.kind == UnitKind.BRANCH and unit.parent_id == due.unit_id and unit.id is not None
    }
    if not officers or not branches:
        return 0
    running = await running_matters(session, branch_ids=list(branches))
    held = [matter for matter in running if matter.step == Step.TOWN]
    made = 0
    for person in officers:
        theirs = [matter for matter in held if not is_accused(matter, person.id)]
        sections = await _matter_sections(session, theirs, due, now, branches=branches)
        title = say("digest.title_town", due.preset.name, name=person.name, unit=due.unit.name)
        made += await _Sending(session, due, person, now).send(DAILY, title, sections)
    if _is_weekly(due):
        done = [(unit, await _week(session, branch_id, due)) for branch_id, unit in branches.items()]
        for person in officers:
            title = _week_title("digest.weekly_title_town", person, due)
            section = branches_section(done, due.preset)
            made += await _Sending(session, due, person, now).send(WEEKLY, title, [section])
    return made


async def _week_of_branch(
    session: AsyncSession,
    due: Round,
    secretaries: Sequence[Person],
    overdue: Sequence[Covered],
    now: datetime,
) -> int:
    done = await _week(session, due.unit_id, due)
    if done.is_nothing and not overdue:
        return 0
    unclaimed = sum(person.telegram_id is None for person in await members_of(session, due.unit_id))
    sections = week_sections(done, due.preset, overdue=len(overdue), unclaimed=unclaimed)
    made = 0
    for person in secretaries:
        title = _week_title("digest.weekly_title", person, due)
        made += await _Sending(session, due, person, now).send(WEEKLY, title, sections)
    return made


@dataclass(frozen=True, slots=True)
class _Sending:
    """Sends one person's digest in as many messages as it needs."""

    session: AsyncSession
    due: Round
    person: Person
    now: datetime

    async def send(self, kind: str, title: str, sections: Sequence[Section]) -> int:
        parts = in_messages(title, sections, numbered=self._numbered)
        made = 0
        for number, text in enumerate(parts, start=1):
            stage = f"{self.due.today.isoformat()}/{number}"
            notice = await to_person(
                self.session,
                self.person,
                About(kind, "unit", self.due.unit_id, stage, _hour(self.due), _branch_id(self.due)),
                text,
                preset=self.due.preset,
                now=self.now,
                priority=Priority.DIGEST,
                expires_at=datetime.combine(
                    self.due.today + timedelta(days=1), time.min, self.due.preset.zone
                ),
            )
            made += notice is not None
        return made

    def _numbered(self, number: int, count: int) -> str:
        return say("digest.part", self.due.preset.name, number=number, count=count)


async def _matter_sections(
    session: AsyncSession,
    matters: Sequence[Matter],
    due: Round,
    now: datetime,
    *,
    branches: dict[int, Unit] | None = None,
) -> list[Section]:
    assigned = []
    for matter in matters:
        person = None if matter.assignee_id is None else await session.get(Person, matter.assignee_id)
        assigned.append((matter, person))
    return matter_sections(assigned, due.preset, now, branches=branches)


async def _told(session: AsyncSession, unit_id: int, role: Role, today: date) -> list[Person]:
    """Those with a role in a unit who can be told something today."""
    people = await people_with_role(session, unit_id, role)
    return [one for one in people if one.telegram_id is not None and not on_leave(one, today)]


async def _week(session: AsyncSession, branch_id: int, due: Round) -> Done:
    first, last = _week_days(due)
    return await done_between(session, branch_id, first=first, last=last, zone=due.preset.zone)


def _week_title(sentence: str, person: Person, due: Round) -> str:
    first, last = (plain_day_words(day) for day in _week_days(due))
    return say(sentence, due.preset.name, name=person.name, unit=due.unit.name, first=first, last=last)


def _week_days(due: Round) -> tuple[date, date]:
    """The seven days before the latest day of the weekly digest."""
    since = (due.today.isoweekday() - due.preset.digest_weekday) % 7
    last = due.today - timedelta(days=since + 1)
    return last - timedelta(days=6), last


def _is_weekly(due: Round) -> bool:
    """Whether the day of the weekly digest is today, or was missed."""
    return _week_days(due)[1] >= due.after


def _hour(due: Round) -> datetime:
    return datetime.combine(due.today, due.preset.digest_at, due.preset.zone)


def _branch_id(due: Round) -> int | None:
    return due.unit_id if due.unit.kind == UnitKind.BRANCH else None
