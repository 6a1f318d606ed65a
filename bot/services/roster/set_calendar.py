"""The village's calendar is shown, and its busy farming days set, by the secretary."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import presets
from bot.domain.errors import NotEntitled, NotPossible
from bot.domain.preset import Preset
from bot.domain.village_calendar import MOST_BUSY_DAYS, BusyDays
from bot.services.chat.speaker import Speaking
from bot.services.notices.times import plain_day_words
from bot.services.roster.parameters import for_unit
from bot.text.coming import Stretch
from bot.text.leave import CalendarAsked
from bot.wording import say
from storage.tables import AuditEntry, Unit

PARAMETER = "calendar.busy"


async def set_calendar(
    session: AsyncSession, asked: CalendarAsked, speaking: Speaking, *, now: datetime
) -> str:
    """Show the calendar, or set the busy days; returns the answer.

    Raises:
        NotFound: nobody knows yet to which branch they belong.
        NotEntitled: somebody else than the secretary wants to set it.
        NotPossible: the days can't be so; it says why.
    """
    unit = await session.get_one(Unit, speaking.branch_id)
    preset = await for_unit(session, unit.id)
    if not asked.off and asked.stretch is None and not asked.unread:
        return _shown(unit, preset)
    if not speaking.is_secretary:
        raise NotEntitled("leave.calendar_secretary")
    if asked.off:
        _set(unit, ())
        answer = say("leave.calendar_off", preset.name)
    else:
        busy = _busy(asked.stretch)
        _set(unit, (*preset.calendar.busy, busy))
        try:
            presets.load(unit.preset or presets.DEFAULT, unit.overrides)
        except presets.ParameterWrong as wrong:
            raise NotPossible("leave.calendar_too_long", most=MOST_BUSY_DAYS) from wrong
        answer = say("leave.calendar_set", preset.name, days=_words(busy))
    session.add(unit)
    session.add(
        AuditEntry(
            at=now,
            by_person_id=speaking.actor.person_id,
            by_name=speaking.actor.name,
            action="calendar.set",
            subject=unit.name,
            detail="、".join(unit.overrides[PARAMETER]),
        )
    )
    return answer


def _busy(stretch: Stretch | None) -> BusyDays:
    if stretch is None or not stretch.dated:
        raise NotPossible("leave.calendar_unread")
    busy = BusyDays(stretch.first, stretch.last, stretch.yearly)
    if stretch.last < stretch.first:
        raise NotPossible("leave.calendar_reversed")
    return busy


def _set(unit: Unit, busy: tuple[BusyDays, ...]) -> None:
    stretches = list(dict.fromkeys(str(one) for one in busy))
    unit.overrides = {**unit.overrides, PARAMETER: stretches}


def _shown(unit: Unit, preset: Preset) -> str:
    calendar = preset.calendar
    lines = []
    if calendar.holidays:
        lines.append(say("leave.calendar_holidays", preset.name))
    if calendar.weekends:
        lines.append(say("leave.calendar_weekends", preset.name))
    lines += [say("leave.calendar_busy", preset.name, days=_words(one)) for one in calendar.busy]
    if not lines:
        lines.append(say("leave.calendar_none", preset.name))
    head = say("leave.calendar_head", preset.name, branch=unit.name)
    return "\n".join([head, *lines, say("leave.calendar_how", preset.name)])


def _words(busy: BusyDays) -> str:
    if busy.yearly:
        first, last = plain_day_words(busy.first), plain_day_words(busy.last)
        return say("leave.calendar_yearly", first=first, last=last)
    first, last = (
        say("leave.calendar_day", year=day.year, day=plain_day_words(day)) for day in (busy.first, busy.last)
    )
    return say("leave.calendar_once", first=first, last=last)
