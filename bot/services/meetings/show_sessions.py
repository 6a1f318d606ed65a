"""What a branch's sessions look like: the Party day ahead with one's own card, and the minutes as a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled, NotFound
from bot.domain.meetings import PARTY_DAY, Presence, SessionStatus
from bot.domain.party_day import RuleNotUnderstood
from bot.domain.preset import Preset
from bot.services.chat.answering import Buttons
from bot.services.chat.speaker import Speaking
from bot.services.meetings.agenda import agenda_lines
from bot.services.meetings.chair import is_chair
from bot.services.meetings.draft_message import draft_message
from bot.services.meetings.plan_sessions import party_day_of, starts
from bot.services.meetings.report_card import card_lines, card_of
from bot.services.meetings.session_words import clock_words, when_words
from bot.services.notices.times import full_day_words, plain_day_words
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.queries import meetings
from storage.queries import sessions as session_rows
from storage.tables import ActivitySession, Unit

_MINUTES_KEPT = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class PartyDayShown:
    """What is shown of the Party day.

    session_id: of the session whose draft this is, kept up to date in place; null: it is no draft.
    card: the asker's own card, a message of its own; null: none.
    """

    text: str
    buttons: Buttons = ()
    session_id: int | None = None
    card: str | None = None


async def show_party_day(
    session: AsyncSession, speaking: Speaking, *, in_group: bool, now: datetime
) -> PartyDayShown:
    """The Party day ahead with its agenda; privately, the asker's own card too, and the draft for its chair.

    Raises:
        NotFound: nobody knows yet to which branch they belong, or no Party day is set.
        NotEntitled: the asker is a resident.
    """
    preset, today = speaking.preset, speaking.day_of(now)
    branch = await session.get_one(Unit, speaking.branch_id)
    if not (speaking.actor.is_member or speaking.villages):
        raise NotEntitled("meetings.show_residents")
    card = None
    if speaking.person is not None and speaking.actor.is_member and not in_group:
        own = await card_of(session, speaking.person, preset, today=today, now=now)
        card = "\n".join(card_lines(own, preset))
    ahead = await session_rows.to_come(session, speaking.branch_id, since=today, rule=PARTY_DAY)
    if not ahead:
        return PartyDayShown(_by_rule(preset, branch, now), card=card)
    held = ahead[0]
    chairs = not in_group and await is_chair(session, speaking, speaking.branch_id, today)
    if chairs and held.status == SessionStatus.PLANNED:
        text, buttons = await draft_message(session, held, preset, now=now)
        return PartyDayShown(text, buttons, held.id, card)
    return PartyDayShown(await _ahead(session, held, branch, preset, now), card=card)


async def _ahead(
    session: AsyncSession, held: ActivitySession, branch: Unit, preset: Preset, now: datetime
) -> str:
    when = when_words(held, preset, today=now.astimezone(preset.zone).date())
    line = say("meetings.show_next", preset.name, when=when, branch=branch.name)
    if held.moved_from is not None and held.moved_from != held.day:
        line += say("meetings.show_moved", preset.name, day=plain_day_words(held.moved_from))
    agenda = await agenda_lines(session, held, preset)
    if not agenda:
        return line
    head = "show_agenda" if held.agenda_fixed_at is not None else "show_draft"
    return "\n".join([line, say(f"meetings.{head}", preset.name), *agenda])


async def show_minutes(session: AsyncSession, speaking: Speaking, *, now: datetime) -> str:
    """The minutes of the latest session, as a page of text.

    Raises:
        NotFound: there are none.
        NotEntitled: the asker is a resident.
    """
    if not (speaking.actor.is_member or speaking.villages):
        raise NotEntitled("meetings.show_residents")
    today = speaking.day_of(now)
    held = [
        one
        for one in await session_rows.held_lately(
            session, speaking.branch_id, first=today - _MINUTES_KEPT, last=today
        )
        if one.minutes or (one.planned_as is not None and one.status == SessionStatus.RECORDED)
    ]
    if not held:
        raise NotFound("meetings.minutes_no_page")
    reasons = await is_chair(session, speaking, speaking.branch_id, today)
    return await minutes_page(session, held[-1], now=now, reasons=reasons)


async def minutes_page(
    session: AsyncSession, held: ActivitySession, *, now: datetime, reasons: bool = False
) -> str:
    """A session as it stands in the minute book: when, who, what was decided, what was said.

    reasons: of absences are shown too. They were told to whoever prepares sessions alone.
    """
    preset = await for_unit(session, held.branch_id)
    name, today = preset.name, now.astimezone(preset.zone).date()
    branch = await session.get_one(Unit, held.branch_id)
    title = held.title or say(f"visits.activity_{held.kind}", name)
    when = when_words(held, preset, today=today)
    lines = [
        say("meetings.page_head", name, branch=branch.name, title=title),
        say("meetings.page_when", name, when=when),
        *await _who(session, held, preset, reasons=reasons),
    ]
    if agenda := await agenda_lines(session, held, preset):
        lines += [say("meetings.page_agenda", name), *agenda]
    if held.minutes:
        lines += [say("meetings.page_minutes", name), held.minutes]
    return "\n".join(lines)


async def _who(session: AsyncSession, held: ActivitySession, preset: Preset, *, reasons: bool) -> list[str]:
    name = preset.name
    rows = await meetings.attendance_of(session, held.id or 0)
    names = await meetings.names_of(session, [row.person_id for row in rows])
    comma = say("meetings.comma", name)
    present = [names[row.person_id] for row in rows if row.state == Presence.PRESENT]
    excused = [
        say("meetings.page_with_reason", name, name=names[row.person_id], reason=row.reason)
        if reasons
        else names[row.person_id]
        for row in rows
        if row.state == Presence.EXCUSED
    ]
    lines = []
    if held.expected is not None:
        values = {"expected": held.expected, "present": held.participants or 0}
        excuses = held.absent_with_reason or 0
        lines.append(say("meetings.page_turnout", name, excused=excuses, **values))
    elif held.participants is not None:
        lines.append(say("meetings.page_told", name, present=held.participants))
    if present:
        lines.append(say("meetings.page_present", name, names=comma.join(present)))
    if excused:
        lines.append(say("meetings.page_excused", name, names=comma.join(excused)))
    return lines


def _by_rule(preset: Preset, branch: Unit, now: datetime) -> str:
    """The Party day that is not planned yet."""
    today = now.astimezone(preset.zone).date()
    try:
        day = party_day_of(preset, today)
    except RuleNotUnderstood:
        day = None
    if day is None:
        raise NotFound("meetings.show_none")
    begins = starts(preset, day, preset.meetings.party_day_begins)
    when = say(
        "meetings.when", preset.name, day=full_day_words(day, today=today), hour=clock_words(begins, preset)
    )
    return say("meetings.show_next", preset.name, when=when, branch=branch.name)
