"""Somebody has held or taken part in a collective event: a session in the ledger."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Activity
from bot.domain.inbound import Inbound
from bot.services.chat.speaker import Speaking
from storage.queries import reports
from storage.tables import ActivitySession


async def record_activity(
    session: AsyncSession, act: Activity, speaking: Speaking, inbound: Inbound, *, index: int
) -> ActivitySession:
    """Record a session as reported; the same act makes it once. Anybody may report one.

    Raises:
        NotFound: nobody knows yet to which branch the speaker belongs.
    """
    for held in await reports.sessions_of_message(session, inbound.chat_id, inbound.message_id):
        if held.act_index == index:
            return held
    held = ActivitySession(
        branch_id=speaking.branch_id,
        group_id=None if speaking.group is None else speaking.group.id,
        kind=act.activity,
        day=act.date,
        participants=act.participants,
        reporter_person_id=speaking.actor.person_id,
        reporter_name=speaking.actor.name,
        reported_at=inbound.sent_at,
        chat_id=inbound.chat_id,
        message_id=inbound.message_id,
        act_index=index,
        text=inbound.text,
    )
    session.add(held)
    await session.flush()
    return held
