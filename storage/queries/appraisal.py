"""Rounds of appraisal, the links and leaves that they look at, and verdicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import RoundKind, RoundState
from bot.domain.leave import Days
from storage.queries.roster import link_stands
from storage.tables import (
    AppraisalRound,
    Household,
    Leave,
    Link,
    Person,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Linked:
    """A link that stands, with where the member lives. home: null when that is not known."""

    household_id: int
    person_id: int
    since: date
    reason: str
    home: int | None


async def round_planned(
    session: AsyncSession, branch_id: int, kind: RoundKind, planned_for: date
) -> AppraisalRound | None:
    """The round of a branch that was planned for a day."""
    planned = select(AppraisalRound).where(
        AppraisalRound.branch_id == branch_id,
        AppraisalRound.kind == kind,
        AppraisalRound.planned_for == planned_for,
    )
    return (await session.exec(planned)).first()


async def rounds_of(
    session: AsyncSession, branch_id: int, *, kind: RoundKind | None = None, states: Collection[RoundState]
) -> list[AppraisalRound]:
    """The rounds of a branch in these states, the earliest first."""
    found = select(AppraisalRound).where(
        AppraisalRound.branch_id == branch_id, col(AppraisalRound.state).in_(states)
    )
    if kind is not None:
        found = found.where(AppraisalRound.kind == kind)
    return list(await session.exec(found.order_by(col(AppraisalRound.opens_on), col(AppraisalRound.id))))


async def closed_between(
    session: AsyncSession, branch_id: int, first: date, last: date
) -> list[AppraisalRound]:
    """The rounds that were closed and appraise days that end from `first` to `last`, the earliest first."""
    closed = select(AppraisalRound).where(
        AppraisalRound.branch_id == branch_id,
        AppraisalRound.state == RoundState.CLOSED,
        AppraisalRound.last >= first,
        AppraisalRound.last <= last,
    )
    return list(await session.exec(closed.order_by(col(AppraisalRound.last), col(AppraisalRound.id))))


async def links_of_branch(session: AsyncSession, branch_id: int, day: date) -> list[Linked]:
    """The links of a branch that stand on a day, removed households left out."""
    standing = (
        select(Link, Person)
        .join(Household, col(Household.id) == col(Link.household_id))
        .join(Person, col(Person.id) == col(Link.person_id))
        .where(Household.branch_id == branch_id, col(Household.removed_on).is_(None), *link_stands(day))
        .order_by(col(Link.household_id), col(Link.id))
    )
    return [
        Linked(link.household_id, link.person_id, link.since, link.reason, person.household_id)
        for link, person in await session.exec(standing)
    ]


async def leave_days(
    session: AsyncSession, person_ids: Collection[int], first: date, last: date
) -> dict[int, list[Days]]:
    """The days of leave that people have had from `first` to `last`; those who had none are left out."""
    taken = select(Leave).where(
        col(Leave.person_id).in_(person_ids),
        col(Leave.begun_at).is_not(None),
        Leave.first <= last,
        Leave.last >= first,
    )
    found: dict[int, list[Days]] = defaultdict(list)
    for leave in await session.exec(taken.order_by(col(Leave.first))):
        found[leave.person_id].append(Days(leave.first, leave.last))
    return dict(found)


async def verdict_on(session: AsyncSession, person_id: int, year: int) -> Verdict | None:
    """The verdict on a member for a year."""
    found = select(Verdict).where(Verdict.person_id == person_id, Verdict.year == year)
    return (await session.exec(found)).first()


async def verdicts_of(
    session: AsyncSession, branch_id: int, *, first: int | None = None, last: int | None = None
) -> list[Verdict]:
    """The verdicts of a branch for the years from `first` to `last`; null: open."""
    found = select(Verdict).where(Verdict.branch_id == branch_id)
    if first is not None:
        found = found.where(Verdict.year >= first)
    if last is not None:
        found = found.where(Verdict.year <= last)
    return list(await session.exec(found.order_by(col(Verdict.year), col(Verdict.person_id))))
