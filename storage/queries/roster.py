"""Who is on the roster, who answers for whom, and who holds which role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roster import Role, UnitKind
from storage.tables import Household, Link, Person, RoleHeld, Unit


async def person_by_telegram(session: AsyncSession, telegram_id: int) -> Person | None:
    """The person who has claimed their name with this Telegram user."""
    return (await session.exec(select(Person).where(Person.telegram_id == telegram_id))).first()


async def roles_of(session: AsyncSession, person_id: int) -> frozenset[Role]:
    """The roles that a person holds, in whatever unit."""
    held = await session.exec(select(RoleHeld.role).where(RoleHeld.person_id == person_id))
    return frozenset(Role(role) for role in held)


async def roles_held(session: AsyncSession, person_id: int) -> list[RoleHeld]:
    """The roles that a person holds, each with its unit."""
    held = select(RoleHeld).where(RoleHeld.person_id == person_id)
    return list(await session.exec(held.order_by(col(RoleHeld.id))))


async def group_of_person(session: AsyncSession, person_id: int) -> Unit | None:
    """The group in which a person holds a role; null when they hold roles in the branch only."""
    held = (
        select(Unit)
        .join(RoleHeld, col(RoleHeld.unit_id) == col(Unit.id))
        .where(RoleHeld.person_id == person_id, Unit.kind == UnitKind.GROUP)
        .order_by(col(Unit.id))
    )
    return (await session.exec(held)).first()


async def group_path(session: AsyncSession, person_id: int) -> str:
    """A person's group as rosters write it, with those around it ("三号院/2号楼"); empty when in none."""
    group = await group_of_person(session, person_id)
    names: list[str] = []
    while group is not None and group.kind == UnitKind.GROUP:
        names.insert(0, group.name)
        group = None if group.parent_id is None else await session.get(Unit, group.parent_id)
    return "/".join(names)


async def group_paths(session: AsyncSession, branch_id: int) -> dict[str, int]:
    """The groups of a branch by their names as rosters write them ("三号院/2号楼")."""
    found: dict[str, int] = {}
    above = {branch_id: ""}
    while above:
        below = select(Unit).where(Unit.kind == UnitKind.GROUP, col(Unit.parent_id).in_(above))
        level = list(await session.exec(below.order_by(col(Unit.id))))
        above = {unit.id or 0: f"{above[unit.parent_id or 0]}{unit.name}/" for unit in level}
        found |= {path.removesuffix("/"): key for key, path in above.items()}
    return found


async def unit_above(session: AsyncSession, unit: Unit | None, kind: UnitKind) -> Unit | None:
    """The unit of `kind` that `unit` is or belongs to; null when there is none."""
    levels = list(UnitKind)
    while unit is not None and levels.index(UnitKind(unit.kind)) > levels.index(kind):
        unit = None if unit.parent_id is None else await session.get(Unit, unit.parent_id)
    return unit if unit is not None and unit.kind == kind else None


async def people_with_role(session: AsyncSession, unit_id: int, role: Role) -> list[Person]:
    """Those who hold `role` in exactly this unit."""
    held = (
        select(Person)
        .join(RoleHeld, col(RoleHeld.person_id) == col(Person.id))
        .where(RoleHeld.unit_id == unit_id, RoleHeld.role == role)
        .order_by(col(Person.id))
    )
    return list(await session.exec(held))


async def households_linked(session: AsyncSession, person_id: int, day: date) -> list[Household]:
    """The households that a member answers for on a day."""
    linked = (
        select(Household)
        .join(Link, col(Link.household_id) == col(Household.id))
        .where(Link.person_id == person_id, *link_stands(day), col(Household.removed_on).is_(None))
        .order_by(col(Household.id))
    )
    return list((await session.exec(linked)).unique())


async def households_still_linked(session: AsyncSession, person_id: int) -> list[Household]:
    """The households that a member answers for until further notice, since whenever."""
    return await households_linked(session, person_id, date.max)


async def towns_of_officer(session: AsyncSession, person_id: int) -> list[int]:
    """The towns in which a person is an officer."""
    held = select(RoleHeld.unit_id).where(RoleHeld.person_id == person_id, RoleHeld.role == Role.TOWN_OFFICER)
    return list(await session.exec(held.order_by(col(RoleHeld.unit_id))))


async def people_on_roster(session: AsyncSession, branch_id: int) -> list[Person]:
    """The people on a branch's roster; residents who have made themselves known are not."""
    on_roster = select(Person).where(
        Person.branch_id == branch_id, col(Person.id).in_(select(RoleHeld.person_id))
    )
    return list(await session.exec(on_roster.order_by(col(Person.id))))


async def households_kept(session: AsyncSession, person_id: int) -> list[Household]:
    """The households that a member answers for until further notice; none that is lent to them."""
    kept = (
        select(Household)
        .join(Link, col(Link.household_id) == col(Household.id))
        .where(Link.person_id == person_id, col(Link.until).is_(None), col(Household.removed_on).is_(None))
        .order_by(col(Household.id))
    )
    return list((await session.exec(kept)).unique())


async def households_unlinked(session: AsyncSession, branch_id: int) -> list[Household]:
    """The households of a branch for which no member answers until further notice."""
    linked = select(Link.household_id).where(col(Link.until).is_(None))
    unlinked = select(Household).where(
        Household.branch_id == branch_id,
        col(Household.removed_on).is_(None),
        col(Household.id).not_in(linked),
    )
    return list(await session.exec(unlinked.order_by(col(Household.id))))


async def branches_of_officer(session: AsyncSession, person_id: int) -> list[Unit]:
    """The branches of the towns in which a person is an officer, by name."""
    towns = select(RoleHeld.unit_id).where(
        RoleHeld.person_id == person_id, RoleHeld.role == Role.TOWN_OFFICER
    )
    below = select(Unit).where(Unit.kind == UnitKind.BRANCH, col(Unit.parent_id).in_(towns))
    return list(await session.exec(below.order_by(col(Unit.name), col(Unit.id))))


async def households_of_branch(session: AsyncSession, branch_id: int) -> list[Household]:
    """All households of a branch that have not been removed."""
    held = select(Household).where(Household.branch_id == branch_id, col(Household.removed_on).is_(None))
    return list(await session.exec(held.order_by(col(Household.id))))


async def household_by_plate(session: AsyncSession, code: str) -> Household | None:
    """The household with this code on its door plate."""
    marked = select(Household).where(Household.plate == code, col(Household.removed_on).is_(None))
    return (await session.exec(marked)).first()


async def plates_taken(session: AsyncSession) -> set[str]:
    """The codes on all door plates, of whatever branch: a code alone opens the bot for who lives there."""
    codes = await session.exec(select(Household.plate).where(col(Household.plate).is_not(None)))
    return {code for code in codes if code is not None}


async def members_linked(session: AsyncSession, household_id: int, day: date) -> list[Person]:
    """Those who answer for a household on a day, the longest linked first."""
    linked = (
        select(Person)
        .join(Link, col(Link.person_id) == col(Person.id))
        .where(Link.household_id == household_id, *link_stands(day))
        .order_by(col(Link.since), col(Link.id))
    )
    return list((await session.exec(linked)).unique())


async def residents_of(session: AsyncSession, household_ids: Collection[int]) -> dict[int, list[Person]]:
    """The people known to live in each of these households; households without any are left out."""
    found: dict[int, list[Person]] = defaultdict(list)
    if not household_ids:
        return {}  # whoever answers for none writes too, and this is asked for every message
    living = select(Person).where(col(Person.household_id).in_(household_ids)).order_by(col(Person.id))
    for person in await session.exec(living):
        if person.household_id is not None:
            found[person.household_id].append(person)
    return dict(found)


def link_stands(day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The conditions under which a link holds on a day."""
    return col(Link.since) <= day, or_(col(Link.until).is_(None), col(Link.until) >= day)
