"""The rows that published figures are made of: one branch, a stretch of days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import RoundKind, RoundState
from bot.domain.matters import UNFINISHED, MatterStatus
from bot.domain.roll_call import CallStatus
from storage.queries.reports import WITHDRAWN
from storage.queries.roster import link_stands
from storage.tables import (
    ActivitySession,
    AppraisalRound,
    BallotCount,
    Household,
    Leave,
    Link,
    Matter,
    Report,
    RollCall,
    RollCallHousehold,
)


async def households_on(session: AsyncSession, branch_id: int, day: date) -> list[Household]:
    """The households of a branch that had not been removed by the end of a day."""
    there = or_(col(Household.removed_on).is_(None), col(Household.removed_on) > day)
    held = select(Household).where(Household.branch_id == branch_id, there)
    return list(await session.exec(held.order_by(col(Household.id))))


async def pairs_on(session: AsyncSession, branch_id: int, day: date) -> list[tuple[int, int]]:
    """Member and household of each link that stands on a day with one of these households; each once."""
    linked = (
        select(Link.person_id, Link.household_id)
        .join(Household, col(Household.id) == col(Link.household_id))
        .where(
            Household.branch_id == branch_id,
            or_(col(Household.removed_on).is_(None), col(Household.removed_on) > day),
            *link_stands(day),
        )
        .distinct()
    )
    return list((await session.exec(linked)).all())


async def away_throughout(session: AsyncSession, *, first: date, last: date) -> set[int]:
    """Those on leave from `first` to `last`, both included."""
    away = select(Leave.person_id).where(
        col(Leave.begun_at).is_not(None), Leave.first <= first, Leave.last >= last
    )
    return set(await session.exec(away))


async def reports_standing(session: AsyncSession, branch_id: int, *, first: date, last: date) -> list[Report]:
    """A branch's reports of these days, the withdrawn left out, by day."""
    made = select(Report).where(
        Report.branch_id == branch_id, Report.status != WITHDRAWN, Report.day >= first, Report.day <= last
    )
    return list(await session.exec(made.order_by(col(Report.day), col(Report.id))))


async def matters_touched(
    session: AsyncSession, branch_id: int, *, start: datetime, end: datetime
) -> Sequence[Matter]:
    """A branch's matters closed from `start` until before `end`, or unfinished then and as far as is known.

    Those raised in the time are `storage.queries.rates.raised_between`.
    """
    closed = and_(col(Matter.closed_at) >= start, col(Matter.closed_at) < end)
    later = and_(col(Matter.status) == MatterStatus.CLOSED, col(Matter.closed_at) >= end)
    running = and_(col(Matter.created_at) < end, or_(col(Matter.status).in_(UNFINISHED), later))
    touched = select(Matter).where(Matter.branch_id == branch_id, or_(closed, running))
    return (await session.exec(touched.order_by(col(Matter.id)))).all()


async def sessions_held(
    session: AsyncSession, branch_id: int, *, first: date, last: date
) -> list[ActivitySession]:
    """A branch's sessions held on these days, by day."""
    held = select(ActivitySession).where(
        ActivitySession.branch_id == branch_id,
        ActivitySession.status == "recorded",
        ActivitySession.day >= first,
        ActivitySession.day <= last,
    )
    return list(await session.exec(held.order_by(col(ActivitySession.day), col(ActivitySession.id))))


async def roll_calls_opened(
    session: AsyncSession, branch_id: int, *, start: datetime, end: datetime
) -> list[tuple[RollCall, list[RollCallHousehold]]]:
    """A branch's roll-calls opened from `start` until before `end`, with their households. No drills."""
    opened = select(RollCall).where(
        RollCall.branch_id == branch_id,
        col(RollCall.opened_at) >= start,
        col(RollCall.opened_at) < end,
        col(RollCall.drill).is_(False),
        col(RollCall.status).in_((CallStatus.OPEN, CallStatus.CLOSED)),
    )
    calls = list(await session.exec(opened.order_by(col(RollCall.id))))
    ids = [call.id for call in calls]
    asked: dict[int, list[RollCallHousehold]] = {call.id or 0: [] for call in calls}
    rows = select(RollCallHousehold).where(col(RollCallHousehold.roll_call_id).in_(ids))
    for row in await session.exec(rows.order_by(col(RollCallHousehold.id))):
        asked[row.roll_call_id].append(row)
    return [(call, asked[call.id or 0]) for call in calls]


async def votes_of_rounds(
    session: AsyncSession, branch_id: int, *, start: datetime, end: datetime
) -> dict[int, dict[int, dict[str, int]]]:
    """What residents voted in a branch's rounds that ended in a time, by round and member."""
    ended = (
        select(BallotCount)
        .join(AppraisalRound, col(AppraisalRound.id) == col(BallotCount.round_id))
        .where(
            AppraisalRound.branch_id == branch_id,
            AppraisalRound.kind == RoundKind.RESIDENTS,
            AppraisalRound.state == RoundState.CLOSED,
            col(AppraisalRound.ended_at) >= start,
            col(AppraisalRound.ended_at) < end,
        )
        .order_by(col(BallotCount.round_id), col(BallotCount.subject_id))
    )
    found: dict[int, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for one in await session.exec(ended):
        found[one.round_id][one.subject_id][one.choice] = one.votes
    return dict(found)
