"""A branch's people, households and links as its roster says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import SystemRandom

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.plates import new_plate
from bot.domain.roster import HouseholdKind, UnitKind
from bot.secrets import Secrets
from bot.services.roster.branch_people import BranchPeople, stored_id
from bot.services.roster.import_changes import Imported, household_changes
from bot.services.roster.roster_cells import RowFault
from bot.services.roster.roster_contradictions import by_person
from bot.services.roster.roster_phones import RosterPhones
from bot.services.roster.roster_rows import Entry
from bot.text.nicknames import nicknames_in
from bot.text.roster_words import group_key
from bot.wording import say
from storage.queries.roster import group_paths, plates_taken
from storage.tables import Household, Link, Person, RoleHeld, Unit


class BranchRoster:
    """One branch while its roster is brought in. What it changes is counted in `done`."""

    def __init__(
        self, session: AsyncSession, unit: Unit, secrets: Secrets, today: date, now: datetime, done: Imported
    ) -> None:
        self._session = session
        self._unit = unit
        self._phones = RosterPhones(secrets)
        self._today = today
        self._now = now
        self._done = done
        self._groups: dict[str, int] = {}

    async def bring(self, entries: Sequence[Entry]) -> list[RowFault]:
        """Make the branch's people, households and links as these sound entries say.

        Returns:
            What is wrong with them as the ledger stands; keep nothing then.
        """
        faults = await self._oddly_written_groups(entries)
        if faults:
            return faults
        for entry in entries:
            if entry.group and entry.group not in self._groups:
                self._groups[entry.group] = await self._group(entry.group, entry.row)
        households = await self._bring_households([entry for entry in entries if entry.head])
        people = BranchPeople(
            self._session,
            self._unit,
            self._phones,
            self._now,
            self._done,
            groups=self._groups,
            names=frozenset(entry.member for entry in entries),
        )
        named: set[int] = set()
        for (_, name), namesakes in by_person(entries).items():
            known = await people.called(name)
            for person_entries in namesakes:
                if self._is_unclear(person_entries, known, namesakes):
                    problem = say("roster.fault_which_namesake", name=name, count=len(known))
                    faults.append(RowFault(person_entries[0].row, "党员", problem))
                    continue
                person = await people.bring(person_entries, known, alone=len(namesakes) == 1)
                named.add(stored_id(person.id))
                linked = {
                    households[entry.head, entry.address]: entry for entry in person_entries if entry.head
                }
                await self._link(person, linked, row=person_entries[0].row)
        staying = await self._session.exec(
            select(Person)
            .where(Person.branch_id == self._unit.id, col(Person.id).in_(select(RoleHeld.person_id)))
            .order_by(col(Person.id))
        )
        self._done.absent += [person.name for person in staying if person.id not in named]
        return faults

    def _is_unclear(
        self, entries: Sequence[Entry], known: Sequence[Person], people: Sequence[Sequence[Entry]]
    ) -> bool:
        """Whether several on the ledger have this name, and nothing in the roster says which is meant."""
        says_which = any(entry.phone or entry.group for entry in entries)
        return len(known) > 1 and len(people) == 1 and not says_which

    async def _oddly_written_groups(self, entries: Sequence[Entry]) -> list[RowFault]:
        """Groups that the ledger has under a name written in another way (1组 for 一组)."""
        there = await group_paths(self._session, stored_id(self._unit.id))
        by_key = {group_key(path): path for path in there}
        found: dict[str, RowFault] = {}
        for entry in entries:
            other = by_key.get(group_key(entry.group))
            if entry.group and other is not None and entry.group not in there:
                problem = say("roster.fault_group_there", value=entry.group, other=other)
                found.setdefault(entry.group, RowFault(entry.row, "党小组", problem))
        return list(found.values())

    async def _group(self, name: str, row: int) -> int:
        """The group of a name; one within another is written with both (三号院/2号楼)."""
        within = stored_id(self._unit.id)
        for part in name.split("/"):
            within = await self._group_within(within, part, row)
        return within

    async def _group_within(self, parent_id: int, name: str, row: int) -> int:
        same = select(Unit).where(Unit.kind == UnitKind.GROUP, Unit.parent_id == parent_id, Unit.name == name)
        group = (await self._session.exec(same)).first()
        if group is None:
            group = Unit(kind=UnitKind.GROUP, name=name, parent_id=parent_id)
            self._session.add(group)
            await self._session.flush()
            self._done.tell(row, "group_new", name=name)
        return stored_id(group.id)

    async def _bring_households(self, entries: Sequence[Entry]) -> dict[tuple[str, str], int]:
        wanted: dict[tuple[str, str], list[Entry]] = {}
        for entry in entries:
            wanted.setdefault((entry.head, entry.address), []).append(entry)
        known = list(
            await self._session.exec(
                select(Household)
                .where(Household.branch_id == self._unit.id, col(Household.removed_on).is_(None))
                .order_by(col(Household.id))
            )
        )
        by_place = {(household.head, household.address): household for household in known}
        taken = await plates_taken(self._session)
        unmatched = [household for household in known if (household.head, household.address) not in wanted]
        found: dict[tuple[str, str], int] = {}
        for place, same in wanted.items():
            household = by_place.get(place)
            if household is None:
                household = self._moved(place[0], wanted, unmatched, by_place)
            found[place] = await self._bring_household(household, same, taken)
        return found

    def _moved(
        self,
        head: str,
        wanted: dict[tuple[str, str], list[Entry]],
        unmatched: Sequence[Household],
        by_place: dict[tuple[str, str], Household],
    ) -> Household | None:
        """The household of this head under its old address, when there can be no doubt."""
        before = [household for household in unmatched if household.head == head]
        after = [place for place in wanted if place[0] == head and place not in by_place]
        return before[0] if len(before) == len(after) == 1 else None

    async def _bring_household(
        self, household: Household | None, entries: Sequence[Entry], taken: set[str]
    ) -> int:
        first = entries[0]
        is_new = household is None
        if household is None:
            household = Household(branch_id=stored_id(self._unit.id), head=first.head)
        before = None if is_new else household.model_dump()
        household.head, household.address = first.head, first.address
        household.group_id = await self._group_of(household, entries)
        kinds = dict.fromkeys(str(kind) for entry in entries for kind in entry.kinds)
        household.kinds = list(kinds) or household.kinds or [str(HouseholdKind.ORDINARY)]
        if notes := "；".join(dict.fromkeys(entry.note for entry in entries if entry.note)):
            household.note, household.nicknames = notes, list(nicknames_in(notes))
        if household.plate is None:
            household.plate = new_plate(taken, SystemRandom())
            taken.add(household.plate)
        phone = next((entry.household_phone for entry in entries if entry.household_phone), None)
        household.phone_encrypted = self._phones.kept(household.phone_encrypted, phone)
        after = household.model_dump()
        if before is None:
            self._done.households_new += 1
        elif before != after:
            self._done.households_changed += 1
        for change in household_changes(before, after):
            self._done.changes.append((first.row, change))
        self._session.add(household)
        await self._session.flush()
        return stored_id(household.id)

    async def _group_of(self, household: Household, entries: Sequence[Entry]) -> int | None:
        """The group in which a household is: that of its member, but when it stays with a member of another.

        A member may answer for a household in the next group: as long as nothing of that changes, the
        roster, which has one column for both, says nothing new.
        """
        given = [self._groups[entry.group] for entry in entries if entry.group]
        if not given or household.id is None or household.group_id is None:
            return given[0] if given else household.group_id
        linked = select(Link.person_id).where(Link.household_id == household.id, col(Link.until).is_(None))
        held = select(RoleHeld.unit_id).where(col(RoleHeld.person_id).in_(linked))
        groups = set(await self._session.exec(held))
        return household.group_id if set(given) <= groups else given[0]

    async def _link(self, person: Person, households: Mapping[int, Entry], *, row: int) -> None:
        """End the links that the roster does not have, and make those that are new."""
        person_id = stored_id(person.id)
        standing = select(Link).where(Link.person_id == person_id, col(Link.until).is_(None))
        links = {link.household_id: link for link in await self._session.exec(standing)}
        for household_id, link in links.items():
            if household_id not in households:
                link.until = max(self._today - timedelta(days=1), link.since - timedelta(days=1))
                link.reason = "roster"
                self._session.add(link)
                self._done.links_ended += 1
                head = (await self._session.get_one(Household, household_id)).head
                self._done.tell(row, "link_ended", name=person.name, head=head)
        for household_id, entry in households.items():
            if household_id not in links:
                self._session.add(Link(person_id=person_id, household_id=household_id, since=self._today))
                self._done.links_new += 1
                self._done.tell(entry.row, "link_new", name=person.name, head=entry.head)
        await self._session.flush()
