"""Setting up a branch, with the town and district above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import presets
from bot.domain.roster import UnitKind
from bot.wording import say
from storage.tables import AuditEntry, Unit


class BranchRefused(Exception):
    """The branch can't be made like this; the text says why."""


@dataclass(frozen=True, slots=True)
class BranchMade:
    """A branch, and whether it is new."""

    branch: Unit
    is_new: bool


async def create_branch(
    session: AsyncSession,
    *,
    preset: str,
    branch: str,
    town: str | None = None,
    district: str | None = None,
    zone: ZoneInfo,
    now: datetime,
) -> BranchMade:
    """Make a branch, and its town and district where they are not there yet.

    A branch made before without a town is put under the town when one is given now.

    Raises:
        ParameterWrong: when there is no such preset.
        BranchRefused: when the branch is there with another preset, or the names don't fit together.
    """
    chosen = presets.load(preset)
    names = [name.strip() if name else None for name in (branch, town, district)]
    branch_name, town_name, district_name = names[0] or "", names[1], names[2]
    if not branch_name:
        raise BranchRefused(say("setup.branch_name_empty"))
    if district_name and not town_name:
        raise BranchRefused(say("setup.district_without_town"))
    above = None
    if district_name:
        above = await _unit(session, UnitKind.DISTRICT, district_name, parent=None)
    if town_name:
        above = await _unit(session, UnitKind.TOWN, town_name, parent=above)
    there = await _existing(session, branch_name, above)
    if there is not None:
        if there.preset != preset:
            raise BranchRefused(
                say("setup.branch_other_preset", branch=there.name, old=there.preset, new=preset)
            )
        if above is not None and there.parent_id is None:
            there.parent_id = above.id
            session.add(there)
        return BranchMade(there, is_new=False)
    unit = await _unit(session, UnitKind.BRANCH, branch_name, parent=above)
    unit.preset = preset
    if zone != chosen.zone:
        unit.overrides = {**unit.overrides, "timezone": zone.key}
    session.add(unit)
    by = say("setup.command_line")
    session.add(AuditEntry(at=now, by_name=by, action="branch.create", subject=branch_name, detail=preset))
    await session.flush()
    return BranchMade(unit, is_new=True)


async def _existing(session: AsyncSession, name: str, above: Unit | None) -> Unit | None:
    same = select(Unit).where(Unit.kind == UnitKind.BRANCH, Unit.name == name)
    found = list(await session.exec(same))
    if above is None:
        return found[0] if found else None
    under = [unit for unit in found if unit.parent_id == above.id]
    without = [unit for unit in found if unit.parent_id is None]
    return next(iter(under + without), None)


async def _unit(session: AsyncSession, kind: UnitKind, name: str, *, parent: Unit | None) -> Unit:
    """The unit of this kind and name under `parent`, made when it is not there.

    A town made without a district is the same town, and is put under the district now.
    """
    parent_id = None if parent is None else parent.id
    for unit in await session.exec(select(Unit).where(Unit.kind == kind, Unit.name == name)):
        if parent_id is None or unit.parent_id in (parent_id, None):
            unit.parent_id = unit.parent_id if parent_id is None else parent_id
            session.add(unit)
            return unit
    unit = Unit(kind=kind, name=name, parent_id=parent_id)
    session.add(unit)
    await session.flush()
    return unit
