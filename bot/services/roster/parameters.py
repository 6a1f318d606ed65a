"""The parameters that hold for a unit: its preset, changed by the units above it and by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import presets
from bot.domain.preset import Preset
from bot.domain.roster import UnitKind
from storage.queries.units import units_by_id
from storage.tables import Unit


async def for_unit(session: AsyncSession, unit_id: int | None) -> Preset:
    """The parameters of a unit; of the default preset when there is no unit.

    The preset is the nearest one set, from the unit upwards; overrides further down win.
    """
    return _merged([] if unit_id is None else await units_upwards(session, unit_id))


async def units_upwards(session: AsyncSession, unit_id: int) -> list[Unit]:
    """A unit and those above it, from below."""
    upwards = [await session.get_one(Unit, unit_id)]
    while upwards[-1].parent_id is not None:
        upwards.append(await session.get_one(Unit, upwards[-1].parent_id))
    return upwards


async def for_units(session: AsyncSession, unit_ids: Collection[int]) -> dict[int, Preset]:
    """The parameters of many units, asking the database once for each level of the tree."""
    known: dict[int, Unit] = {}
    missing = set(unit_ids)
    while missing:
        known |= {unit.id: unit for unit in await units_by_id(session, missing) if unit.id is not None}
        parents = {unit.parent_id for unit in known.values() if unit.parent_id is not None}
        missing = parents - known.keys()
    return {unit_id: _merged(_upwards(known, unit_id)) for unit_id in unit_ids}


def in_tree(tree: Iterable[Unit], kind: UnitKind) -> dict[int, Preset]:
    """The parameters of all units of a kind in the whole tree, without asking the database."""
    known = {unit.id: unit for unit in tree if unit.id is not None}
    return {key: _merged(_upwards(known, key)) for key, unit in known.items() if unit.kind == kind}


def _upwards(known: Mapping[int, Unit], unit_id: int | None) -> Iterable[Unit]:
    while unit_id is not None:
        yield known[unit_id]
        unit_id = known[unit_id].parent_id


def _merged(upwards: Iterable[Unit]) -> Preset:
    name: str | None = None
    overrides: dict[str, Any] = {}
    for unit in upwards:
        name = name or unit.preset
        overrides = {**unit.overrides, **overrides}
    return presets.load(name or presets.DEFAULT, overrides)
