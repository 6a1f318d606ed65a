"""The same trouble again: a new matter is linked to the closed ones that it repeats.

The third time in 90 days (both parameters) it starts one rung higher, its holder is told why, and it goes
on the next Party day's agenda.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Urgency
from bot.domain.matters import UNFINISHED, MatterStatus, Move
from bot.domain.preset import Preset
from bot.services.matters.ask_same import how_alike
from bot.services.matters.holders import ladder_of, rung_of
from bot.services.matters.matter_texts import is_conduct
from bot.services.matters.tell_holders import add_event, put_on_rung
from bot.text.likeness import ALIKE
from bot.wording import say
from storage.queries import voices
from storage.tables import Matter

_OVER = frozenset(MatterStatus) - UNFINISHED - {MatterStatus.CLOSED}


async def link_recurrences(session: AsyncSession, matter: Matter, *, preset: Preset, now: datetime) -> None:
    """Link a new matter to those closed lately that told the same, at the same place or of the same house."""
    since = now - timedelta(days=preset.recurrence_days)
    alike = [
        older.number
        for older in await voices.closed_since(session, matter, since=since)
        if how_alike(matter, older) >= ALIKE
    ]
    if alike:
        matter.recurs = sorted({*matter.recurs, *alike})
        session.add(matter)


async def start_higher(
    session: AsyncSession, matter: Matter, *, preset: Preset, now: datetime
) -> Sequence[str]:
    """Put a matter that has come back often one rung higher than where it would start.

    An emergency starts where it would: everybody is told at once. So does a matter of conduct, which is
    above those whom it accuses already.

    Returns:
        What its holder is told besides; empty when it has not come back.
    """
    if not matter.recurs:
        return ()
    times = len(matter.recurs) + 1
    numbers = say("escalation.and", preset.name).join(f"#{number}" for number in matter.recurs)
    values = {"numbers": numbers, "times": times, "days": preset.recurrence_days}
    if times < preset.recurrence_times or matter.urgency == Urgency.EMERGENCY or is_conduct(matter):
        return (say("escalation.recurs", preset.name, **values),)
    today = now.astimezone(preset.zone).date()
    held = (await ladder_of(session, matter, today=today, since=rung_of(matter))).held
    above = [rung for rung in held if rung != rung_of(matter)]
    if above:
        put_on_rung(matter, above[0], held[above[0]])
        note = say("escalation.event_recurs", preset.name, **values)
        add_event(session, matter, Move.REASSIGN, note, now)
    return (say("escalation.recurs_often", preset.name, **values),)


def is_recurring(matter: Matter, preset: Preset) -> bool:
    """Whether it has come back so often that the Party day should talk about it."""
    return len(matter.recurs) + 1 >= preset.recurrence_times and matter.status not in _OVER
