"""Somebody is at a session: by button, in words, or entered by the secretary; or says why they can't come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled, NotFound, NotPossible
from bot.domain.meetings import PARTY_DAY, Presence, SessionStatus, SignedBy, Window, sign_in_window
from bot.domain.preset import Preset
from bot.services.chat.speaker import Speaking
from bot.services.meetings.board import day_ends, refresh_board
from bot.services.meetings.chair import see_chair
from bot.services.meetings.session_words import clock_words, when_words
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.queries import meetings
from storage.queries import sessions as session_rows
from storage.queries.units import members_of
from storage.tables import ActivitySession, Attendance, Unit

_ENTERED_LATER = 7  # days after a session within which the secretary may still enter who came
_LONGEST_REASON = 100


async def press_sign_in(session: AsyncSession, session_id: int, speaking: Speaking, *, now: datetime) -> str:
    """The button of a board is pressed; returns what is shown to whoever has pressed.

    Raises:
        NotEntitled: they are no member of the branch.
        NotPossible: sign-in has not begun, or is over.
    """
    held = await session.get(ActivitySession, session_id)
    if held is None:
        raise NotFound("questions.bad_button")
    return await _sign_in(session, held, speaking, SignedBy.BUTTON, now)


async def sign_in_by_word(session: AsyncSession, speaking: Speaking, *, now: datetime) -> str | None:
    """Somebody writes that they are there.

    Returns:
        The answer; null when there is no session today: it is talk like any other.

    Raises:
        NotEntitled, NotPossible: as for the button.
    """
    if speaking.branch is None or not speaking.actor.is_member:
        return None
    today = speaking.day_of(now)
    ahead = await session_rows.to_come(session, speaking.branch_id, since=today)
    todays = [one for one in ahead if one.day == today]
    if not todays:
        return None
    held = await _meant(session, todays, speaking, now)
    return await _sign_in(session, held, speaking, SignedBy.WORDS, now)


async def enter_present(
    session: AsyncSession,
    names: Sequence[str],
    speaking: Speaking,
    *,
    now: datetime,
    held: ActivitySession | None = None,
) -> str:
    """The secretary enters who was there, at today's session or the last of this week; returns the answer.

    Args:
        held: the session that is meant; null: the latest.

    Raises:
        NotEntitled: they do not prepare this branch's sessions.
        NotFound: there was no session, or somebody is not on the roster. Then nobody is entered.
    """
    today = speaking.day_of(now)
    branch_id = speaking.branch_id if held is None else held.branch_id
    await see_chair(session, speaking, branch_id, today)
    held = held or await _latest(session, speaking, now)
    if held is None:
        raise NotFound("meetings.none_to_sign")
    preset = await for_unit(session, held.branch_id)
    members = await members_of(session, held.branch_id)
    found = {name: [one for one in members if one.name == name] for name in names}
    unknown = [name for name, people in found.items() if len(people) != 1]
    if unknown or not found:
        comma = say("meetings.comma", preset.name)
        raise NotFound("meetings.not_members", names=comma.join(unknown))
    for people in found.values():
        row = await _row(session, held, people[0].id or 0)
        if row.state != Presence.PRESENT:
            row.state, row.how, row.late, row.at = Presence.PRESENT, SignedBy.ENTERED, False, now
            row.by_person_id = speaking.actor.person_id
            session.add(row)
    turnout = await _count(session, held, preset, now)
    return say(
        "meetings.entered",
        preset.name,
        names=say("meetings.comma", preset.name).join(found),
        title=held.title,
        present=turnout,
    )


async def excuse(session: AsyncSession, reason: str, speaking: Speaking, *, now: datetime) -> str | None:
    """A member says that they can't come to the next session, and why.

    Returns:
        The answer; null when the speaker is no member: it is talk like any other.

    Raises:
        NotFound: no session is planned.
        NotPossible: they have signed in.
    """
    person = speaking.person
    if person is None or person.id is None or not speaking.actor.is_member or speaking.branch is None:
        return None
    today = speaking.day_of(now)
    ahead = [
        one
        for one in await session_rows.to_come(session, speaking.branch_id, since=today)
        if one.closed_at is None
    ]
    if not ahead:
        raise NotFound("meetings.none_ahead")
    held = next((one for one in ahead if one.rule == PARTY_DAY), ahead[0])
    row = await _row(session, held, person.id)
    if row.state == Presence.PRESENT:
        raise NotPossible("meetings.signed_in_already")
    text = " ".join(reason.split())[:_LONGEST_REASON]
    row.state, row.how, row.at = Presence.EXCUSED, SignedBy.WORDS, now
    row.reason = text or say("meetings.reason_leave", speaking.preset.name)
    session.add(row)
    await _count(session, held, speaking.preset, now)
    when = when_words(held, speaking.preset, today=today)
    return say("meetings.excused", speaking.preset.name, title=held.title, when=when, reason=row.reason)


async def recount(session: AsyncSession, held: ActivitySession, preset: Preset, now: datetime) -> int:
    """Sum up a session's attendance in its row; returns how many came."""
    await session.flush()
    rows = await meetings.attendance_of(session, held.id or 0)
    summed = meetings.turnout_of(held, [(Presence(row.state), row.late) for row in rows])
    if held.status == SessionStatus.PLANNED and summed.present:
        held.status = SessionStatus.RECORDED
    if held.status == SessionStatus.RECORDED:
        held.participants, held.expected = summed.present, summed.expected
        held.absent_with_reason = summed.absent_with_reason
    session.add(held)
    return summed.present


def window_of(held: ActivitySession, preset: Preset) -> Window:
    """When one may sign in at a planned session."""
    begins = held.starts_at or held.reported_at
    return sign_in_window(preset.meetings, begins, opened_at=held.opened_at, day_ends=day_ends(held, preset))


async def _sign_in(
    session: AsyncSession, held: ActivitySession, speaking: Speaking, how: SignedBy, now: datetime
) -> str:
    person = speaking.person
    if person is None or person.id is None:
        raise NotEntitled("meetings.not_known")
    if not speaking.actor.is_member:
        raise NotEntitled("meetings.members_only")
    if person.branch_id != held.branch_id:
        branch = await session.get_one(Unit, held.branch_id)
        raise NotEntitled("meetings.other_branch", branch=branch.name)
    preset = await for_unit(session, held.branch_id)
    window = window_of(held, preset)
    if held.status == SessionStatus.CALLED_OFF:
        raise NotPossible("meetings.is_called_off")
    row = await _row(session, held, person.id)
    if row.state == Presence.PRESENT:
        return say("meetings.signed_in_already", preset.name)
    if now < window.opens:
        when = when_words(held, preset, today=speaking.day_of(now))
        raise NotPossible("meetings.too_early", when=when, opens=clock_words(window.opens, preset))
    if held.closed_at is not None or now >= window.closes:
        raise NotPossible("meetings.too_late")
    row.state, row.how, row.reason, row.at = Presence.PRESENT, how, "", now
    row.late = now >= window.late_from
    session.add(row)
    await _count(session, held, preset, now)
    return say(f"meetings.signed_in{'_late' if row.late else ''}", preset.name, title=held.title)


async def _count(session: AsyncSession, held: ActivitySession, preset: Preset, now: datetime) -> int:
    present = await recount(session, held, preset, now)
    await refresh_board(session, held, preset, now=now)
    return present


async def _row(session: AsyncSession, held: ActivitySession, person_id: int) -> Attendance:
    row = await meetings.attendance_row(session, held.id or 0, person_id)
    return row or Attendance(session_id=held.id or 0, person_id=person_id, state=Presence.EXPECTED)


async def _meant(
    session: AsyncSession, todays: Sequence[ActivitySession], speaking: Speaking, now: datetime
) -> ActivitySession:
    """Of several sessions of a day, the one that is open now, and for the speaker if possible."""
    preset = speaking.preset
    windows = {one.id: window_of(one, preset) for one in todays}
    open_now = [
        one for one in todays if windows[one.id].opens <= now < windows[one.id].closes and not one.closed_at
    ]
    for one in open_now or todays:
        row = await meetings.attendance_row(session, one.id or 0, speaking.actor.person_id or 0)
        if row is not None:
            return one
    return (open_now or list(todays))[0]


async def _latest(session: AsyncSession, speaking: Speaking, now: datetime) -> ActivitySession | None:
    today = speaking.day_of(now)
    since = today - timedelta(days=_ENTERED_LATER)
    week = await session_rows.to_come(session, speaking.branch_id, since=since)
    begun = [one for one in week if now >= window_of(one, speaking.preset).opens]
    return begun[-1] if begun else None
