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
    Occasion,
    Person,
    Promise,
    Report,
    Visit,
    metadata,
)

Row = TypeVar("Row", bound=SQLModel)

_TAKEN_OUT: tuple[type[SQLModel], ...] = (
    Occasion, DigestItem, LentMatter, Promise, MatterOffer, AwaitedWords, CoReporter, FormerNumber,
    MatterEvent, Visit, Report, Leave, Notice, Matter,
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
    await _cut_loose(session)
    for table in _TAKEN_OUT:
        await session.exec(delete(table))
    await session.exec(update(Person).values(on_leave_until=None))
    await session.commit()
    return recorded


async def _cut_loose(session: AsyncSession) -> None:
    """What stays points to nothing that is taken out: the reference goes where it may, else the row."""
    gone = {table.__tablename__ for table in _TAKEN_OUT}
    for staying in reversed(metadata.sorted_tables):
        if staying.name in gone:
            continue
        for key in staying.foreign_keys:
            if key.column.table.name not in gone:
                continue
            column = key.parent
            points = column.is_not(None)
            if column.nullable:
                await session.exec(staying.update().where(points).values({column.name: None}))
            else:
                await session.exec(staying.delete())


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
