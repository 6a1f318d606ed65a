"""Units, and the people who hold roles in them."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roster import PARTY_ROLES, Role, UnitKind
from storage.tables import Person, RoleHeld, Unit


async def all_units(session: AsyncSession) -> list[Unit]:
    """The whole tree of units."""
    return list(await session.exec(select(Unit).order_by(col(Unit.id))))


async def units_by_id(session: AsyncSession, unit_ids: Collection[int]) -> list[Unit]:
    """The units with these keys."""
    return list(await session.exec(select(Unit).where(col(Unit.id).in_(unit_ids))))


async def groups_within(session: AsyncSession, branch_id: int) -> list[Unit]:
    """The groups of a branch, those within others included, in the order in which they were made."""
    found: list[Unit] = []
    parents = {branch_id}
    while parents:
        below = select(Unit).where(Unit.kind == UnitKind.GROUP, col(Unit.parent_id).in_(parents))
        level = list(await session.exec(below))
        found += level
        parents = {unit.id for unit in level if unit.id is not None}
    return sorted(found, key=lambda unit: unit.id or 0)


async def members_of(session: AsyncSession, branch_id: int) -> list[Person]:
    """The Party members of a branch, whatever other roles they have."""
    return await holders_of(session, branch_id, PARTY_ROLES)


async def holders_of(session: AsyncSession, branch_id: int, roles: Collection[Role]) -> list[Person]:
    """The people of a branch who hold one of these roles, in the branch or in one of its groups."""
    held = (
        select(Person)
        .join(RoleHeld, col(RoleHeld.person_id) == col(Person.id))
        .where(Person.branch_id == branch_id, col(RoleHeld.role).in_(roles))
        .order_by(col(Person.id))
    )
    return list((await session.exec(held)).unique())


async def children_of(session: AsyncSession, unit_id: int) -> list[Unit]:
    """The units right below a unit, by name."""
    below = select(Unit).where(Unit.parent_id == unit_id)
    return list(await session.exec(below.order_by(col(Unit.name), col(Unit.id))))
