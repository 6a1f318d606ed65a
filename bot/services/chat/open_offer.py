"""The offer of a matter that waits for an answer, and its end."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import outbox
from storage.queries import offers
from storage.tables import MatterOffer

OFFERED = "matter.offered"
"""Asks somebody whether they take a matter."""


async def end_offer(
    session: AsyncSession, offer: MatterOffer, answer: str, *, by: str, now: datetime
) -> None:
    """An offer has its answer (accepted, declined, lapsed, cancelled): nobody is asked any more.

    by: what ended it, for exports.
    """
    offer.answer, offer.answered_at = answer, now
    session.add(offer)
    await outbox.cancel(
        session, subject_kind="matter", subject_id=offer.matter_id, kinds=[OFFERED], by=by, now=now
    )
    await session.flush()


async def take_back_offer(session: AsyncSession, matter_id: int, *, by: str, now: datetime) -> None:
    """Nobody needs to answer the open offer of a matter any more, if there is one."""
    offer = await offers.open_offer(session, matter_id)
    if offer is not None:
        await end_offer(session, offer, "cancelled", by=by, now=now)
