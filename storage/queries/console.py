"""Who may look into which branch's ledger."""

from __future__ import annotations

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roster import Role, UnitKind
from storage.tables import RoleHeld, Unit


async def roles_with_units(session: AsyncSession, person_id: int) -> list[tuple[Role, Unit]]:
    """The roles that a person holds, each with the unit it is held in."""
    held = (
        select(RoleHeld.role, Unit)
        .join(Unit, col(Unit.id) == col(RoleHeld.unit_id))
        .where(RoleHeld.person_id == person_id)
    )
    return [(Role(role), unit) for role, unit in (await session.exec(held)).all()]


async def branches_below(session: AsyncSession, unit: Unit) -> list[Unit]:
    """The branches in the tree below `unit`, itself included, by name."""
    found, level = [], [unit]
    while level:
        found += [each for each in level if each.kind == UnitKind.BRANCH]
        ids = [each.id for each in level]
        level = list(await session.exec(select(Unit).where(col(Unit.parent_id).in_(ids))))
    return sorted(found, key=lambda branch: branch.name)
