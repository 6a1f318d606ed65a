"""The secretary prepares a session: agenda changed and fixed, day moved, called off.

By a button of the draft, or in words. Kinds (subject `session`): `meeting.moved`, `meeting.called_off`.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Press
from bot.domain.errors import NotFound, NotPossible, Stale
from bot.domain.meetings import PARTY_DAY, SessionStatus, Why, WordsFor
from bot.domain.party_day import DayKind
from bot.domain.preset import Preset
from bot.holidays import day_kind
from bot.services.chat.speaker import Speaking
from bot.services.matters.holders import on_leave
from bot.services.meetings.agenda import add_item
from bot.services.meetings.ask_words import ask_words
from bot.services.meetings.audience import audience_of
from bot.services.meetings.chair import see_chair
from bot.services.meetings.draft_message import refresh_draft
from bot.services.meetings.plan_sessions import plan_party_day, starts
from bot.services.meetings.session_words import SUBJECT, about_session, when_words
from bot.services.notices.tell import to_person
from bot.services.notices.times import plain_day_words
from bot.services.roster.parameters import for_unit
from bot.text.meetings import Asks, MeetingAsked, read_move
from bot.wording import say
from storage import outbox
from storage.queries import meetings
from storage.queries import sessions as session_rows
from storage.tables import ActivitySession, Unit

REMINDER = "party.reminder"
_FARTHEST = timedelta(days=25)  # farther, and a bare "1日" that has passed would be next month's
_PLANS_AHEAD = (Asks.MOVE, Asks.ADD)  # of a Party day that is not planned yet
_LONGEST_ITEM = 200
_MOST_ITEMS = 30  # each has a button, and a meeting has an end


async def press_session(session: AsyncSession, press: Press, speaking: Speaking, *, now: datetime) -> str:
    """Somebody presses a button under a draft; returns what they are shown.

    Raises:
        NotEntitled: they do not prepare this branch's sessions.
        Stale: the draft has changed since.
        NotPossible: it can't be done any more.
    """
    held = await session.get(ActivitySession, press.id)
    if held is None:
        raise NotFound("questions.bad_button")
    preset = await for_unit(session, held.branch_id)
    await see_chair(session, speaking, held.branch_id, speaking.day_of(now))
    what, _, value = press.choice.partition(".")
    if what in (WordsFor.MINUTES, WordsFor.SIGN_IN):
        return await ask_words(session, held, WordsFor(what), speaking, now=now)
    if press.version != held.version:
        raise Stale("meetings.stale")
    _see_to_come(held, speaking.day_of(now))
    if what == "add":
        return await ask_words(session, held, WordsFor.ITEM, speaking, now=now)
    if what == "move":
        return await ask_words(session, held, WordsFor.MOVE, speaking, now=now)
    if what in ("days", "back"):
        await refresh_draft(session, held, preset, now=now, choosing_day=what == "days")
        return ""
    if what == "drop":
        return await drop_item(session, held, int(value), preset, now=now)
    if what == "to":
        return await move_to(session, held, date.fromisoformat(value), None, speaking, preset, now=now)
    return await fix_agenda(session, held, preset, now=now, fixed=what == "fix")


async def prepare_in_words(
    session: AsyncSession, asked: MeetingAsked, speaking: Speaking, *, now: datetime
) -> str:
    """What the secretary asks for in words, about the next Party day; returns the answer.

    Raises:
        NotEntitled: they do not prepare this branch's sessions.
        NotFound: there is no Party day ahead, or no such item.
        NotPossible: the day is not to be, or was not understood.
    """
    today = speaking.day_of(now)
    await see_chair(session, speaking, speaking.branch_id, today)
    preset = speaking.preset
    ahead = await session_rows.to_come(session, speaking.branch_id, since=today, rule=PARTY_DAY)
    held = ahead[0] if ahead else None
    if held is None and asked.what in _PLANS_AHEAD:
        held = await plan_party_day(session, speaking.branch_id, preset, today=today, now=now)
    if held is None:
        raise NotFound("meetings.none_planned", days=preset.party_day_draft_days)
    _see_to_come(held, today)
    match asked.what:
        case Asks.MOVE | Asks.MOVE_BARE:
            return await move_to(session, held, asked.day, asked.hour, speaking, preset, now=now)
        case Asks.MOVE_ALONE:
            return await ask_words(session, held, WordsFor.MOVE, speaking, now=now)
        case Asks.CALL_OFF:
            return await call_off(session, held, speaking, preset, now=now)
        case Asks.ADD:
            return await add_words(session, held, asked.words, preset, now=now)
        case Asks.DROP:
            return await drop_item(session, held, asked.number or 0, preset, now=now)
        case _:
            return await fix_agenda(session, held, preset, now=now, fixed=True)


async def add_words(
    session: AsyncSession, held: ActivitySession, words: str, preset: Preset, *, now: datetime
) -> str:
    """Put the secretary's words on the agenda; returns the answer."""
    text = " ".join(words.split())
    if not text or len(text) > _LONGEST_ITEM:
        raise NotPossible("meetings.item_length", most=_LONGEST_ITEM)
    if len(await meetings.agenda_of(session, held.id or 0)) >= _MOST_ITEMS:
        raise NotPossible("meetings.items_full", most=_MOST_ITEMS)
    item = await add_item(session, held, text, why=Why.ADDED)
    await _changed(session, held, preset, now)
    return say("meetings.item_added", preset.name, position=item.position, text=item.text)


async def drop_item(
    session: AsyncSession, held: ActivitySession, position: int, preset: Preset, *, now: datetime
) -> str:
    """Take an item off the agenda; returns the answer.

    Raises:
        NotFound: there is none of this number.
    """
    item = await meetings.item_at(session, held.id or 0, position)
    if item is None:
        raise NotFound("meetings.no_item", position=position)
    item.dropped_at = now
    session.add(item)
    await _changed(session, held, preset, now)
    return say("meetings.item_dropped", preset.name, position=position)


async def fix_agenda(
    session: AsyncSession, held: ActivitySession, preset: Preset, *, now: datetime, fixed: bool
) -> str:
    """The agenda stands as it is, or is open again; returns the answer."""
    held.agenda_fixed_at = now if fixed else None
    await _changed(session, held, preset, now)
    return say("meetings.fixed" if fixed else "meetings.reopened", preset.name)


async def move_to(
    session: AsyncSession,
    held: ActivitySession,
    day: date | None,
    hour: time | None,
    speaking: Speaking,
    preset: Preset,
    *,
    now: datetime,
) -> str:
    """Move a session to another day or hour and tell everybody once; returns the answer.

    Args:
        day: null: the one that was said was not understood.
        hour: null: as before.

    Raises:
        NotPossible: the day is not to be, or nothing would change.
    """
    today = speaking.day_of(now)
    if day is None:
        raise NotPossible("meetings.move_unread")
    local = (held.starts_at or held.reported_at).astimezone(preset.zone)
    begins = starts(preset, day, hour or local.time().replace(tzinfo=None))
    if begins <= now:
        raise NotPossible("meetings.move_past")
    if abs(day - (held.moved_from or held.day)) > _FARTHEST:
        raise NotPossible("meetings.move_far", days=_FARTHEST.days)
    if begins == held.starts_at:
        raise NotPossible("meetings.move_same")
    held.moved_from = held.moved_from or held.day
    held.day, held.starts_at = day, begins
    await _changed(session, held, preset, now)
    await _tell_all(session, held, "moved", speaking, preset, now)
    answer = say("meetings.moved_answer", preset.name, when=when_words(held, preset, today=today))
    if day_kind(day) is DayKind.HOLIDAY:
        answer += say("meetings.moved_holiday", preset.name)
    return answer


async def call_off(
    session: AsyncSession, held: ActivitySession, speaking: Speaking, preset: Preset, *, now: datetime
) -> str:
    """A session is not held this time; everybody is told once. Returns the answer."""
    held.status = SessionStatus.CALLED_OFF
    await _changed(session, held, preset, now)
    await _tell_all(session, held, "called_off", speaking, preset, now)
    when = when_words(held, preset, today=speaking.day_of(now))
    return say("meetings.called_off_answer", preset.name, when=when)


async def words_for_session(
    session: AsyncSession,
    held: ActivitySession,
    what: WordsFor,
    text: str,
    speaking: Speaking,
    *,
    now: datetime,
) -> str:
    """Do what a button was pressed for, with the words that it asked for: an item, or a day."""
    preset = await for_unit(session, held.branch_id)
    _see_to_come(held, speaking.day_of(now))
    if what is WordsFor.ITEM:
        return await add_words(session, held, text, preset, now=now)
    day, hour = read_move(text, speaking.day_of(now))
    return await move_to(session, held, day, hour, speaking, preset, now=now)


async def _changed(session: AsyncSession, held: ActivitySession, preset: Preset, now: datetime) -> None:
    held.version += 1
    session.add(held)
    await session.flush()
    await refresh_draft(session, held, preset, now=now)


async def _tell_all(
    session: AsyncSession,
    held: ActivitySession,
    sentence: str,
    speaking: Speaking,
    preset: Preset,
    now: datetime,
) -> None:
    """Tell those for whom it is, unless they have not been told of it yet: a reminder will do that."""
    by = f"{sentence} by {speaking.actor.name}"
    await outbox.cancel(
        session, subject_kind=SUBJECT, subject_id=held.id or 0, kinds=[REMINDER], by=by, now=now
    )
    today = speaking.day_of(now)
    when, branch = when_words(held, preset, today=today), await session.get_one(Unit, held.branch_id)
    rule_day = held.moved_from or held.day
    text = say(
        f"meetings.{sentence}",
        preset.name,
        branch=branch.name,
        title=held.title,
        when=when,
        before=plain_day_words(rule_day),
    )
    for person in await audience_of(session, held, preset):
        if person.telegram_id is None or person.id == speaking.actor.person_id or on_leave(person, today):
            continue
        about = about_session(held, f"meeting.{sentence}", str(held.version), now)
        await to_person(session, person, about, text, preset=preset, now=now)


def _see_to_come(held: ActivitySession, today: date) -> None:
    if held.status == SessionStatus.CALLED_OFF:
        raise NotPossible("meetings.is_called_off")
    if held.status != SessionStatus.PLANNED or held.opened_at is not None or held.day < today:
        raise NotPossible("meetings.begun")
