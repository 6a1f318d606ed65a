"""Records how an attempt to send ended: sent, to be tried again, unknown or failed."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.delivery import DeliveryError, Migrated, Outgoing, Permanent, Temporary, Unknown
from scheduler.prepare import send_again
from storage import outbox
from storage.queries import chats, deliveries
from storage.tables import Notice

log = logging.getLogger(__name__)

# Seconds before the next attempt, after the first, second, … one; the last goes on.
_WAITS = (5, 15, 60, 300, 900, 3600)
_MOST_ATTEMPTS = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one attempt ended: with the message's number (or null where there is none), or an error."""

    notice_id: int
    outgoing: Outgoing
    message_id: int | None = None
    error: DeliveryError | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """Nothing more is to be sent until `until`: to `chat_id`, or anywhere when that is null.

    `by_platform` when Telegram asked for it: then not even emergencies.
    """

    until: datetime
    chat_id: int | None
    by_platform: bool = False


async def record(session: AsyncSession, outcome: Outcome, *, now: datetime) -> Stop | None:
    """Write down how the attempt ended; what it means for those to come (null: nothing)."""
    notice_id, error = outcome.notice_id, outcome.error
    if error is None:
        await outbox.mark_sent(session, notice_id, outcome.message_id, now)
        return None
    notice = await session.get_one(Notice, notice_id)
    log.warning("notice %s (%s) to chat %s: %r", notice_id, notice.key, outcome.outgoing.chat_id, error)
    match error:
        case Migrated():
            await chats.move_to_supergroup(
                session, old=outcome.outgoing.chat_id, new=error.new_chat_id, now=now
            )
            await session.refresh(notice)
            await outbox.postpone(session, notice_id, now, error.reason)
        case Unknown() if not outcome.outgoing.method.repeatable:
            await send_again(session, notice, error=error.reason, now=now)
        case Permanent():
            await outbox.mark_failed(session, notice_id, error.reason, now)
            if error.chat_lost:
                await deliveries.chat_is_lost(session, outcome.outgoing.chat_id)
        case _:
            return await _try_later(session, notice, outcome, error, now=now)
    return None


async def _try_later(
    session: AsyncSession, notice: Notice, outcome: Outcome, error: DeliveryError, *, now: datetime
) -> Stop | None:
    asked = error.retry_after if isinstance(error, Temporary) else None
    whole_bot = isinstance(error, Temporary) and error.whole_bot
    # While the line is down no message is to blame, so none is given up.
    if notice.attempts >= _MOST_ATTEMPTS and not whole_bot:
        await outbox.mark_failed(
            session, outcome.notice_id, f"given up after {notice.attempts} attempts: {error.reason}", now
        )
        return None
    wait = asked or timedelta(seconds=_WAITS[min(notice.attempts, len(_WAITS)) - 1])
    if whole_bot:
        wait = min(wait, timedelta(seconds=60))
    until = now + wait
    await outbox.postpone(session, outcome.notice_id, until, error.reason)
    return Stop(until, None if whole_bot else outcome.outgoing.chat_id, by_platform=asked is not None)
