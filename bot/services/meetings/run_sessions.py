"""Time and sessions: the board goes up when sign-in begins, and is summed up when it is over.

A board that could not go up in time (the bot was down) goes up later the same day, and nobody is late
because of it; never on another day. Kind `meeting.over` (subject `session`, to whoever prepares it).
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Verb, encode
from bot.domain.meetings import Presence, SessionStatus, SignedBy, WordsFor
from bot.domain.preset import Preset
from bot.services.matters.holders import on_leave
from bot.services.meetings.audience import audience_of
from bot.services.meetings.board import day_ends, names_in, put_up, refresh_board
from bot.services.meetings.draft_message import refresh_draft, tell_chairs
from bot.services.meetings.session_words import when_words
from bot.services.meetings.sign_in import recount, window_of
from bot.services.notices.tell import Buttons
from bot.services.roster.parameters import for_units
from bot.wording import say
from storage.queries import meetings
from storage.queries import sessions as session_rows
from storage.tables import ActivitySession, Attendance

OVER = "meeting.over"


async def run_sessions(session: AsyncSession, *, now: datetime) -> int:
    """Open the sign-ins whose time has come, and close those whose time is over.

    Returns:
        How many were opened or closed.
    """
    waiting = await session_rows.not_closed(session)
    presets = await for_units(session, {one.branch_id for one in waiting})
    changed = 0
    for held in waiting:
        preset = presets[held.branch_id]
        window = window_of(held, preset)
        if held.opened_at is None and now >= window.opens:
            await _open(session, held, preset, now)
        elif held.opened_at is not None and now >= window.closes:
            await _close(session, held, preset, now)
        else:
            continue
        changed += 1
    return changed


async def next_sign_in(session: AsyncSession, *, now: datetime) -> datetime | None:
    """The earliest moment later than `now` at which a sign-in begins or ends; null when there is none."""
    waiting = await session_rows.not_closed(session)
    presets = await for_units(session, {one.branch_id for one in waiting})
    moments = [
        window.opens if one.opened_at is None else window.closes
        for one in waiting
        if (window := window_of(one, presets[one.branch_id]))
    ]
    return min((moment for moment in moments if moment > now), default=None)


async def _open(session: AsyncSession, held: ActivitySession, preset: Preset, now: datetime) -> None:
    """Begin the sign-in. One whose day is over, or that has been told as held, needs none."""
    if now >= day_ends(held, preset) or held.told_participants is not None:
        held.closed_at = now
        session.add(held)
        return
    held.opened_at = now
    session.add(held)
    for person in await audience_of(session, held, preset):
        row = await meetings.attendance_row(session, held.id or 0, person.id or 0)
        if row is None:
            row = Attendance(session_id=held.id or 0, person_id=person.id or 0, state=Presence.EXPECTED)
        if on_leave(person, held.day) and row.state == Presence.EXPECTED:
            row.state, row.how, row.at = Presence.EXCUSED, SignedBy.LEAVE, now
            row.reason = say("meetings.reason_leave", preset.name)
        session.add(row)
    await session.flush()
    await put_up(session, held, preset, now=now)
    await refresh_draft(session, held, preset, now=now)


async def _close(session: AsyncSession, held: ActivitySession, preset: Preset, now: datetime) -> None:
    held.closed_at = now
    session.add(held)
    missing = []
    for row in await meetings.attendance_of(session, held.id or 0):
        if row.state == Presence.EXPECTED:
            row.state = Presence.ABSENT
            missing.append(row)
            session.add(row)
    await recount(session, held, preset, now)
    await refresh_board(session, held, preset, now=now)
    held_at_all = held.status == SessionStatus.RECORDED
    text = await _summary(session, held, missing, preset, now) if held_at_all else _nobody(held, preset, now)
    await tell_chairs(
        session, held, OVER, text, preset=preset, now=now, buttons=_buttons(held, preset, minutes=held_at_all)
    )


async def _summary(
    session: AsyncSession, held: ActivitySession, missing: list[Attendance], preset: Preset, now: datetime
) -> str:
    when = when_words(held, preset, today=now.astimezone(preset.zone).date())
    rows = await meetings.attendance_of(session, held.id or 0)
    late = sum(row.late for row in rows)
    lines = [
        say(
            "meetings.over",
            preset.name,
            title=held.title,
            when=when,
            expected=held.expected,
            present=held.participants,
            excused=held.absent_with_reason,
            late=say("meetings.over_late", preset.name, late=late) if late else "",
        )
    ]
    if missing:
        names = await names_in(session, missing, preset)
        lines.append(say("meetings.over_missing", preset.name, count=len(missing), names=names))
    return "\n".join([*lines, say("meetings.over_foot", preset.name)])


def _nobody(held: ActivitySession, preset: Preset, now: datetime) -> str:
    when = when_words(held, preset, today=now.astimezone(preset.zone).date())
    return say("meetings.over_nobody", preset.name, title=held.title, when=when)


def _buttons(held: ActivitySession, preset: Preset, *, minutes: bool) -> Buttons:
    wanted = [WordsFor.SIGN_IN, WordsFor.MINUTES] if minutes else [WordsFor.SIGN_IN]
    return (
        tuple(
            {
                "text": say(f"meetings.button_{what}_words", preset.name),
                "data": encode(Verb.MEETING, held.id or 0, held.version, what),
            }
            for what in wanted
        ),
    )
