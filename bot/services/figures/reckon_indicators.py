"""Every published figure of branches, towns and districts over a period; see `bot.domain.indicators`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.figures import Figure
from bot.domain.indicators import Facts, indicators
from bot.domain.roster import UnitKind
from bot.services.figures.gather_indicators import gather, span_of
from bot.services.figures.indicator_words import definition_of, name_of
from bot.services.figures.reckon_rates import unit_called
from bot.services.roster.parameters import for_units
from storage.queries.units import all_units
from storage.tables import Unit

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """The figures of a unit. preset: in whose words they are named."""

    unit: Unit
    preset: str
    figures: tuple[Figure, ...]


async def indicators_of(
    session: AsyncSession, unit_name: str | None, *, first: date, last: date, now: datetime
) -> list[UnitFigures]:
    """The figures of the unit of this name and of all branches, towns and districts below it, from above.

    Args:
        unit_name: null: of all units there are.

    Raises:
        BranchUnclear: when there is no such unit, or more than one.
    """
    units = [one for one in await all_units(session) if one.kind != UnitKind.GROUP]
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for one in units:
        below[one.parent_id].append(one)
    tops = below[None] if unit_name is None else [unit_called(units, unit_name)]
    wanted = [one for top in tops for one in _from_above(top, below)]
    presets = await for_units(session, [one.id for one in wanted if one.id is not None])
    facts = {
        one.id: await gather(session, one.id, await span_of(session, one.id, first, last, now=now))
        for one in wanted
        if one.kind == UnitKind.BRANCH and one.id is not None
    }
    found = []
    for unit in wanted:
        parts = [facts[one.id] for one in _from_above(unit, below) if one.id in facts]
        together = sum(parts, start=Facts())
        found.append(UnitFigures(unit, presets[unit.id or 0].name, indicators(together, now=now)))
    return found


def as_rows(found: Iterable[UnitFigures], period: str, *, first: date, last: date, today: date) -> list[Row]:
    """One row a unit and figure; a share of nothing has the value null."""
    return [
        {
            "unit": one.unit.name,
            "level": one.unit.kind,
            "period": period,
            "key": figure.key,
            "name": name_of(figure.key, one.preset),
            "value": figure.value,
            "numerator": figure.numerator,
            "denominator": figure.denominator,
            "definition": definition_of(figure.key, one.preset),
            "measure": figure.measure.value,
            "since": first.isoformat(),
            "until": last.isoformat(),
            "roster_day": min(last, today).isoformat(),
        }
        for one in found
        for figure in one.figures
    ]


def _from_above(top: Unit, below: Mapping[int | None, Sequence[Unit]]) -> Iterable[Unit]:
    """A unit and all below it, each before those below it."""
    yield top
    for one in below.get(top.id, ()):
        yield from _from_above(one, below)
