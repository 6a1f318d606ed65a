"""One person's digest, of all the units that have something for them: put together, and sent in parts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.digest import Item, Message, Section, Subject, in_messages
from bot.domain.roster import UnitKind
from bot.services.matters.tell_holders import REMAIN
from bot.services.notices.digest_words import DigestWords
from bot.services.notices.gather_digest import DECIDING, OWN, Share
from bot.services.notices.tell import About, to_person
from bot.services.notices.times import plain_day_words
from bot.services.roster.parameters import for_unit
from bot.services.visits.remind_visits import KIND as VISITS
from bot.services.visits.remind_visits import near_lines
from bot.services.visits.rounds import Round
from bot.wording import say
from storage.outbox import Priority
from storage.queries import deliveries, digests
from storage.queries.notices import waiting_to
from storage.tables import DigestItem, Person, Promise

DAILY, WEEKLY = "digest.daily", "digest.weekly"


@dataclass(slots=True)
class OfUnit:
    """What one unit's digest has for everybody."""

    due: Round
    words: DigestWords
    shares: dict[int, Share]
    overdue: Section
    newly_overdue: bool
    week: list[Section]
    weekly_to: set[int]


@dataclass(slots=True)
class OfPerson:
    """One person's digest, of all units that have something for them; the first is the one it is made for."""

    session: AsyncSession
    person: Person
    due: Round
    now: datetime
    everywhere: Sequence[OfUnit]
    told: set[int] = field(default_factory=set)  # the matters that stand in it

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
            sections = [self._news(each) for each in share.sections(one.words, names)]
            sections = [each for each in sections if each.items]
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

    def _news(self, section: Section) -> Section:
        """A section without the matters that another unit's has told already."""
        kept = []
        for item in section.items:
            matter = item.subject.id if item.subject is not None and item.subject.kind == "matter" else None
            if matter is None or matter not in self.told:
                kept.append(item)
            if matter is not None:
                self.told.add(matter)
        return Section(section.heading, kept)

    def _weekly(self) -> list[Section]:
        found = []
        for one in self.everywhere:
            if self._id in one.weekly_to and any(section.items for section in one.week):
                first, last = (plain_day_words(day) for day in week_days(one.due))
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
            if notice.person_id == self._id and notice.due_at > self.now:  # it waits for the digest
                await deliveries.cancel_one(self.session, notice, by="digest", now=self.now)

    async def _put(self, kind: str, number: int, part: Message) -> None:
        due, tomorrow = self.due, self._midnight(days=1)
        stage = f"{due.today.isoformat()}/{number}"
        branch_id = due.unit_id if due.unit.kind == UnitKind.BRANCH else None
        notice = await to_person(
            self.session,
            self.person,
            About(kind, "person", self._id, stage, hour_of(due), branch_id),
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


def week_days(due: Round) -> tuple[date, date]:
    """The seven days before the latest day of the weekly digest."""
    since = (due.today.isoweekday() - due.preset.digest_weekday) % 7
    last = due.today - timedelta(days=since + 1)
    return last - timedelta(days=6), last


def hour_of(due: Round) -> datetime:
    return datetime.combine(due.today, due.preset.digest_at, due.preset.zone)
