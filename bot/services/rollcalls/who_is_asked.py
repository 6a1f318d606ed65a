"""Whom a roll-call asks: those who answer for a household today, whoever stands in, or the next rung."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roster import Role, UnitKind
from bot.services.chat.speaker import Speaking
from bot.services.matters.holders import on_leave
from bot.services.rollcalls.standing import Row, Standing
from storage.queries import roll_calls
from storage.queries.leaves import substitutes_of
from storage.queries.roster import branches_of_officer, people_with_role, residents_of, unit_above
from storage.queries.units import members_of, units_by_id
from storage.tables import Household, Person, Unit


@dataclass(slots=True)
class Asked:
    """Who is asked about which households; `nobody`: those that nobody can be asked about."""

    people: dict[int, Person] = field(default_factory=dict)
    households: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    nobody: list[int] = field(default_factory=list)

    def add(self, person: Person, household_id: int) -> None:
        key = person.id or 0
        self.people[key] = person
        if household_id not in self.households[key]:
            self.households[key].append(household_id)


async def responsible(
    session: AsyncSession, branch_id: int, households: Sequence[Household], today: date
) -> Asked:
    """Who reports on these households: those linked to them who are there and can be reached; else the leader
    of their group, of the groups around it, the secretary with the deputies, and last the town."""
    asked, fallback = Asked(), _Above(session, branch_id, today)
    linked = await roll_calls.linked_on(session, [one.id or 0 for one in households], today)
    everybody = {person.id: person for people in linked.values() for person in people}
    present = {person.id for person in await _present(session, everybody.values(), today)}
    for household in households:
        key = household.id or 0
        people = [person for person in linked.get(key, ()) if person.id in present]
        people = people or await fallback.of(household.group_id)
        for person in people:
            asked.add(person, key)
        if not people:
            asked.nobody.append(key)
    return asked


async def group_leaders(session: AsyncSession, standing: Standing, rows: Iterable[Row], today: date) -> Asked:
    """Who leads the groups of these households and can be reached."""
    asked, above = Asked(), _Above(session, standing.call.branch_id, today)
    for row in rows:
        for person in await above.leaders(row.household.group_id):
            asked.add(person, row.id)
    return asked


async def deciding(session: AsyncSession, branch_id: int, today: date) -> list[Person]:
    """The secretary and the deputies who are there and can be reached."""
    return await _Above(session, branch_id, today).secretaries()


async def officers(session: AsyncSession, branch_id: int, today: date) -> list[Person]:
    """The town's officers who can be reached."""
    return await _Above(session, branch_id, today).town()


async def residents(session: AsyncSession, households: Sequence[Household]) -> Asked:
    """Those who live there and can be reached."""
    asked = Asked()
    living = await residents_of(session, [one.id or 0 for one in households])
    everybody = [person for people in living.values() for person in people]
    users = await roll_calls.writable(session, _users(everybody))
    for household_id, people in living.items():
        for person in people:
            if person.telegram_id in users:
                asked.add(person, household_id)
    return asked


async def neighbours(
    session: AsyncSession,
    standing: Standing,
    rows: Sequence[Row],
    households: Sequence[Household],
    today: date,
    *,
    busy: Collection[int],
) -> Asked:
    """Who may have seen these households: who lives nearest, and who answers for the nearest of the group.

    households: all of the branch. busy: those who have enough to report themselves.
    """
    asked = Asked()
    ids = [one.id or 0 for one in households]
    living = await residents_of(session, ids)
    linked = await roll_calls.linked_on(session, ids, today)
    members = await members_of(session, standing.call.branch_id)
    everybody = {person.id: person for person in [*members, *_all(living.values()), *_all(linked.values())]}
    present = {person.id for person in await _present(session, everybody.values(), today)}
    most = standing.preset.roll_call.neighbours
    for row in rows:
        own = {person.id for person in (*linked.get(row.id, ()), *living.get(row.id, ()))} | {row.known.by_id}
        beside = [one for one in households if one.id != row.id and one.group_id == row.household.group_id]
        nearest = sorted(beside, key=lambda one: (distance(one.address, row.household.address), one.id))
        for some in (nearest[:_NEAR], nearest[_NEAR:]):
            around = [
                person
                for one in some
                for person in (*living.get(one.id or 0, ()), *linked.get(one.id or 0, ()))
            ]
            chosen = {
                person.id: person
                for person in around
                if person.id in present
                and person.id not in own
                and person.id not in busy
                and len(asked.households.get(person.id or 0, ())) < _MOST_EACH
            }
            for person in list(chosen.values())[:most]:
                asked.add(person, row.id)
            if chosen:
                break
    return asked


_NEAR = 6  # households; whoever lives there or answers for them is asked first
_MOST_EACH = 4  # households that a neighbour is asked about


async def may_decide(session: AsyncSession, speaking: Speaking, branch_id: int) -> bool:
    """Whether somebody opens and closes a branch's roll-calls: secretary, deputy, an officer of its town."""
    person = speaking.person
    if person is None or person.id is None:
        return False
    if person.branch_id == branch_id and speaking.actor.roles & {Role.SECRETARY, Role.DEPUTY}:
        return True
    if Role.TOWN_OFFICER not in speaking.actor.roles:
        return False
    return branch_id in {one.id for one in await branches_of_officer(session, person.id)}


def distance(one: str, other: str) -> tuple[int, int]:
    """How far apart two addresses are, to compare: the same street first, then by house number."""
    (street, number), (other_street, other_number) = _address(one), _address(other)
    return int(street != other_street or not street), abs(number - other_number)


def _address(address: str) -> tuple[str, int]:
    found = re.match(r"(?P<street>.*?)(?P<number>[0-9]+)(?:号|室|户)?$", address)
    return (address, 0) if found is None else (found["street"], int(found["number"]))


@dataclass(slots=True)
class _Above:
    """Those above the members of a branch, asked for once each."""

    session: AsyncSession
    branch_id: int
    today: date
    _groups: dict[int | None, list[Person]] = field(default_factory=dict)
    _secretaries: list[Person] | None = None

    async def of(self, group_id: int | None) -> list[Person]:
        """Who reports instead of a group's members."""
        return await self.leaders(group_id) or await self.secretaries() or await self.town()

    async def leaders(self, group_id: int | None) -> list[Person]:
        """Who leads a group; when nobody there can be reached, the group around it."""
        if group_id not in self._groups:
            self._groups[group_id] = await self._leaders(group_id)
        return self._groups[group_id]

    async def _leaders(self, group_id: int | None) -> list[Person]:
        if group_id is None:
            return []
        people = await people_with_role(self.session, group_id, Role.GROUP_LEADER)
        [group] = await units_by_id(self.session, [group_id])
        above = group.parent_id if group.parent_id != self.branch_id else None
        return await self._reached(people) or await self.leaders(above)

    async def secretaries(self) -> list[Person]:
        if self._secretaries is None:
            people = await people_with_role(self.session, self.branch_id, Role.SECRETARY)
            people += await people_with_role(self.session, self.branch_id, Role.DEPUTY)
            self._secretaries = await self._reached(people)
        return self._secretaries

    async def town(self) -> list[Person]:
        branch = await self.session.get_one(Unit, self.branch_id)
        town = await unit_above(self.session, branch, UnitKind.TOWN)
        if town is None or town.id is None:
            return []
        return await self._reached(await people_with_role(self.session, town.id, Role.TOWN_OFFICER))

    async def _reached(self, people: Sequence[Person]) -> list[Person]:
        return await _present(self.session, people, self.today)


async def _present(session: AsyncSession, people: Iterable[Person], today: date) -> list[Person]:
    """Those who are not on leave and can be reached, with those who stand in for others."""
    unique = {person.id: person for person in people}
    away = [person.id for person in unique.values() if on_leave(person, today) and person.id is not None]
    instead = await substitutes_of(session, away, today)
    there = {one.id: one for one in [*unique.values(), *instead] if not on_leave(one, today)}
    users = await roll_calls.writable(session, _users(there.values()))
    return [person for person in there.values() if person.telegram_id in users]


def _users(people: Iterable[Person]) -> Collection[int]:
    return {person.telegram_id for person in people if person.telegram_id is not None}


def _all(lists: Iterable[Sequence[Person]]) -> list[Person]:
    return [person for people in lists for person in people]
