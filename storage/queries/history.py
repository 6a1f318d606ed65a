"""The ledger's history: taken out of a copy of it, to be put back piece by piece in turned time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import delete, func, text, update
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import outbox
from storage.outbox import Priority
from storage.tables import (
    AwaitedWords,
    CoReporter,
    DigestItem,
    FormerNumber,
    Leave,
    LentMatter,
    Matter,
    MatterEvent,
    MatterOffer,
    Notice,
    Person,
    Promise,
    Report,
    Visit,
)

Row = TypeVar("Row", bound=SQLModel)

_TAKEN_OUT: tuple[type[SQLModel], ...] = (
    DigestItem, LentMatter, Promise, MatterOffer, AwaitedWords, CoReporter, FormerNumber, MatterEvent,
    Visit, Report, Leave, Notice, Matter,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recorded:
    """What has happened, each in the order of its keys, and the messages it led to. The rows are detached."""

    matters: list[Matter]
    events: list[MatterEvent]
    offers: list[MatterOffer]
    promises: list[Promise]
    reports: list[Report]
    visits: list[Visit]
    leaves: list[Leave]
    notices: list[Notice]


async def take_out(session: AsyncSession) -> Recorded:
    """Take the history out of a copy; units, people, households and links stay as they are."""
    recorded = Recorded(
        await _all(session, Matter),
        await _all(session, MatterEvent),
        await _all(session, MatterOffer),
        await _all(session, Promise),
        await _all(session, Report),
        await _all(session, Visit),
        await _all(session, Leave),
        await _all(session, Notice),
    )
    session.expunge_all()
    for table in _TAKEN_OUT:
        await session.exec(delete(table))
    await session.exec(update(Person).values(on_leave_until=None))
    await session.commit()
    return recorded


async def told_of_own_accord(session: AsyncSession, *, after_id: int) -> list[Notice]:
    """The messages sent since one with this key, but for answers."""
    sent = select(Notice).where(
        col(Notice.id) > after_id,
        Notice.state == outbox.SENT,
        Notice.method == "send",
        Notice.priority != Priority.ANSWER,
    )
    return list(await session.exec(sent.order_by(col(Notice.sent_at), col(Notice.id))))


async def first_moment(session: AsyncSession) -> datetime | None:
    """When the history begins; null when there is none."""
    starts = (
        select(func.min(Notice.created_at)),
        select(func.min(MatterEvent.at)),
        select(func.min(Report.reported_at)),
    )
    moments = [(await session.exec(start)).one() for start in starts]
    return min((moment for moment in moments if moment is not None), default=None)


async def _all(session: AsyncSession, table: type[Row]) -> list[Row]:
    return list(await session.exec(select(table).order_by(text("id"))))
