"""Sessions are planned, the agenda drafted, members told: days before, the day before, in the morning.

Kind `party.reminder` (subject `session`): the stage in its key is the day of the session and how many days
before it the notice is for. On the morning of a Party day each member gets their report card in it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.meetings import PARTY_DAY, Presence, SessionStatus
from bot.services.matters.holders import on_leave
from bot.services.meetings.agenda import agenda_lines, draft_agenda
from bot.services.meetings.audience import audience_of
from bot.services.meetings.board import day_ends
from bot.services.meetings.chair import chairs_of
from bot.services.meetings.draft_message import is_drafted, refresh_draft, send_draft
from bot.services.meetings.plan_sessions import plan
from bot.services.meetings.prepare_session import REMINDER
from bot.services.meetings.report_card import card_lines, card_of
from bot.services.meetings.session_words import about_session, hour_words
from bot.services.notices.tell import to_person
from bot.services.notices.times import full_day_words
from bot.services.visits.rounds import Round, mark_made, rounds_due
from bot.wording import say
from storage.queries import meetings
from storage.queries import sessions as session_rows
from storage.tables import ActivitySession, Person

ROUND = "party"
_OTHERS_REMINDED = (1, 0)  # days before any other session than the Party day


async def announce(session: AsyncSession, *, now: datetime, batch: int = 100) -> int:
    """Plan and draft what lies ahead of each branch, and tell its members of what is near.

    Of days missed only the latest is made up for. Who has not claimed their name, is on leave that day, or
    has said that they can't come, is not told.

    Args:
        batch: after how many notices the other branches are left to the next call.

    Returns:
        How many notices were made; 0 when all are.
    """
    made = 0
    for due in await rounds_due(session, ROUND, at=lambda preset: preset.party_day_at, now=now):
        await plan(session, due, now=now)
        for held in await session_rows.to_come(session, due.unit_id, since=due.today):
            if held.status != SessionStatus.PLANNED:
                continue
            near = held.day - due.today <= timedelta(days=due.preset.party_day_draft_days)
            if held.rule == PARTY_DAY and held.day > due.today and near:
                made += await _draft(session, held, due, now=now)
            made += await _remind(session, held, due, now=now)
        await mark_made(session, due, now=now)
        if made >= batch:
            break
    return made


async def _draft(session: AsyncSession, held: ActivitySession, due: Round, *, now: datetime) -> int:
    """Draft the agenda, or, until it is fixed, add what has come to belong on it."""
    if held.agenda_fixed_at is not None:
        return 0
    first = not await is_drafted(session, held)
    added = await draft_agenda(session, held, due.preset, first=first, now=now)
    made = await send_draft(session, held, due.preset, now=now)
    if added and not made:
        held.version += 1
        session.add(held)
        await refresh_draft(session, held, due.preset, now=now)
    return made


async def _remind(session: AsyncSession, held: ActivitySession, due: Round, *, now: datetime) -> int:
    before = due.preset.party_day_remind_days if held.rule == PARTY_DAY else _OTHERS_REMINDED
    moments = {held.day - timedelta(days=days): days for days in before}
    missed_or_today = [moment for moment in moments if due.after < moment <= due.today]
    if not missed_or_today:
        return 0
    planned = max(missed_or_today)
    about = about_session(
        held,
        REMINDER,
        f"{held.day.isoformat()}-{moments[planned]}",
        datetime.combine(planned, due.preset.party_day_at, due.preset.zone),
    )
    chairs = {one.id for one in await chairs_of(session, held.branch_id, held.day)}
    made = 0
    for person in await audience_of(session, held, due.preset):
        if person.telegram_id is None or on_leave(person, held.day):
            continue
        row = await meetings.attendance_row(session, held.id or 0, person.id or 0)
        if row is not None and row.state != Presence.EXPECTED:
            continue
        notice = await to_person(
            session,
            person,
            about,
            await _text(session, held, person, due, now, chairs=person.id in chairs),
            preset=due.preset,
            now=now,
            expires_at=day_ends(held, due.preset),
        )
        made += notice is not None
    return made


async def _text(
    session: AsyncSession, held: ActivitySession, person: Person, due: Round, now: datetime, *, chairs: bool
) -> str:
    days, preset = (held.day - due.today).days, due.preset
    sentence = {0: "today", 1: "day_before"}.get(days, "days_before")
    of_party = held.rule == PARTY_DAY
    key = f"party_day.{sentence}{'_secretary' if chairs else ''}" if of_party else f"meetings.{sentence}"
    text = say(
        key,
        preset.name,
        name=person.name,
        day=full_day_words(held.day, today=due.today),
        hour=hour_words(held, preset),
        branch=due.unit.name,
        title=held.title,
        days=days,
    )
    lines = [text]
    if of_party and days == 1:
        agenda = await agenda_lines(session, held, preset)
        lines += [say("party_day.agenda", preset.name), *agenda] if agenda else []
    elif of_party and days == 0:
        card = await card_of(session, person, preset, today=due.today, now=now)
        lines += ["", *card_lines(card, preset)]
    return "\n".join(lines)
