"""Somebody has held or taken part in a collective event: a session in the ledger."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Activity
from bot.domain.inbound import Inbound
from bot.services.chat.speaker import Speaking
from bot.services.meetings.tell_session import tell_session
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
    return await tell_session(session, act, speaking, inbound, index=index)
