"""What a day's digest tells whom, unit by unit: what waits for a decision, and what is one's own.

Each matter stands once for each person, under the first of these that holds:

* **emergencies** that nobody has taken on or that are late: to who holds them and to the secretaries;
* **offered** to them;
* **reviewed**: back from the problem ledger today: to the secretaries;
* **late** at their step (group, secretary, town), and **waiting** there for somebody to take it;
* **broken** promises since yesterday, and what is due within a day (**prolong**): to the secretaries;
* what they have in their own hands, with the next deadline.

Nothing that accuses somebody is told to them, and a matter of conduct only to those on its own step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Urgency
from bot.domain.digest import Item, Section
from bot.domain.matters import MatterStatus, Step
from bot.domain.promises import PromiseState
from bot.domain.roster import Role, UnitKind
from bot.services.matters.accused import is_accused
from bot.services.matters.holders import holders_for, on_leave
from bot.services.matters.matter_texts import is_conduct, is_overdue
from bot.services.notices.digest_words import DigestWords
from bot.services.visits.rounds import Round
from storage.queries import digests
from storage.queries.roster import people_with_role
from storage.queries.tellings import running_matters
from storage.tables import Matter, Person, Unit

DECIDING = ("emergencies", "offered", "late", "reviewed", "waiting", "broken", "prolong")
OWN = ("promised", "held")
_A_DAY = timedelta(days=1)


@dataclass(slots=True)
class Share:
    """What a unit's digest has for one person.

    items: by the section's name. told: the matters that stand in it already.
    due_today: something of their own has to be done before tomorrow's digest.
    pressing: something in it can't wait for the next open day.
    promises: keys of those of which it reminds.
    """

    person: Person
    items: dict[str, list[Item]] = field(default_factory=dict)
    told: set[int | None] = field(default_factory=set)
    due_today: bool = False
    pressing: bool = False
    promises: list[int] = field(default_factory=list)

    @property
    def decides(self) -> bool:
        """Whether something waits for their decision."""
        return any(self.items.get(name) for name in DECIDING)

    def add(self, section: str, matter: Matter, item: Item) -> None:
        """Put a matter under a section, unless it stands in the digest or is not for their eyes."""
        if matter.id in self.told or is_accused(matter, self.person.id):
            return
        self.told.add(matter.id)
        self.items.setdefault(section, []).append(item)
        self.pressing |= section in DECIDING and matter.urgency != Urgency.NORMAL

    def sections(self, words: DigestWords, names: Iterable[str]) -> list[Section]:
        """Those of these sections that have an item, in this order."""
        return [words.section(name, self.items[name]) for name in names if self.items.get(name)]


async def shares_of(session: AsyncSession, due: Round, words: DigestWords, now: datetime) -> dict[int, Share]:
    """What the digest of a branch or town has for whom, by the person's key. Nobody on leave."""
    gathering = _Gathering(session, due, words, now)
    if due.unit.kind == UnitKind.BRANCH:
        await gathering.branch()
    else:
        await gathering.town()
    return gathering.shares


@dataclass(slots=True)
class _Gathering:
    session: AsyncSession
    due: Round
    words: DigestWords
    now: datetime
    shares: dict[int, Share] = field(default_factory=dict)
    names: dict[int | None, str] = field(default_factory=dict)

    @property
    def _hour(self) -> datetime:
        return datetime.combine(self.due.today, self.due.preset.digest_at, self.due.preset.zone)

    @property
    def _since(self) -> datetime:
        """The hour of the latest digest that the calendar left open: what has come later is news."""
        return datetime.combine(self.due.since, self.due.preset.digest_at, self.due.preset.zone)

    async def _running(self, branch_ids: Sequence[int]) -> list[Matter]:
        """What ran at the digest's hour: of what has been raised since, people have just been told."""
        running = await running_matters(self.session, branch_ids=branch_ids)
        return [matter for matter in running if matter.created_at <= self._hour]

    async def branch(self) -> None:
        """The sections in the order of `DECIDING`, so that each matter stands under the first."""
        running = await self._running([self.due.unit_id])
        holders = {matter.id: await self._holders(matter) for matter in running}
        secretaries = await self._with_role(Role.SECRETARY)
        for matter in running:
            if matter.urgency == Urgency.EMERGENCY and self._waits(matter):
                for person in [*holders[matter.id], *self._above(matter, secretaries)]:
                    self._add(person, "emergencies", matter, await self._as_it_stands(matter, person))
        await self._offers([self.due.unit_id], secretaries)
        back = await digests.back_from_ledger(self.session, [self.due.unit_id], since=self._since)
        for matter in running:
            if matter.id in back:
                for person in self._above(matter, secretaries):
                    item = self.words.reviewed(matter, await self._name(matter, person))
                    self._add(person, "reviewed", matter, item)
        await self._at_step(running, holders, (Step.GROUP, Step.SECRETARY))
        promises = await digests.promises_on(self.session, [self.due.unit_id])
        for promise, matter, giver in promises:
            if promise.state == PromiseState.BROKEN and self._is_fresh(promise.ended_at):
                for person in self._above(matter, secretaries):
                    self._add(person, "broken", matter, self.words.broken(matter, promise, giver.name))
        for matter in running:
            due_soon = matter.solve_by is not None and self.now < matter.solve_by <= self.now + _A_DAY
            if matter.status != MatterStatus.OPEN and due_soon and matter.urgency != Urgency.EMERGENCY:
                for person in self._above(matter, secretaries):
                    item = self.words.prolong(matter, await self._name(matter, person))
                    self._add(person, "prolong", matter, item)
        for promise, matter, giver in promises:
            tomorrow = promise.due == self.due.today + _A_DAY
            if promise.state == PromiseState.STANDING and tomorrow and matter.assignee_id == giver.id:
                self._add(giver, "promised", matter, self.words.promised(matter, promise))
                if (share := self.shares.get(giver.id or 0)) is not None and promise.id is not None:
                    share.promises.append(promise.id)
        await self._own(running)
        midnight = datetime.combine(self.due.today, time.min, self.due.preset.zone)
        waited_for = await digests.held_back(self.session, self.due.unit_id, before=midnight)
        for person in [*secretaries, *waited_for]:
            if person.telegram_id is not None and not on_leave(person, self.due.today):
                self._share(person)

    async def town(self) -> None:
        """What stands on the town's step, of all its branches, and what is offered to its officers."""
        branches = list(self.words.branches or {})
        officers = await self._with_role(Role.TOWN_OFFICER)
        running = [matter for matter in await self._running(branches) if matter.step == Step.TOWN]
        for person in officers:
            self._share(person)
        await self._at_step(running, dict.fromkeys((one.id for one in running), officers), (Step.TOWN,))

    async def _at_step(
        self,
        running: Sequence[Matter],
        holders: dict[int | None, list[Person]],
        steps: Sequence[Step],
    ) -> None:
        for matter in running:
            if matter.step not in steps or not self._waits(matter):
                continue
            section = "late" if is_overdue(matter, self.now) else "waiting"
            for person in holders[matter.id]:
                self._add(person, section, matter, await self._as_it_stands(matter, person))

    async def _offers(self, branch_ids: Sequence[int], secretaries: Sequence[Person]) -> None:
        for offer, matter in await digests.offers_waiting(self.session, branch_ids):
            if offer.made_at > self._hour:
                continue
            asked = list(secretaries)
            if offer.to_person_id is not None:
                asked = [await self.session.get_one(Person, offer.to_person_id)]
            for person in asked:
                self._add(person, "offered", matter, self.words.offered(matter, offer))

    async def _own(self, running: Sequence[Matter]) -> None:
        for matter in running:
            if matter.assignee_id is None:
                continue
            person = await self.session.get_one(Person, matter.assignee_id)
            held_here = matter.status != MatterStatus.OPEN or matter.step == Step.MEMBER
            if not held_here or person.telegram_id is None or on_leave(person, self.due.today):
                continue
            share = self._share(person)
            share.add("held", matter, self.words.own(matter, await self._name(matter, person)))
            open_still = matter.status == MatterStatus.OPEN
            deadline = matter.acknowledge_by if open_still else matter.solve_by
            due_today = deadline is not None and deadline <= self.now + _A_DAY
            share.due_today |= due_today
            share.pressing |= due_today and matter.urgency != Urgency.NORMAL

    async def _holders(self, matter: Matter) -> list[Person]:
        step = Step(matter.step)
        if step is Step.TOWN:
            return []
        held = await holders_for(self.session, matter, step, today=self.due.today)
        return [holder.person for holder in held if holder.reachable]

    async def _with_role(self, role: Role) -> list[Person]:
        people = await people_with_role(self.session, self.due.unit_id, role)
        return [one for one in people if one.telegram_id is not None and not on_leave(one, self.due.today)]

    def _above(self, matter: Matter, secretaries: Sequence[Person]) -> Sequence[Person]:
        """The secretaries, of a matter of conduct only when it is on their step."""
        return secretaries if not is_conduct(matter) or matter.step == Step.SECRETARY else ()

    def _waits(self, matter: Matter) -> bool:
        return matter.status == MatterStatus.OPEN or is_overdue(matter, self.now)

    def _is_fresh(self, moment: datetime | None) -> bool:
        return moment is not None and moment > self._since

    async def _as_it_stands(self, matter: Matter, reader: Person) -> Item:
        if matter.status == MatterStatus.OPEN:
            return self.words.open(matter)
        return self.words.late(matter, await self._name(matter, reader))

    async def _name(self, matter: Matter, reader: Person) -> str | None:
        """Who holds a matter, as its reader is told; null: nobody."""
        if matter.assignee_id is None:
            return None
        if matter.assignee_id == reader.id:
            return self.words.you
        if matter.assignee_id not in self.names:
            person = await self.session.get_one(Person, matter.assignee_id)
            self.names[matter.assignee_id] = person.name
        return self.names[matter.assignee_id]

    def _add(self, person: Person, section: str, matter: Matter, item: Item) -> None:
        if person.telegram_id is not None and not on_leave(person, self.due.today):
            self._share(person).add(section, matter, item)

    def _share(self, person: Person) -> Share:
        if person.id is None:
            raise ValueError("the person has not been stored yet")
        return self.shares.setdefault(person.id, Share(person))


def branches_below(units: Sequence[Unit], town_id: int) -> dict[int, Unit]:
    """The branches of a town by their keys."""
    return {
        unit.id: unit
        for unit in units
        if unit.kind == UnitKind.BRANCH and unit.parent_id == town_id and unit.id is not None
    }
