"""Sessions planned and held, by branch and day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.meetings import SessionStatus
from storage.tables import ActivitySession, Attendance

_TO_COME = (SessionStatus.PLANNED, SessionStatus.RECORDED)


async def planned_as(session: AsyncSession, key: str) -> ActivitySession | None:
    """The session planned for this occasion, whatever has become of it."""
    return (await session.exec(select(ActivitySession).where(ActivitySession.planned_as == key))).first()


async def to_come(
    session: AsyncSession, branch_id: int, *, since: date, rule: str | None = None
) -> list[ActivitySession]:
    """The planned sessions of a branch from a day on that have not been called off, the next first."""
    ahead = select(ActivitySession).where(
        ActivitySession.branch_id == branch_id,
        col(ActivitySession.planned_as).is_not(None),
        col(ActivitySession.status).in_(_TO_COME),
        ActivitySession.day >= since,
    )
    if rule is not None:
        ahead = ahead.where(ActivitySession.rule == rule)
    return list(await session.exec(ahead.order_by(col(ActivitySession.starts_at), col(ActivitySession.id))))


async def latest_of(
    session: AsyncSession, branch_id: int, rule: str, *, until: date
) -> ActivitySession | None:
    """The last session of a rule that a branch had on a day or before, unless it was called off."""
    had = select(ActivitySession).where(
        ActivitySession.branch_id == branch_id,
        ActivitySession.rule == rule,
        col(ActivitySession.status).in_(_TO_COME),
        ActivitySession.day <= until,
    )
    return (await session.exec(had.order_by(col(ActivitySession.day).desc()).limit(1))).first()


async def told_in_month(
    session: AsyncSession, branch_id: int, kind: str, month: date
) -> ActivitySession | None:
    """The first session of a kind that a branch has told as held in a month without its being planned."""
    told = select(ActivitySession).where(
        ActivitySession.branch_id == branch_id,
        ActivitySession.kind == kind,
        ActivitySession.status == SessionStatus.RECORDED,
        col(ActivitySession.planned_as).is_(None),
        ActivitySession.day >= month,
        ActivitySession.day < (month + timedelta(days=31)).replace(day=1),
    )
    return (await session.exec(told.order_by(col(ActivitySession.day), col(ActivitySession.id)))).first()


async def not_closed(session: AsyncSession) -> list[ActivitySession]:
    """All planned sessions whose sign-in is not over, the next first."""
    waiting = select(ActivitySession).where(
        col(ActivitySession.planned_as).is_not(None),
        col(ActivitySession.status).in_(_TO_COME),
        col(ActivitySession.closed_at).is_(None),
    )
    return list(await session.exec(waiting.order_by(col(ActivitySession.starts_at))))


async def planned_on(session: AsyncSession, branch_id: int, day: date, kind: str) -> ActivitySession | None:
    """The only session of a kind that is planned for a day; null: there is none, or several."""
    same = select(ActivitySession).where(
        ActivitySession.branch_id == branch_id,
        ActivitySession.kind == kind,
        ActivitySession.day == day,
        col(ActivitySession.planned_as).is_not(None),
        col(ActivitySession.status).in_(_TO_COME),
    )
    found = list(await session.exec(same))
    return found[0] if len(found) == 1 else None


async def closed_on(session: AsyncSession, branch_id: int, day: date) -> list[ActivitySession]:
    """A branch's sessions of a day whose sign-in has been summed up."""
    over = select(ActivitySession).where(
        ActivitySession.branch_id == branch_id,
        ActivitySession.day == day,
        ActivitySession.status == SessionStatus.RECORDED,
        col(ActivitySession.closed_at).is_not(None),
    )
    return list(await session.exec(over.order_by(col(ActivitySession.id))))


async def held_lately(
    session: AsyncSession, branch_id: int, *, first: date, last: date
) -> list[ActivitySession]:
    """The sessions that a branch held or planned on days from `first` to `last`, the latest last."""
    had = select(ActivitySession).where(
        ActivitySession.branch_id == branch_id,
        col(ActivitySession.status).in_(_TO_COME),
        ActivitySession.day >= first,
        ActivitySession.day <= last,
    )
    return list(await session.exec(had.order_by(col(ActivitySession.day), col(ActivitySession.id))))


async def asked_since(session: AsyncSession, moment: datetime) -> list[ActivitySession]:
    """The sessions about which somebody who did not come has been asked at a moment or later."""
    asked = (
        select(ActivitySession)
        .join(Attendance, col(Attendance.session_id) == col(ActivitySession.id))
        .where(col(Attendance.asked_at) >= moment)
    )
    return list((await session.exec(asked)).unique())
