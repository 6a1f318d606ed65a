"""Who has not come is asked once, privately, the next day; what they say goes to whoever prepares sessions.

Nobody else hears of it. On days that the calendar pauses nobody is asked: it is made up for on the first
open one. Kinds (subject `session`): `meeting.absent` (to those who did not come), `meeting.reasons`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Press, Verb, encode
from bot.domain.errors import NotEntitled, NotFound, NotPossible
from bot.domain.meetings import Presence, SignedBy
from bot.domain.preset import Preset
from bot.services.chat.speaker import Speaking
from bot.services.matters.holders import on_leave
from bot.services.meetings.board import refresh_board
from bot.services.meetings.chair import chairs_of
from bot.services.meetings.draft_message import tell_chairs
from bot.services.meetings.session_words import about_session, when_words
from bot.services.meetings.sign_in import recount
from bot.services.notices.tell import Buttons, to_person
from bot.services.notices.times import full_day_words
from bot.services.roster.parameters import for_unit, for_units
from bot.services.visits.rounds import Round, mark_made, rounds_due
from bot.wording import say
from storage.queries import meetings
from storage.queries import sessions as session_rows
from storage.tables import ActivitySession, Attendance, Person

ABSENT, REASONS = "meeting.absent", "meeting.reasons"
_ASK, _GATHER = "absent", "reasons"
_CAME = "came"
_CHOICES = ("sick", "away", "busy", _CAME)
_LONGEST_REASON = 100
_ASKED_LATEST = timedelta(days=14)  # after a session; later nobody remembers


async def ask_absent(session: AsyncSession, *, now: datetime) -> int:
    """Ask those who did not come to the sessions of the days before; returns how many."""
    made = 0
    for due in await rounds_due(session, _ASK, at=lambda preset: preset.party_day_at, now=now):
        if due.preset.calendar.pauses(due.today):
            continue
        for held in await _closed_before(session, due, since=due.after):
            made += await _ask(session, held, due, now)
        await mark_made(session, due, now=now)
    return made


async def gather_reasons(session: AsyncSession, *, now: datetime) -> int:
    """Tell whoever prepares sessions what those who were asked have said; returns how many were told."""
    told = 0
    for due in await rounds_due(session, _GATHER, at=lambda preset: preset.meetings.gather_at, now=now):
        if due.preset.calendar.pauses(due.today):
            continue
        for held in await _closed_before(session, due, since=due.after):
            told += await _gather(session, held, due.preset, now)
        await mark_made(session, due, now=now)
    return told


async def next_gathering(session: AsyncSession, *, now: datetime) -> datetime | None:
    """The next hour at which reasons are gathered; null when nobody has been asked for any today."""
    asked = await session_rows.asked_since(session, now - timedelta(days=1))
    presets = await for_units(session, {one.branch_id for one in asked})
    moments = []
    for preset in presets.values():
        local = now.astimezone(preset.zone)
        moments.append(datetime.combine(local.date(), preset.meetings.gather_at, preset.zone))
    return min((moment for moment in moments if moment > now), default=None)


async def press_absence(session: AsyncSession, press: Press, speaking: Speaking, *, now: datetime) -> str:
    """Somebody says by a button why they did not come, or that they did; returns what they are shown.

    Raises:
        NotFound, NotEntitled: there is no such question, or somebody else was asked.
        NotPossible: it is answered.
    """
    row = await session.get(Attendance, press.id)
    if row is None or press.choice not in _CHOICES:
        raise NotFound("questions.bad_button")
    if row.person_id != speaking.actor.person_id:
        raise NotEntitled("meetings.absent_not_yours")
    if row.state != Presence.ABSENT:
        raise NotPossible("meetings.absent_answered")
    came = press.choice == _CAME
    reason = "" if came else say(f"meetings.absent_{press.choice}", speaking.preset.name)
    return await _answered(session, row, reason, came=came, now=now)


async def absence_in_words(
    session: AsyncSession, text: str, speaking: Speaking, *, now: datetime
) -> str | None:
    """Somebody who has been asked answers in words; returns the answer, null when they were not asked."""
    if speaking.actor.person_id is None:
        return None
    row = await meetings.asked_of(session, speaking.actor.person_id, since=now - _ASKED_LATEST)
    if row is None:
        return None
    reason = " ".join(text.split())[:_LONGEST_REASON]
    return await _answered(session, row, reason, came=False, now=now)


async def _closed_before(session: AsyncSession, due: Round, *, since: date) -> list[ActivitySession]:
    """The sessions held on days before today that no earlier round has looked at."""
    found = []
    day = max(since, due.today - _ASKED_LATEST)
    while day < due.today:
        found += await session_rows.closed_on(session, due.unit_id, day)
        day += timedelta(days=1)
    return found


async def _ask(session: AsyncSession, held: ActivitySession, due: Round, now: datetime) -> int:
    made = 0
    # Whoever prepares sessions has been told who is missing, themselves included.
    chairs = {one.id for one in await chairs_of(session, held.branch_id, due.today)}
    for row in await meetings.attendance_of(session, held.id or 0):
        if row.state != Presence.ABSENT or row.asked_at is not None or row.person_id in chairs:
            continue
        person = await session.get_one(Person, row.person_id)
        if person.telegram_id is None or person.branch_id != held.branch_id or on_leave(person, due.today):
            continue
        yesterday = held.day == due.today - timedelta(days=1)
        text = say(
            f"meetings.absent_ask{'' if yesterday else '_later'}",
            due.preset.name,
            name=person.name,
            title=held.title,
            day=full_day_words(held.day, today=due.today),
        )
        about = about_session(held, ABSENT, str(held.day), held.closed_at or now)
        notice = await to_person(
            session, person, about, text, preset=due.preset, now=now, buttons=_buttons(row, due.preset)
        )
        row.asked_at = now
        session.add(row)
        made += notice is not None
    return made


def _buttons(row: Attendance, preset: Preset) -> Buttons:
    def button(choice: str) -> dict[str, object]:
        label = say(f"meetings.absent_{choice}", preset.name)
        return {"text": label, "data": encode(Verb.ABSENCE, row.id or 0, choice=choice)}

    return (tuple(button(choice) for choice in _CHOICES[:3]), (button(_CAME),))


async def _answered(session: AsyncSession, row: Attendance, reason: str, *, came: bool, now: datetime) -> str:
    held = await session.get_one(ActivitySession, row.session_id)
    preset = await for_unit(session, held.branch_id)
    row.state = Presence.PRESENT if came else Presence.EXCUSED
    row.how, row.reason, row.at = SignedBy.WORDS, reason, now
    session.add(row)
    await recount(session, held, preset, now)
    await refresh_board(session, held, preset, now=now)
    return say("meetings.absent_came_thanks" if came else "meetings.absent_thanks", preset.name)


async def _gather(session: AsyncSession, held: ActivitySession, preset: Preset, now: datetime) -> int:
    asked = [row for row in await meetings.attendance_of(session, held.id or 0) if row.asked_at is not None]
    if not asked:
        return 0
    names = await meetings.names_of(session, [row.person_id for row in asked])
    when = when_words(held, preset, today=now.astimezone(preset.zone).date())
    lines = [say("meetings.gathered", preset.name, title=held.title, when=when)]
    for row in asked:
        values = {"name": names[row.person_id], "reason": row.reason}
        if row.state == Presence.EXCUSED:
            lines.append(say("meetings.gathered_reason", preset.name, **values))
        elif row.state == Presence.PRESENT:
            lines.append(say("meetings.gathered_came", preset.name, **values))
    silent = [names[row.person_id] for row in asked if row.state == Presence.ABSENT]
    if silent:
        comma = say("meetings.comma", preset.name)
        lines.append(say("meetings.gathered_silent", preset.name, names=comma.join(silent)))
    return len(await tell_chairs(session, held, REASONS, "\n".join(lines), preset=preset, now=now))
