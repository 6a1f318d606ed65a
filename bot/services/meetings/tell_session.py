"""A session is told in the chat as held, told differently, or taken back; one that was planned is joined.

A branch has one Party day a month: told, it joins the one planned, whatever the day. Of several who tell how
many came the greatest number counts, and never fewer than have signed in.
"""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Activity, ActivityKind
from bot.domain.inbound import Inbound
from bot.domain.meetings import PARTY_DAY, Presence, SessionStatus
from bot.services.chat.speaker import Speaking
from bot.text.meetings import read_told
from storage.queries import meetings
from storage.queries import sessions as session_rows
from storage.tables import ActivitySession


async def tell_session(
    session: AsyncSession, act: Activity, speaking: Speaking, inbound: Inbound, *, index: int
) -> ActivitySession:
    """Put down that a session was held: the one planned for it, else a new one."""
    held = await _planned(session, act, speaking)
    if held is None:
        held = ActivitySession(
            branch_id=speaking.branch_id,
            group_id=None if speaking.group is None else speaking.group.id,
            kind=act.activity,
            day=act.date,
            reporter_name=speaking.actor.name,
            reported_at=inbound.sent_at,
            text=inbound.text,
        )
    before = held.told_participants
    held.reporter_person_id, held.reporter_name = speaking.actor.person_id, speaking.actor.name
    held.chat_id, held.message_id, held.act_index = inbound.chat_id, inbound.message_id, index
    held.reported_at = inbound.sent_at
    await retell_session(session, held, act, inbound)
    if before is not None and before > (held.told_participants or 0):
        held.told_participants = before
        await _count(session, held)
    return held


async def retell_session(
    session: AsyncSession, held: ActivitySession, act: Activity, inbound: Inbound
) -> None:
    """Its message says now what `act` says."""
    told = read_told(inbound.text)
    if held.planned_as is not None and held.day != act.date:
        held.moved_from = held.moved_from or held.day
    held.kind, held.day, held.text = act.activity, act.date, inbound.text
    held.status = SessionStatus.RECORDED
    held.told_participants = act.participants if act.participants is not None else told.present
    held.expected, held.absent_with_reason = told.expected, told.excused
    session.add(held)
    await session.flush()
    await _count(session, held)


async def untell_session(session: AsyncSession, held: ActivitySession) -> None:
    """What was told is taken back. One that was planned goes by its sign-in again."""
    if held.planned_as is None:
        held.status = SessionStatus.WITHDRAWN
    else:
        rows = await meetings.attendance_of(session, held.id or 0)
        came = any(row.state == Presence.PRESENT for row in rows)
        held.status = SessionStatus.RECORDED if came else SessionStatus.PLANNED
        held.told_participants = held.participants = held.expected = held.absent_with_reason = None
        held.chat_id = held.message_id = held.act_index = None
        held.day, held.text = held.moved_from or held.day, ""
        await _count(session, held)
    session.add(held)


async def _count(session: AsyncSession, held: ActivitySession) -> None:
    rows = await meetings.attendance_of(session, held.id or 0)
    summed = meetings.turnout_of(held, [(Presence(row.state), row.late) for row in rows])
    known = held.told_participants is not None or bool(rows)
    if held.status == SessionStatus.RECORDED:
        held.participants = summed.present if known else None
        held.expected, held.absent_with_reason = summed.expected, summed.absent_with_reason
    session.add(held)


async def _planned(session: AsyncSession, act: Activity, speaking: Speaking) -> ActivitySession | None:
    if act.activity is ActivityKind.PARTY_DAY:
        key = f"{PARTY_DAY}:{speaking.branch_id}:{act.date:%Y-%m}"
        found = await session_rows.planned_as(session, key)
        if found is None or found.status in (SessionStatus.CALLED_OFF, SessionStatus.WITHDRAWN):
            return None
        same_day = found.day == act.date
        return found if same_day or found.status == SessionStatus.PLANNED else None
    return await session_rows.planned_on(session, speaking.branch_id, act.date, act.activity)
