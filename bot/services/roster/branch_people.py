"""The people of a branch as its roster says: who is who already, and what changes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roster import Role, UnitKind
from bot.services.roster.import_changes import Imported, person_changes
from bot.services.roster.roster_phones import RosterPhones
from bot.services.roster.roster_rows import Entry
from storage.queries.roster import (
    group_of_person,
    group_path,
    roles_of,
    unit_above,
)
from storage.tables import Person, RoleHeld, Unit


class BranchPeople:
    """The people of one branch while its roster is brought in. What changes is counted in `done`.

    groups: the branch's groups by name. names: all names that the roster has.
    """

    def __init__(
        self,
        session: AsyncSession,
        unit: Unit,
        phones: RosterPhones,
        now: datetime,
        done: Imported,
        *,
        groups: Mapping[str, int],
        names: frozenset[str],
    ) -> None:
        self._session = session
        self._unit = unit
        self._phones = phones
        self._now = now
        self._done = done
        self._groups = groups
        self._names = names

    async def called(self, name: str) -> list[Person]:
        """The people of this name on the branch's roster, and the town's officers of this name."""
        town = await unit_above(self._session, self._unit, UnitKind.TOWN)
        in_town = select(RoleHeld.person_id).where(
            RoleHeld.unit_id == (town.id if town else None), RoleHeld.role == Role.TOWN_OFFICER
        )
        same = select(Person).where(Person.name == name, col(Person.id).in_(select(RoleHeld.person_id)))
        officer = and_(col(Person.branch_id).is_(None), col(Person.id).in_(in_town))
        here = or_(col(Person.branch_id) == self._unit.id, officer)
        return list(await self._session.exec(same.where(here).order_by(col(Person.id))))

    async def bring(self, entries: Sequence[Entry], known: Sequence[Person], *, alone: bool) -> Person:
        """Make the person of these entries as they say. `alone`: nobody else of the roster has the name."""
        phone = next((entry.phone for entry in entries if entry.phone), None)
        group = next((entry.group for entry in entries if entry.group), "")
        person = await self._recognise(known, phone, group, alone=alone)
        if person is None and phone is not None:
            person = await self._renamed(phone)
        roles = frozenset(role for entry in entries for role in entry.roles)
        if not roles and person is not None:
            roles = await roles_of(self._session, stored_id(person.id))
        roles = roles or frozenset((Role.MEMBER,))
        branch_id = None if roles == {Role.TOWN_OFFICER} else self._unit.id
        is_new = person is None
        if person is None:
            person = Person(name=entries[0].member, created_at=self._now)
        before = person.model_dump()
        was = await self._standing(person)
        person.name = entries[0].member
        person.branch_id = branch_id if person.branch_id is None else person.branch_id
        person.phone_encrypted = self._phones.kept(person.phone_encrypted, phone)
        person.note = next((entry.note for entry in entries if entry.note and not entry.head), person.note)
        self._session.add(person)
        await self._session.flush()
        group_id = self._groups.get(group) or await self._group_kept(person)
        changed = await self._set_roles(stored_id(person.id), roles, group_id)
        after = person.model_dump()
        if is_new:
            self._done.people_new += 1
        elif changed or before != after:
            self._done.people_changed += 1
        standing = await self._standing(person)
        for change in person_changes(None if is_new else before, after, was, standing):
            self._done.changes.append((entries[0].row, change))
        return person

    async def _group_kept(self, person: Person) -> int | None:
        """The group in which a person stays when the roster names none; null: they are in none here."""
        group = await group_of_person(self._session, stored_id(person.id))
        return group.id if group is not None and await self._is_ours(stored_id(group.id)) else None

    async def _standing(self, person: Person) -> tuple[str, str]:
        """A person's group and roles in words, for the preview."""
        if person.id is None:
            return "", ""
        roles = await roles_of(self._session, person.id)
        return (
            await group_path(self._session, person.id),
            "、".join(role.chinese for role in Role if role in roles),
        )

    async def _renamed(self, phone: str) -> Person | None:
        """The one person of the branch with this phone whose name the roster has no more."""
        on_roster = select(Person).where(
            Person.branch_id == self._unit.id, col(Person.id).in_(select(RoleHeld.person_id))
        )
        found = [
            one
            for one in await self._session.exec(on_roster)
            if self._phones.read(one.phone_encrypted) == phone and one.name not in self._names
        ]
        return found[0] if len(found) == 1 else None

    async def _recognise(
        self, known: Sequence[Person], phone: str | None, group: str, *, alone: bool
    ) -> Person | None:
        if alone and len(known) == 1:
            return known[0]
        by_phone = [
            person for person in known if phone and self._phones.read(person.phone_encrypted) == phone
        ]
        if by_phone:
            return by_phone[0]
        held = select(RoleHeld.person_id).where(RoleHeld.unit_id == self._groups.get(group))
        in_group = set(await self._session.exec(held))
        return next((person for person in known if person.id in in_group), None)

    async def _set_roles(self, person_id: int, roles: frozenset[Role], group: int | None) -> bool:
        """Give a person exactly these roles, each in its unit. Returns whether anything changed."""
        town = await unit_above(self._session, self._unit, UnitKind.TOWN)
        branch = stored_id(self._unit.id)
        units = {
            Role.MEMBER: group or branch,
            Role.GROUP_LEADER: group or branch,
            Role.DEPUTY: branch,
            Role.SECRETARY: branch,
            Role.TOWN_OFFICER: stored_id(town.id) if town else branch,
        }
        wanted = {(units[role], str(role)) for role in roles}
        held = list(await self._session.exec(select(RoleHeld).where(RoleHeld.person_id == person_id)))
        has = {(role.unit_id, role.role) for role in held}
        for role in held:
            if (role.unit_id, role.role) not in wanted and await self._is_ours(role.unit_id):
                await self._session.delete(role)
        for unit_id, name in sorted(wanted - has):
            self._session.add(RoleHeld(person_id=person_id, unit_id=unit_id, role=name))
        await self._session.flush()
        return wanted != has

    async def _is_ours(self, unit_id: int) -> bool:
        """Whether a unit is this branch or one of its groups: roles elsewhere are not this roster's."""
        unit = await self._session.get_one(Unit, unit_id)
        branch = await unit_above(self._session, unit, UnitKind.BRANCH)
        return branch is not None and branch.id == self._unit.id


def stored_id(value: int | None) -> int:
    """The key of a row that has been stored."""
    if value is None:
        raise ValueError("the row has not been stored yet")
    return value
