"""Telling members of the theme Party day: days before, the day before, and in the morning.

Kind `party.reminder`, about the subject `unit` (the branch); the stage in its key is the Party day and how
many days before it the notice is for.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.party_day import RuleNotUnderstood, next_party_day, read_rule
from bot.domain.preset import Preset
from bot.domain.roster import Role
from bot.holidays import day_kind
from bot.services.matters.holders import on_leave
from bot.services.notices.party_agenda import agenda_lines
from bot.services.notices.tell import About, to_person
from bot.services.notices.times import full_day_words
from bot.services.visits.rounds import Round, mark_made, rounds_due
from bot.wording import say
from storage.queries.roster import people_with_role
from storage.queries.units import members_of

KIND = "party.reminder"
ROUND = "party"
log = logging.getLogger(__name__)


async def announce(session: AsyncSession, *, now: datetime, batch: int = 100) -> int:
    """Tell the members of each branch whose Party day is near; of days missed only the latest is made up for.

    Who has not claimed their name, or is on leave that day, is not told.

    Args:
        batch: after how many notices the other branches are left to the next call.

    Returns:
        How many notices were made; 0 when all are.
    """
    made = 0
    for due in await rounds_due(session, ROUND, at=lambda preset: preset.party_day_at, now=now):
        try:
            made += await _announce_branch(session, due, now=now)
        except RuleNotUnderstood as error:
            log.warning("branch %s: %s", due.unit_id, error)  # the audit names it to people
        await mark_made(session, due, now=now)
        if made >= batch:
            break
    return made


def party_day_of(preset: Preset, today: date) -> date | None:
    """The next Party day, today included; null when the preset has none.

    Raises:
        RuleNotUnderstood: when its rule is in none of the known forms.
    """
    if not preset.party_day_rule:
        return None
    return next_party_day(read_rule(preset.party_day_rule), today, day_kind)


async def _announce_branch(session: AsyncSession, due: Round, *, now: datetime) -> int:
    day = party_day_of(due.preset, due.today)
    if day is None:
        return 0
    moments = {day - timedelta(days=before): before for before in due.preset.party_day_remind_days}
    missed_or_today = [moment for moment in moments if due.after < moment <= due.today]
    if not missed_or_today:
        return 0
    planned = max(missed_or_today)
    about = About(
        KIND,
        "unit",
        due.unit_id,
        f"{day.isoformat()}-{moments[planned]}",
        datetime.combine(planned, due.preset.party_day_at, due.preset.zone),
        due.unit_id,
    )
    secretaries = {one.id for one in await people_with_role(session, due.unit_id, Role.SECRETARY)}
    agenda = await agenda_lines(session, due.unit_id, due.preset, now=now)
    made = 0
    for person in await members_of(session, due.unit_id):
        if person.telegram_id is None or on_leave(person, day):
            continue
        is_secretary = person.id in secretaries
        text = _text(person.name, due, day, "_secretary" if is_secretary else "")
        notice = await to_person(
            session,
            person,
            about,
            "\n".join([text, *agenda]) if is_secretary else text,
            preset=due.preset,
            now=now,
            expires_at=datetime.combine(day + timedelta(days=1), time.min, due.preset.zone),
        )
        made += notice is not None
    return made


def _text(name: str, due: Round, day: date, to_whom: str) -> str:
    days = (day - due.today).days
    sentence = {0: "today", 1: "day_before"}.get(days, "days_before")
    words = full_day_words(day, today=due.today)
    return say(
        f"party_day.{sentence}{to_whom}",
        due.preset.name,
        name=name,
        day=words,
        branch=due.unit.name,
        days=days,
    )
