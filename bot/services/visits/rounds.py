"""The rounds that a day brings (reminders, digests, Party days): each made once a day for each unit.

What has been made stands in the table of heartbeats (`remind:12`, with the day), so that a round is made
late rather than not at all, and never twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.preset import Preset
from bot.domain.roster import UnitKind
from bot.services.roster.parameters import in_tree
from storage import heartbeats
from storage.queries.units import all_units
from storage.tables import Unit

# Days missed longer ago than this are not made up for.
_LONGEST_GAP = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Round:
    """A round that is to be made for a unit now.

    after: the day of the latest round made; what belonged on later days is made up for today.
    """

    name: str
    unit: Unit
    unit_id: int
    preset: Preset
    today: date
    after: date

    @property
    def paused(self) -> bool:
        """Whether the calendar pauses today."""
        return self.preset.calendar.pauses(self.today)

    @property
    def since(self) -> date:
        """The latest day up to `after` that the calendar left open: what has come later is new today."""
        day = self.after
        while self.preset.calendar.pauses(day):
            day -= timedelta(days=1)
        return day


async def rounds_due(
    session: AsyncSession,
    name: str,
    *,
    at: Callable[[Preset], time],
    now: datetime,
    kind: UnitKind = UnitKind.BRANCH,
) -> list[Round]:
    """The units for which today's round has begun and has not been made.

    Args:
        name: of the round; `at`: its hour by a unit's parameters.
        kind: of the units that have such rounds.
    """
    tree = await all_units(session)
    units = {unit.id: unit for unit in tree}
    made = {row.name: row.detail for row in await heartbeats.named(session, f"{name}:")}
    due = []
    for unit_id, preset in in_tree(tree, kind).items():
        local = now.astimezone(preset.zone)
        latest = made.get(f"{name}:{unit_id}")
        after = local.date() - timedelta(days=1)
        if latest is not None:
            after = max(date.fromisoformat(latest), local.date() - _LONGEST_GAP)
        if after < local.date() and local.time() >= at(preset):
            due.append(Round(name, units[unit_id], unit_id, preset, local.date(), after))
    return due


async def mark_made(session: AsyncSession, made: Round, *, now: datetime) -> None:
    """Today's round has been made for its unit."""
    await heartbeats.beat(session, f"{made.name}:{made.unit_id}", now, detail=made.today.isoformat())


async def next_rounds(
    session: AsyncSession, *, at: Callable[[Preset], tuple[time, ...]], now: datetime
) -> datetime | None:
    """The earliest moment later than `now` at which a round begins for a branch; null when there is none."""
    moments = []
    for preset in in_tree(await all_units(session), UnitKind.BRANCH).values():
        today = now.astimezone(preset.zone).date()
        for wall in at(preset):
            days = (datetime.combine(today + timedelta(days=ahead), wall, preset.zone) for ahead in (0, 1))
            moments += [moment for moment in days if moment > now]
    return min(moments, default=None)
