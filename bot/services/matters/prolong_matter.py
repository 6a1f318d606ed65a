"""A complex matter gets more time from the secretary, with a reason that the resident is told."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotPossible
from bot.domain.matters import Move
from bot.services.chat.speaker import Speaking
from bot.services.matters.move_matter import check_version, move
from bot.services.matters.parts import see_that_they_may
from bot.services.matters.tell_holders import REMAIN, words_for
from bot.services.matters.tell_waiting import Waits, tell_waiting
from bot.services.notices.times import full_day_words
from bot.services.roster.parameters import for_unit
from storage.tables import Matter

_END_OF_WORK = time(18)  # of the day until which there is time


async def prolong_matter(
    session: AsyncSession,
    matter: Matter,
    speaking: Speaking,
    *,
    until: date | None,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> None:
    """Let a matter's solve clock end later.

    Args:
        until: the last day; null: as long as a complex matter has, from the day it was raised.

    Raises:
        Stale, NotEntitled: as for every move.
        NotPossible: no reason is given, it would not end later, or the matter is not being worked on.
    """
    await see_that_they_may(session, matter, Move.PROLONG, speaking, now=now)
    check_version(matter, version)
    preset = await for_unit(session, matter.branch_id)
    if not reason:
        raise NotPossible("moves.prolong_needs", number=matter.number)
    if until is None:
        end = preset.quiet.after_quiet(matter.created_at + preset.complex_solve)
    else:
        end = datetime.combine(until, _END_OF_WORK, preset.zone)
    words = await words_for(session, matter, preset, now)
    if end <= max(now, matter.solve_by or now):
        raise NotPossible("moves.not_later", number=matter.number, solve_by=words.when(matter.solve_by))
    day = full_day_words(end.astimezone(preset.zone).date(), today=now.astimezone(preset.zone).date())
    note = words.say("event_prolong", day=day, reason=reason)
    await move(session, matter, Move.PROLONG, by=speaking.actor, now=now, note=note)
    matter.solve_by, matter.warned_for = end, None
    session.add(matter)
    waits = Waits("prolonged", speaking.actor, day, reason, ("matter.warning", REMAIN))
    await tell_waiting(session, words, waits, now=now)
