"""Whole tables of a branch for exports, oldest first, with the names that their ids stand for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Mapped
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.meetings import SessionStatus
from storage.queries.units import groups_within
from storage.tables import (
    ActivitySession,
    AuditEntry,
    Household,
    Matter,
    Notice,
    Person,
    ReadingCorrection,
    Report,
    RoleHeld,
)

Moments = tuple[datetime | None, datetime | None]
"""From the first moment until before the second; null: open."""


async def groups_of(session: AsyncSession, branch_id: int) -> dict[int, str]:
    """The names of a branch's groups by id."""
    return {unit.id: unit.name for unit in await groups_within(session, branch_id) if unit.id is not None}


async def people_names(session: AsyncSession) -> dict[int, str]:
    """Everybody's name by id: matters of a branch are held and raised by people from elsewhere too."""
    return {key: name for key, name in await session.exec(select(Person.id, Person.name)) if key is not None}


async def household_heads(session: AsyncSession, branch_id: int) -> dict[int, str]:
    """The heads of a branch's households by id, those removed included."""
    heads = select(Household.id, Household.head).where(Household.branch_id == branch_id)
    return {key: head for key, head in await session.exec(heads) if key is not None}


async def reports(
    session: AsyncSession, branch_id: int, since: date | None, until: date | None
) -> Sequence[Report]:
    """Reports of days from `since` to `until`."""
    made = select(Report).where(Report.branch_id == branch_id, *_days(col(Report.day), since, until))
    return (await session.exec(made.order_by(col(Report.id)))).all()


async def matters(session: AsyncSession, branch_id: int, during: Moments) -> Sequence[Matter]:
    """Matters raised during a span."""
    raised = select(Matter).where(Matter.branch_id == branch_id, *_moments(col(Matter.created_at), during))
    return (await session.exec(raised.order_by(col(Matter.number)))).all()


async def sessions(
    session: AsyncSession, branch_id: int, since: date | None, until: date | None
) -> Sequence[ActivitySession]:
    """Sessions held on days from `since` to `until`, those taken back included; not what is only planned."""
    day = col(ActivitySession.day)
    held = select(ActivitySession).where(
        ActivitySession.branch_id == branch_id,
        col(ActivitySession.status).in_((SessionStatus.RECORDED, SessionStatus.WITHDRAWN)),
        *_days(day, since, until),
    )
    return (await session.exec(held.order_by(col(ActivitySession.id)))).all()


async def people_on_roster(session: AsyncSession, branch_id: int) -> Sequence[Person]:
    """Those of the branch who hold a role."""
    on_roster = select(Person).where(
        Person.branch_id == branch_id, col(Person.id).in_(select(RoleHeld.person_id))
    )
    return (await session.exec(on_roster.order_by(col(Person.id)))).all()


async def notices(session: AsyncSession, branch_id: int | None, during: Moments) -> Sequence[Notice]:
    """Notices due during a span; of all branches and of none when `branch_id` is null."""
    due = select(Notice).where(*_moments(col(Notice.due_at), during))
    if branch_id is not None:
        due = due.where(Notice.branch_id == branch_id)
    return (await session.exec(due.order_by(col(Notice.id)))).all()


async def corrections(
    session: AsyncSession, branch_id: int, during: Moments
) -> Sequence[ReadingCorrection]:
    """Messages sent during a span whose reading was put right."""
    sent = select(ReadingCorrection).where(
        ReadingCorrection.branch_id == branch_id, *_moments(col(ReadingCorrection.sent_at), during)
    )
    return (await session.exec(sent.order_by(col(ReadingCorrection.id)))).all()


async def audit(session: AsyncSession, during: Moments) -> Sequence[AuditEntry]:
    """What was done during a span."""
    done = select(AuditEntry).where(*_moments(col(AuditEntry.at), during))
    return (await session.exec(done.order_by(col(AuditEntry.id)))).all()


def _days(column: Mapped[date], since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    first = [] if since is None else [column >= since]
    return first if until is None else [*first, column <= until]


def _moments(column: Mapped[datetime], during: Moments) -> list[ColumnElement[bool]]:
    start, end = during
    first = [] if start is None else [column >= start]
    return first if end is None else [*first, column < end]
