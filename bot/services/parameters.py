"""The parameters that hold for a unit: its preset, changed by the units above it and by itself."""

from __future__ import annotations

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import presets
from bot.domain.preset import Preset
from storage.tables import Unit


async def for_unit(session: AsyncSession, unit_id: int | None) -> Preset:
    """The parameters of a unit; of the default preset when there is no unit.

    The preset is the nearest one set, from the unit upwards; overrides further down win.
    """
    name: str | None = None
    overrides: dict[str, Any] = {}
    while unit_id is not None:
        unit = await session.get_one(Unit, unit_id)
        name = name or unit.preset
        overrides = {**unit.overrides, **overrides}
        unit_id = unit.parent_id
    return presets.load(name or presets.DEFAULT, overrides)
