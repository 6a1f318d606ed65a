"""Every parameter of a preset or of a unit, with where its value comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import presets
from bot.services.roster.parameters import units_upwards
from bot.wording import say
from storage.tables import Unit


class Origin(StrEnum):
    """Where a value comes from: what all presets start from, the preset, or a unit that has set it."""

    COMMON = "common"
    PRESET = "preset"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter's value.

    value: as data; null where there is none (an optional span that is not set).
    unit: the name of the unit that has set it; null: none has.
    """

    name: str
    value: Any
    origin: Origin
    preset: str
    unit: str | None = None

    @property
    def explanation(self) -> str:
        """What it is, in a line of Chinese."""
        return presets.explanation(self.name)

    @property
    def origin_words(self) -> str:
        """Where it comes from, in words."""
        return say(f"parameters.from_{self.origin}", system=self.preset, unit=self.unit)

    @property
    def value_plain(self) -> Any:
        """The value as JSON has it; a time as "21:30"."""
        return f"{self.value:%H:%M}" if isinstance(self.value, time) else self.value

    @property
    def value_words(self) -> str:
        """The value as people read it, and may write it."""
        return value_words(self.value_plain)


def of_preset(name: str) -> list[Parameter]:
    """The parameters of a preset.

    Raises:
        ParameterWrong: there is no such preset.
    """
    known = presets.defaults(name)
    found = [
        Parameter(key, one.value, Origin.PRESET if one.own else Origin.COMMON, name)
        for key, one in known.items()
    ]
    missing = presets.known_parameters() - known.keys()
    return found + [Parameter(key, None, Origin.COMMON, name) for key in sorted(missing)]


async def of_unit(session: AsyncSession, unit_id: int) -> list[Parameter]:
    """The parameters that hold for a unit: its own, those set by the units above it, its preset's."""
    upwards = await units_upwards(session, unit_id)
    preset = next((unit.preset for unit in upwards if unit.preset), None) or presets.DEFAULT
    return [_set_by(upwards, one) for one in of_preset(preset)]


def _set_by(upwards: Sequence[Unit], one: Parameter) -> Parameter:
    for unit in upwards:
        if one.name in unit.overrides:
            return Parameter(one.name, unit.overrides[one.name], Origin.UNIT, one.preset, unit.name)
    return one


def value_words(value: Any) -> str:
    """A value as people read it, and may write it."""
    if isinstance(value, bool):
        return say("parameters.yes" if value else "parameters.no")
    if isinstance(value, list):
        words = [str(one) for one in value]
        value = ("；" if any(set("，、：") & set(word) for word in words) else "、").join(words)
    return str(value) if value not in (None, "") else say("parameters.empty")
