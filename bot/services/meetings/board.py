"""The board of a sign-in: one message in the group, edited in place. It says who has come, never who lacks.

Kinds (subject `session`): `meeting.board` (in the branch's group), `meeting.sign_in` (privately, where the
branch has no group).
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Verb, encode
from bot.domain.meetings import Presence
from bot.domain.preset import Preset
from bot.services.chat.answering import rewrite
from bot.services.meetings.session_words import SUBJECT, about_session, clock_words, when_words
from bot.services.notices.tell import Buttons, to_person
from bot.wording import say
from storage import outbox
from storage.outbox import Draft, Priority
from storage.queries import meetings
from storage.tables import ActivitySession, Attendance, Notice, Person, Unit

BOARD, INVITATION = "meeting.board", "meeting.sign_in"
_LONGEST = 3000  # characters of names: a message holds 4,096


def day_ends(held: ActivitySession, preset: Preset) -> datetime:
    """Midnight after a session's day."""
    return datetime.combine(held.day + timedelta(days=1), time.min, preset.zone)


async def put_up(session: AsyncSession, held: ActivitySession, preset: Preset, *, now: datetime) -> None:
    """Put the board up in the branch's group; a branch without one signs in privately."""
    chat = await meetings.chat_of_unit(session, held.branch_id)
    if chat is None:
        await _invite(session, held, preset, now=now)
        return
    text = await _text(session, held, preset, now=now)
    draft = Draft(
        key=f"{BOARD}:{SUBJECT}:{held.id}:{held.day}",
        kind=BOARD,
        priority=Priority.MATTER,
        text=text,
        chat_id=chat.telegram_id,
        topic_id=chat.topic_id,
        recipient=chat.title,
        buttons=sign_in_button(held, preset),
        subject_kind=SUBJECT,
        subject_id=held.id,
        branch_id=held.branch_id,
        expires_at=day_ends(held, preset),
    )
    notice = await outbox.put(session, draft, now=now)
    held.board_notice_id = None if notice is None else notice.id
    session.add(held)


async def refresh_board(
    session: AsyncSession, held: ActivitySession, preset: Preset, *, now: datetime
) -> None:
    """Let the board say who has come by now."""
    if held.board_notice_id is None:
        return
    notice = await session.get_one(Notice, held.board_notice_id)
    text = await _text(session, held, preset, now=now)
    buttons = () if held.closed_at is not None else sign_in_button(held, preset)
    if text != notice.text or held.closed_at is not None:
        await rewrite(session, notice, text, mark=now.isoformat(), now=now, buttons=buttons)


def sign_in_button(held: ActivitySession, preset: Preset) -> Buttons:
    """The one button under a board."""
    label = say("meetings.button_sign_in", preset.name)
    return (({"text": label, "data": encode(Verb.SIGN_IN, held.id or 0)},),)


async def names_in(session: AsyncSession, rows: list[Attendance], preset: Preset) -> str:
    """The names of these people, as many as a message can hold."""
    names = await meetings.names_of(session, [row.person_id for row in rows])
    told = [names[row.person_id] for row in rows]
    comma = say("meetings.comma", preset.name)
    while len(comma.join(told)) > _LONGEST:
        told = told[: len(told) * 9 // 10]
    shown = comma.join(told)
    return shown if len(told) == len(rows) else say("meetings.and_others", preset.name, names=shown)


async def _text(session: AsyncSession, held: ActivitySession, preset: Preset, *, now: datetime) -> str:
    rows = await meetings.attendance_of(session, held.id or 0)
    present = [row for row in rows if row.state == Presence.PRESENT]
    excused = sum(row.state == Presence.EXCUSED for row in rows)
    branch = await session.get_one(Unit, held.branch_id)
    when = when_words(held, preset, today=now.astimezone(preset.zone).date())
    over = "_over" if held.closed_at is not None else ""
    lines = [
        say("meetings.board_head", preset.name, branch=branch.name, title=held.title, when=when),
        say(f"meetings.board_count{over}", preset.name, present=len(present), expected=len(rows)),
    ]
    if present:
        lines.append(await names_in(session, present, preset))
    if excused:
        lines.append(say("meetings.board_excused", preset.name, excused=excused))
    if not over:
        lines.append(say("meetings.board_foot", preset.name))
    return "\n".join(lines)


async def _invite(session: AsyncSession, held: ActivitySession, preset: Preset, *, now: datetime) -> None:
    hour = "" if held.starts_at is None else clock_words(held.starts_at, preset)
    text = say("meetings.invitation", preset.name, title=held.title, hour=hour)
    for row in await meetings.attendance_of(session, held.id or 0):
        person = await session.get_one(Person, row.person_id)
        if person.telegram_id is None or row.state != Presence.EXPECTED:
            continue
        await to_person(
            session,
            person,
            about_session(held, INVITATION, str(held.day), held.starts_at or now),
            text,
            preset=preset,
            now=now,
            buttons=sign_in_button(held, preset),
            expires_at=day_ends(held, preset),
        )
