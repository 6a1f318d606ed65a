"""The problem ledger (挂账): what can't be settled now waits there for a day, and comes back on it."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotPossible
from bot.domain.matters import MatterStatus as Status
from bot.domain.matters import Move, after
from bot.domain.preset import Preset
from bot.services.chat.speaker import Speaking
from bot.services.matters.matter_messages import refresh
from bot.services.matters.move_matter import check_version, move
from bot.services.matters.parts import secretaries_above, see_that_they_may
from bot.services.matters.tell_holders import (
    TO_HOLDERS,
    about_matter,
    add_event,
    priority_of,
    words_for,
)
from bot.services.matters.tell_waiting import Waits, tell_waiting
from bot.services.notices import notify
from bot.services.notices.tell import to_person
from bot.services.notices.times import full_day_words
from bot.services.roster.parameters import for_unit, for_units
from storage.queries import matters as matter_rows
from storage.tables import Matter, Person


async def put_on_ledger(
    session: AsyncSession,
    matter: Matter,
    speaking: Speaking,
    *,
    until: date | None,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> None:
    """Let a matter wait until a day, with the reason, which the reporter and the holder are told.

    Raises:
        Stale, NotEntitled: as for every move.
        NotPossible: no day or reason is given, the day is not to come, or the matter is not being worked on.
    """
    await see_that_they_may(session, matter, Move.PUT_ON_LEDGER, speaking, now=now)
    check_version(matter, version)
    preset = await for_unit(session, matter.branch_id)
    today = now.astimezone(preset.zone).date()
    if until is None or not reason:
        raise NotPossible("moves.ledger_needs", number=matter.number)
    if until <= today:
        raise NotPossible("moves.day_past", number=matter.number)
    words = await words_for(session, matter, preset, now)
    day = full_day_words(until, today=today)
    note = words.say("event_ledger", day=day, reason=reason)
    await move(session, matter, Move.PUT_ON_LEDGER, by=speaking.actor, now=now, note=note)
    matter.review_at = datetime.combine(until, preset.digest_at, preset.zone)
    matter.acknowledge_by = matter.next_call_at = matter.warned_for = None
    session.add(matter)
    waits = Waits("on_ledger", speaking.actor, day, reason, TO_HOLDERS)
    await tell_waiting(session, words, waits, now=now)


async def resume(
    session: AsyncSession, matter: Matter, speaking: Speaking, *, now: datetime, version: int | None = None
) -> None:
    """Take a matter from the ledger before its day.

    Raises:
        Stale, NotEntitled, NotPossible: as for every move.
    """
    await see_that_they_may(session, matter, Move.RESUME, speaking, now=now)
    check_version(matter, version)
    await move(session, matter, Move.RESUME, by=speaking.actor, now=now)
    await _goes_on(session, matter, now)


async def wake(session: AsyncSession, *, now: datetime, limit: int = 50) -> int:
    """Bring back the matters whose day has come: to their holders, and the secretary is told.

    Returns:
        How many came back; at most `limit`.
    """
    waiting = [one for one in await matter_rows.on_ledger(session) if one.review_at is not None]
    due = [one for one in waiting if one.review_at is not None and one.review_at <= now][:limit]
    presets = await for_units(session, {matter.branch_id for matter in due})
    for matter in due:
        preset = presets[matter.branch_id]
        matter.status = after(Move.RESUME, Status(matter.status))
        matter.version += 1
        words = await words_for(session, matter, preset, now)
        add_event(session, matter, Move.RESUME, words.say("event_wake"), now)
        await _goes_on(session, matter, now)
        words = await words_for(session, matter, preset, now)
        text = words.say("woken", who=words.who(words.own_rung))
        holders = {one.person.id for one in words.held.get(words.own_rung, ())}
        for secretary in await secretaries_above(session, matter):
            if secretary.id not in holders and secretary.telegram_id is not None:
                await _tell(session, matter, secretary, "matter.woken", text, preset, now)
    return len(due)


async def next_review(session: AsyncSession, *, now: datetime) -> datetime | None:
    """The earliest moment later than `now` at which a matter comes back; null when none does."""
    moments = [matter.review_at for matter in await matter_rows.on_ledger(session)]
    return min((moment for moment in moments if moment is not None and moment > now), default=None)


async def _goes_on(session: AsyncSession, matter: Matter, now: datetime) -> None:
    matter.review_at = None
    session.add(matter)
    await session.flush()
    await notify.matter_resumed(session, matter, now=now)
    preset = await for_unit(session, matter.branch_id)
    await refresh(session, matter, preset=preset, now=now)


async def _tell(
    session: AsyncSession, matter: Matter, person: Person, kind: str, text: str, preset: Preset, now: datetime
) -> None:
    about = about_matter(matter, kind, str(matter.version), now)
    await to_person(session, person, about, text, preset=preset, now=now, priority=priority_of(matter))
