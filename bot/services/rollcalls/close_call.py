"""A roll-call ends: closed with a report, or taken back as if it had not been.

Kinds (subject `roll_call`): `rollcall.report`, to those who decide.
"""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import Stale
from bot.domain.roll_call import CallStatus, EventKind
from bot.domain.roster import Actor
from bot.services.rollcalls.answers import tell_deciding
from bot.services.rollcalls.asking import CALL
from bot.services.rollcalls.boards import report
from bot.services.rollcalls.show_calls import show_everything
from bot.services.rollcalls.standing import ASK, Standing, id_of
from storage import outbox
from storage.queries import roll_calls
from storage.tables import RollCallEvent


async def close(session: AsyncSession, standing: Standing, by: Actor) -> None:
    """Close it, and tell those who decide what came of it. Answers that come later are still kept.

    Raises:
        Stale: it is no longer open.
    """
    await _end(session, standing, by, CallStatus.CLOSED)
    await tell_deciding(session, standing, "rollcall.report", "closed", report(standing))
    await show_everything(session, standing)


async def withdraw(session: AsyncSession, standing: Standing, by: Actor) -> None:
    """It was opened by mistake: whoever has not been asked yet is not, everybody else is told.

    Raises:
        Stale: it is no longer open.
    """
    await _end(session, standing, by, CallStatus.WITHDRAWN)
    for ask in await roll_calls.asks_of(session, standing.id):
        await outbox.cancel(
            session, subject_kind=ASK, subject_id=id_of(ask), by="roll-call withdrawn", now=standing.now
        )
    await show_everything(session, standing)


async def _end(session: AsyncSession, standing: Standing, by: Actor, status: CallStatus) -> None:
    call = standing.call
    if call.status != CallStatus.OPEN:
        raise Stale("roll_call.over")
    call.status, call.closed_at, call.closed_by_name = status, standing.now, by.name
    call.next_call_at = None
    kind = EventKind.CLOSED if status is CallStatus.CLOSED else EventKind.WITHDRAWN
    ended = RollCallEvent(
        roll_call_id=standing.id, at=standing.now, kind=kind, by_id=by.person_id, by_name=by.name
    )
    session.add_all([call, ended])
    for ask in await roll_calls.asks_of(session, standing.id):
        await outbox.cancel(
            session,
            subject_kind=ASK,
            subject_id=id_of(ask),
            kinds=[CALL],
            by="roll-call ended",
            now=standing.now,
        )
    await session.flush()
