"""The digest of the day: what waits for somebody's decision and what is theirs today, with its buttons.

* Group leaders, secretaries and town officers get what they have to decide (`gather_digest`); secretaries
  also which members have households overdue, on the day on which one has become so, or beside something
  else.
* Members get what they hold, when some of it is due before tomorrow's digest; visits that are due alone
  have their reminder.
* On Mondays secretaries and town officers get the week in figures.
* On a day that the calendar pauses only those get one in whose digest something is urgent; all the rest
  stands in that of the next open day.
* Routine messages that wait go into it, those held back for the day's budget too (`hold_routine`).

It is one digest a person and day, whatever their roles and branches. Who would get an empty one gets none.
Kind `digest.daily`, or `digest.weekly` when it holds the week alone, about the subject `person`; the stage
in their keys is the day and the part's number.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.cadence import ContactState
from bot.domain.digest import Item, Message, Section, Subject, in_messages
from bot.domain.roster import Role, UnitKind
from bot.services.matters.tell_holders import REMAIN
from bot.services.notices.digest_words import DigestWords, branches_section, overdue_section, week_sections
from bot.services.notices.gather_digest import DECIDING, OWN, Share, branches_below, shares_of
from bot.services.notices.tell import About, to_person
from bot.services.notices.times import plain_day_words
from bot.services.roster.parameters import for_unit
from bot.services.visits.coverage import coverage
from bot.services.visits.remind_visits import KIND as VISITS
from bot.services.visits.remind_visits import near_lines
from bot.services.visits.rounds import Round, mark_made, rounds_due
from bot.wording import say
from storage.outbox import Priority
from storage.queries import deliveries, digests
from storage.queries.figures import Done, done_between
from storage.queries.notices import waiting_to
from storage.queries.units import all_units, members_of
from storage.tables import DigestItem, Person, Promise, Unit

ROUND = "digest"
DAILY, WEEKLY = "digest.daily", "digest.weekly"
KINDS = (DAILY, WEEKLY)


async def digest(session: AsyncSession, *, now: datetime, batch: int = 100) -> int:
    """Make the day's digests of all branches and towns.

    Args:
        batch: after how many messages the other units are left to the next call.

    Returns:
        How many messages were made; 0 when all are.
    """
    made = 0
    making = _Making(session, now)
    for kind in (UnitKind.BRANCH, UnitKind.TOWN):
        for due in await rounds_due(session, ROUND, at=lambda preset: preset.digest_at, now=now, kind=kind):
            quiet = due.preset.quiet
            if quiet.is_quiet(now) and not quiet.is_quiet(_hour(due)):
                continue  # too late for today; tomorrow's tells all
            made += await making.round(due)
            await mark_made(session, due, now=now)
            if made >= batch:
                return made
    return made


@dataclass(slots=True)
class _OfUnit:
    """What one unit's digest has for everybody."""

    due: Round
    words: DigestWords
    shares: dict[int, Share]
    overdue: Section
    newly_overdue: bool
    week: list[Section]
    weekly_to: set[int]


@dataclass(slots=True)
class _Making:
    """Makes digests; knows what it has gathered of each unit."""

    session: AsyncSession
    now: datetime
    units: dict[int, Unit] = field(default_factory=dict)
    gathered: dict[int, _OfUnit] = field(default_factory=dict)

    async def round(self, due: Round) -> int:
        """The digests of everybody for whom a unit has something, and who has had none today."""
        if not self.units:
            self.units = {unit.id: unit for unit in await all_units(self.session) if unit.id is not None}
        of_unit = await self._of(due)
        midnight = datetime.combine(due.today, time.min, due.preset.zone)
        had = await digests.sent_since(self.session, KINDS, since=midnight)
        roles = await digests.units_of(self.session, list(of_unit.shares))
        made = 0
        for person_id, share in of_unit.shares.items():
            if person_id in had:
                continue
            everywhere = [of_unit]
            elsewhere = {self._digest_unit(unit_id) for unit_id in roles.get(person_id, ())}
            for unit_id in sorted(elsewhere - {None, due.unit_id}, key=lambda one: one or 0):
                everywhere.append(await self._of(await self._beside(due, unit_id or 0)))
            made += await _OfPerson(self.session, share.person, due, self.now, everywhere).send()
        return made

    async def _of(self, due: Round) -> _OfUnit:
        if due.unit_id not in self.gathered:
            town = due.unit.kind == UnitKind.TOWN
            branches = branches_below(list(self.units.values()), due.unit_id) if town else None
            words = DigestWords(due.preset, self.now, branches)
            shares = await shares_of(self.session, due, words, self.now)
            found = _OfUnit(due, words, shares, Section("", []), False, [], set())
            await (self._town(found) if town else self._branch(found))
            self.gathered[due.unit_id] = found
        return self.gathered[due.unit_id]

    async def _branch(self, found: _OfUnit) -> None:
        due = found.due
        covered = await coverage(self.session, due.unit_id, due.preset, today=due.today)
        overdue = [one for one in covered if one.standing.state is ContactState.OVERDUE]
        found.overdue = overdue_section(overdue, due.preset)
        found.newly_overdue = any(one.standing.due_by >= due.since for one in overdue)
        found.weekly_to = await self._holding(due.unit_id, Role.SECRETARY, found)
        if _is_weekly(due):
            done = await self._done(due.unit_id, due)
            unclaimed = sum(one.telegram_id is None for one in await members_of(self.session, due.unit_id))
            if overdue or not done.is_nothing:
                found.week = week_sections(done, due.preset, overdue=len(overdue), unclaimed=unclaimed)

    async def _town(self, found: _OfUnit) -> None:
        due, branches = found.due, found.words.branches or {}
        found.weekly_to = await self._holding(due.unit_id, Role.TOWN_OFFICER, found)
        if _is_weekly(due) and branches:
            done = [(unit, await self._done(branch_id, due)) for branch_id, unit in branches.items()]
            found.week = [branches_section(done, due.preset)]

    async def _holding(self, unit_id: int, role: Role, found: _OfUnit) -> set[int]:
        """Of those who have a share, who holds a role in the unit itself."""
        people = await digests.holding(self.session, unit_id, role)
        return people & found.shares.keys()

    async def _done(self, branch_id: int, due: Round) -> Done:
        first, last = _week_days(due)
        return await done_between(self.session, branch_id, first=first, last=last, zone=due.preset.zone)

    def _digest_unit(self, unit_id: int | None) -> int | None:
        """The branch or town whose digest tells of a unit; null for a district."""
        while unit_id is not None and self.units[unit_id].kind == UnitKind.GROUP:
            unit_id = self.units[unit_id].parent_id
        told = unit_id is not None and self.units[unit_id].kind in (UnitKind.BRANCH, UnitKind.TOWN)
        return unit_id if told else None

    async def _beside(self, due: Round, unit_id: int) -> Round:
        """Another unit's round of the same moment."""
        preset = await for_unit(self.session, unit_id)
        today = self.now.astimezone(preset.zone).date()
        yesterday = today - timedelta(days=1)
        return Round(due.name, self.units[unit_id], unit_id, preset, today, yesterday)


@dataclass(slots=True)
class _OfPerson:
    """One person's digest, of all units that have something for them; the first is the one it is made for."""

    session: AsyncSession
    person: Person
    due: Round
    now: datetime
    everywhere: Sequence[_OfUnit]

    async def send(self) -> int:
        """Put it in the outbox; returns in how many messages. None when there is nothing to tell today."""
        shares = [one.shares[self._id] for one in self.everywhere if self._id in one.shares]
        if self.due.paused and not any(share.pressing for share in shares):
            return 0
        deciding = await self._sections(DECIDING, overdue=True)
        weekly = [] if self.due.paused else self._weekly()
        waiting = await digests.routine_waiting(self.session, self._id, until=self._midnight(days=1))
        held_back = [notice for notice in waiting if notice.due_at < self._midnight(days=0)]
        if not (deciding or weekly or held_back or any(share.due_today for share in shares)):
            return 0
        await digests.leave_to_later(self.session, self._id)
        own = await self._sections(OWN)
        for share in shares:
            await self._remind_of(share.promises)
            await self._leave_out_reminders(share.told)
        own += await self._routine()
        kind = DAILY if deciding or own else WEEKLY
        parts = in_messages(self._title(deciding, own), [*deciding, *own, *weekly], numbered=self._numbered)
        for number, part in enumerate(parts, start=1):
            await self._put(kind, number, part)
        return len(parts)

    async def _sections(self, names: Sequence[str], *, overdue: bool = False) -> list[Section]:
        found: list[Section] = []
        several = sum(self._id in one.shares for one in self.everywhere) > 1
        for one in self.everywhere:
            share = one.shares.get(self._id)
            if share is None:
                continue
            sections = share.sections(one.words, names)
            if (
                overdue
                and self._id in one.weekly_to
                and one.overdue.items
                and (share.decides or one.newly_overdue)
            ):
                sections.append(one.overdue)
            if several:
                name = one.due.preset.name
                sections = [
                    Section(
                        say("digest.of_unit", name, unit=one.due.unit.name, heading=each.heading), each.items
                    )
                    for each in sections
                ]
            found += sections
        return found

    def _weekly(self) -> list[Section]:
        found = []
        for one in self.everywhere:
            if self._id in one.weekly_to and any(section.items for section in one.week):
                first, last = (plain_day_words(day) for day in _week_days(one.due))
                sentence = "weekly_title_town" if one.due.unit.kind == UnitKind.TOWN else "weekly_title"
                name, unit = one.due.preset.name, one.due.unit.name
                heading = say(f"digest.{sentence}", name, unit=unit, first=first, last=last)
                lines = [
                    line for each in one.week if each.items for line in (Item(each.heading), *each.items)
                ]
                found.append(Section(heading, lines))
        return found

    async def _routine(self) -> list[Section]:
        """What else waits to be told today goes into the digest, in place of a message of its own."""
        visits: list[Item] = []
        others: list[Item] = []
        name = self.due.preset.name
        for notice in await digests.routine_waiting(self.session, self._id, until=self._midnight(days=1)):
            if notice.kind == VISITS:
                branch_id = notice.branch_id or self.due.unit_id
                preset = await for_unit(self.session, branch_id)
                lines = await near_lines(self.session, self.person, branch_id, preset, today=self.due.today)
                visits += [Item(line, subject=Subject("household", key)) for key, line in lines]
            else:
                others.append(Item(say("digest.routine_line", name, text=notice.text)))
            await deliveries.cancel_one(self.session, notice, by="digest", now=self.now)
        sections = [Section(say("digest.visits", name), visits), Section(say("digest.routine", name), others)]
        return [section for section in sections if section.items]

    async def _remind_of(self, promise_ids: Sequence[int]) -> None:
        for promise_id in promise_ids:
            promise = await self.session.get_one(Promise, promise_id)
            promise.reminded_at = promise.reminded_at or self.now
            self.session.add(promise)

    async def _leave_out_reminders(self, matter_ids: Collection[int | None]) -> None:
        """What is late at the top stands in the digest: no message of its own this morning."""
        keys = [key for key in matter_ids if key is not None]
        for notice in await waiting_to(self.session, kind=REMAIN, subject_kind="matter", subject_ids=keys):
            if notice.person_id == self._id and notice.priority != Priority.EMERGENCY:
                await deliveries.cancel_one(self.session, notice, by="digest", now=self.now)

    async def _put(self, kind: str, number: int, part: Message) -> None:
        due, tomorrow = self.due, self._midnight(days=1)
        stage = f"{due.today.isoformat()}/{number}"
        branch_id = due.unit_id if due.unit.kind == UnitKind.BRANCH else None
        notice = await to_person(
            self.session,
            self.person,
            About(kind, "person", self._id, stage, _hour(due), branch_id),
            part.text,
            preset=due.preset,
            now=self.now,
            priority=Priority.DIGEST,
            buttons=part.buttons,
            expires_at=tomorrow,
        )
        if notice is None or notice.id is None:
            return
        for position, placed in enumerate(part.placed):
            subject = placed.item.subject
            line = DigestItem(
                notice_id=notice.id,
                made_at=self.now,
                position=position,
                heading=placed.heading,
                text=placed.item.text,
                buttons=[[dict(button) for button in row] for row in placed.item.buttons],
            )
            if subject is not None:
                line.subject_kind, line.subject_id = subject.kind, subject.id
                line.version, line.state = subject.version, subject.state
            self.session.add(line)

    def _title(self, deciding: Sequence[Section], own: Sequence[Section]) -> str:
        name = self.due.preset.name
        if not deciding:
            return say("digest.title_own" if own else "digest.title_week", name, name=self.person.name)
        units = [one.due.unit for one in self.everywhere if self._id in one.shares]
        if len(units) > 1:
            return say("digest.title_several", name, name=self.person.name)
        sentence = "title_town" if units[0].kind == UnitKind.TOWN else "title"
        return say(f"digest.{sentence}", name, name=self.person.name, unit=units[0].name)

    def _numbered(self, number: int, count: int) -> str:
        return say("digest.part", self.due.preset.name, number=number, count=count)

    def _midnight(self, *, days: int) -> datetime:
        return datetime.combine(self.due.today + timedelta(days=days), time.min, self.due.preset.zone)

    @property
    def _id(self) -> int:
        if self.person.id is None:
            raise ValueError("the person has not been stored yet")
        return self.person.id


def _week_days(due: Round) -> tuple[date, date]:
    """The seven days before the latest day of the weekly digest."""
    since = (due.today.isoweekday() - due.preset.digest_weekday) % 7
    last = due.today - timedelta(days=since + 1)
    return last - timedelta(days=6), last


def _is_weekly(due: Round) -> bool:
    """Whether the day of the weekly digest is today, or was missed."""
    return _week_days(due)[1] >= due.since


def _hour(due: Round) -> datetime:
    return datetime.combine(due.today, due.preset.digest_at, due.preset.zone)
