"""Members are reminded of their dues once a month, and say that they have paid: a tick, no money passes here.

Only the member and the secretary see it. Kind `dues.reminder` (subject `person`).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Press, Verb, encode
from bot.domain.errors import NotEntitled
from bot.domain.meetings import occasions
from bot.domain.preset import Preset
from bot.holidays import day_kind
from bot.services.chat.speaker import Speaking
from bot.services.matters.holders import on_leave
from bot.services.notices.tell import About, to_person
from bot.services.visits.rounds import mark_made, rounds_due
from bot.wording import say
from storage import outbox
from storage.queries import member_records
from storage.queries.units import members_of
from storage.tables import DuesTick

KIND = "dues.reminder"
_ROUND = "dues"
_LATEST = timedelta(days=5)  # a reminder missed for longer is left out


async def remind_of_dues(session: AsyncSession, *, now: datetime) -> int:
    """Remind the members of the branches whose day it is and who have not said that they have paid.

    Returns:
        How many were reminded.
    """
    made = 0
    for due in await rounds_due(session, _ROUND, at=lambda preset: preset.party_day_at, now=now):
        rule = due.preset.meetings.dues
        first = max(due.after + timedelta(days=1), due.today - _LATEST)
        for one in [] if rule is None else occasions(rule, day_kind, first=first, last=due.today):
            made += await _remind_branch(session, due.unit_id, one.month, due.preset, now)
        await mark_made(session, due, now=now)
    return made


async def press_dues(session: AsyncSession, press: Press, speaking: Speaking, *, now: datetime) -> str:
    """A member presses that they have paid; returns what they are shown.

    Raises:
        NotEntitled: it is somebody else's reminder.
    """
    if press.id != speaking.actor.person_id:
        raise NotEntitled("meetings.dues_not_yours")
    return await _tick(session, press.id, date.fromisoformat(press.choice), speaking.preset, now)


async def dues_paid(session: AsyncSession, speaking: Speaking, *, now: datetime) -> str | None:
    """A member writes that they have paid; null when no dues are kept here: it is talk like any other."""
    if speaking.person is None or not speaking.actor.is_member or speaking.preset.meetings.dues is None:
        return None
    month = speaking.day_of(now).replace(day=1)
    return await _tick(session, speaking.person.id or 0, month, speaking.preset, now)


async def show_dues(session: AsyncSession, speaking: Speaking, *, now: datetime) -> str | None:
    """How one's dues of this month stand; to a secretary, the branch's too. Null as for `dues_paid`.

    Raises:
        NotFound: nobody knows yet to which branch they belong.
    """
    preset = speaking.preset
    if speaking.person is None or not speaking.actor.is_member or preset.meetings.dues is None:
        return None
    month = speaking.day_of(now).replace(day=1)
    members = await members_of(session, speaking.branch_id)
    paid = await member_records.dues_ticked(session, [one.id or 0 for one in members], month)
    own = "paid" if speaking.person.id in paid else "open"
    lines = [say(f"meetings.dues_own_{own}", preset.name, month=month.month)]
    if speaking.is_secretary:
        waiting = [one.name for one in members if one.id not in paid]
        values = {"month": month.month, "paid": len(paid), "members": len(members)}
        lines.append(say("meetings.dues_of_branch", preset.name, **values))
        if waiting:
            comma = say("meetings.comma", preset.name)
            lines.append(say("meetings.dues_of_branch_open", preset.name, names=comma.join(waiting)))
    return "\n".join(lines)


async def _remind_branch(
    session: AsyncSession, branch_id: int, month: date, preset: Preset, now: datetime
) -> int:
    members = await members_of(session, branch_id)
    paid = await member_records.dues_ticked(session, [one.id or 0 for one in members], month)
    today, made = now.astimezone(preset.zone).date(), 0
    for person in members:
        if person.telegram_id is None or person.id in paid or on_leave(person, today):
            continue
        button = {
            "text": say("meetings.dues_paid", preset.name),
            "data": encode(Verb.DUES, person.id or 0, choice=month.isoformat()),
        }
        due = datetime.combine(month, preset.party_day_at, preset.zone)
        notice = await to_person(
            session,
            person,
            About(KIND, "person", person.id or 0, f"{month:%Y-%m}", due, branch_id),
            say("meetings.dues_ask", preset.name, name=person.name, month=month.month),
            preset=preset,
            now=now,
            buttons=((button,),),
        )
        made += notice is not None
    return made


async def _tick(session: AsyncSession, person_id: int, month: date, preset: Preset, now: datetime) -> str:
    if await member_records.dues_ticked(session, [person_id], month):
        return say("meetings.dues_already", preset.name, month=month.month)
    session.add(DuesTick(person_id=person_id, month=month, ticked_at=now))
    await outbox.cancel(
        session, subject_kind="person", subject_id=person_id, kinds=[KIND], by="dues paid", now=now
    )
    return say("meetings.dues_thanks", preset.name, month=month.month)
