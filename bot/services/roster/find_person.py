"""Who is meant by a name in an order: somebody of the branch or above it, or another branch of the town."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.roster import Role, UnitKind
from bot.services.chat.speaker import place_name
from storage.queries import roster
from storage.queries.units import children_of, members_of
from storage.tables import Matter, Person, Unit


@dataclass(frozen=True, slots=True)
class PersonNamed:
    """Somebody who may be given the matter."""

    person: Person


@dataclass(frozen=True, slots=True)
class BranchNamed:
    """Another branch of the town."""

    branch: Unit


async def find_addressee(
    session: AsyncSession, matter: Matter, name: str
) -> PersonNamed | BranchNamed | None:
    """Who is called `name`: by their whole name, else by a part of it that only one of them has.

    Raises:
        NotFound: several are called so.
    """
    people = await people_to_choose(session, matter)
    for fits in (lambda one: one.name == name, lambda one: name in one.name or one.name in name):
        found = [one for one in people if fits(one)]
        if len(found) == 1:
            return PersonNamed(found[0])
        if found:
            raise NotFound("moves.several_called", name=name, names="、".join(one.name for one in found))
    for branch in await branches_to_choose(session, matter):
        if name in (branch.name, place_name(branch.name)):
            return BranchNamed(branch)
    return None


async def people_to_choose(session: AsyncSession, matter: Matter) -> list[Person]:
    """Those to whom a matter may be given: the members of its branch, and the officers of its town."""
    branch = await session.get_one(Unit, matter.branch_id)
    town = await roster.unit_above(session, branch, UnitKind.TOWN)
    officers: Sequence[Person] = ()
    if town is not None and town.id is not None:
        officers = await roster.people_with_role(session, town.id, Role.TOWN_OFFICER)
    people = {one.id: one for one in [*await members_of(session, matter.branch_id), *officers]}
    return [one for one in people.values() if one.id not in matter.accused_ids]


async def branches_to_choose(session: AsyncSession, matter: Matter) -> list[Unit]:
    """The other branches of a matter's town, by name."""
    here = await session.get_one(Unit, matter.branch_id)
    if here.parent_id is None:
        return []
    beside = await children_of(session, here.parent_id)
    return [one for one in beside if one.id != here.id and one.kind == UnitKind.BRANCH]
