"""Who on the rosters is called so: a name, maybe behind the place where they are ("柳湾村的王建国")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roster import UnitKind
from bot.text.claims import names_within
from storage.queries import roster
from storage.queries.claims import people_named
from storage.tables import Person, Unit


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody with the place at which people look for them.

    branch: null for a town officer. group: null when they are in none.
    """

    person: Person
    branch: Unit | None
    group: Unit | None

    @property
    def place(self) -> str:
        """Branch and group as people say them."""
        return "".join(unit.name for unit in (self.branch, self.group) if unit is not None)


async def find_named(session: AsyncSession, said: str, *, branch_id: int | None = None) -> list[Named]:
    """The people on rosters whose name `said` is or ends with, and whose place fits what stands before it.

    The longest name that anybody has counts: 欧阳建国 is not 阳建国.

    Args:
        branch_id: only those of this branch; null: everybody.
    """
    people = await people_named(session, names_within(said))
    if branch_id is not None:
        people = [one for one in people if one.branch_id == branch_id]
    longest = max((len(one.name) for one in people), default=0)
    place = said[: len(said) - longest].removesuffix("的")
    found = [await _placed(session, one) for one in people if len(one.name) == longest]
    return [one for one in found if _fits(place, one)]


def _fits(place: str, named: Named) -> bool:
    units = [unit.name for unit in (named.branch, named.group) if unit is not None]
    rest = place
    for unit in units:
        rest = rest.replace(unit, "", 1)
    # "柳湾" is enough for 柳湾村, and "村" alone says nothing.
    return not rest or any(rest in unit or unit in rest for unit in units)


async def _placed(session: AsyncSession, person: Person) -> Named:
    branch = None if person.branch_id is None else await session.get(Unit, person.branch_id)
    group = await roster.group_of_person(session, person.id or 0)
    return Named(person, await roster.unit_above(session, branch, UnitKind.BRANCH), group)


def told_apart(people: Sequence[Named]) -> str:
    """These people with their places, for a sentence."""
    return "、".join(f"{one.place}{one.person.name}" for one in people)
