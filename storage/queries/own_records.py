"""What somebody has said of households, and what is kept of their meetings, appraisal and claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roll_call import EventKind
from storage.tables import (
    ActivitySession,
    Attendance,
    BallotPaper,
    DuesTick,
    HealthLine,
    Household,
    HouseholdAway,
    HubReport,
    LinkProposal,
    MemberKind,
    NameClaim,
    Occasion,
    Person,
    PointEntry,
    PointExchange,
    RollCall,
    RollCallEvent,
    SpotCheck,
    Verdict,
    WrongCode,
)


@dataclass(frozen=True, slots=True)
class MemberRecords:
    """What is kept of a member besides their visits and matters. study_kind: null when nobody has said it."""

    attendance: Sequence[tuple[Attendance, ActivitySession]]
    hub_reports: Sequence[HubReport]
    dues: Sequence[DuesTick]
    study_kind: str | None
    verdicts: Sequence[Verdict]
    point_entries: int
    exchanges: int
    proposals: int


async def answers_given(
    session: AsyncSession, user_id: int | None, person_id: int | None
) -> list[tuple[RollCallEvent, RollCall, Household]]:
    """What somebody has said of households in roll-calls."""
    by = or_(
        col(RollCallEvent.by_id).is_not(None) & (col(RollCallEvent.by_id) == person_id),
        col(RollCallEvent.by_user_id).is_not(None) & (col(RollCallEvent.by_user_id) == user_id),
    )
    said = (
        select(RollCallEvent, RollCall, Household)
        .join(RollCall, col(RollCall.id) == col(RollCallEvent.roll_call_id))
        .join(Household, col(Household.id) == col(RollCallEvent.household_id))
        .where(by, col(RollCallEvent.kind).in_((EventKind.ANSWER, EventKind.LATE)))
        .order_by(col(RollCallEvent.id))
    )
    return list((await session.exec(said)).all())


async def told_of_households(session: AsyncSession, person_id: int) -> list[HouseholdAway | Occasion]:
    """The messages in which somebody has told that a household is away or should be looked in on."""
    away = select(HouseholdAway).where(HouseholdAway.told_by_id == person_id, HouseholdAway.words != "")
    called = select(Occasion).where(Occasion.told_by_id == person_id, Occasion.words != "")
    found: list[HouseholdAway | Occasion] = [*await session.exec(away), *await session.exec(called)]
    return sorted(found, key=lambda one: one.told_at)


async def count_of_household(session: AsyncSession, household_id: int) -> int:
    """How much is kept of a household's health, absences and occasions."""
    counts = [
        await _count(session, table, col(table.household_id) == household_id)
        for table in (HealthLine, HouseholdAway, Occasion)
    ]
    return sum(counts)


async def checks_of(session: AsyncSession, person_id: int) -> list[SpotCheck]:
    """When a resident was asked whether a visit has taken place."""
    return list(await session.exec(select(SpotCheck).where(SpotCheck.person_id == person_id)))


async def claims_of(session: AsyncSession, user_id: int) -> list[tuple[NameClaim, Person]]:
    """The names that a user has claimed to be theirs."""
    claimed = (
        select(NameClaim, Person)
        .join(Person, col(Person.id) == col(NameClaim.person_id))
        .where(NameClaim.user_id == user_id)
        .order_by(col(NameClaim.id))
    )
    return list((await session.exec(claimed)).all())


async def codes_tried(session: AsyncSession, user_id: int) -> int:
    """How many wrong codes of a user are still counted."""
    return await _count(session, WrongCode, col(WrongCode.user_id) == user_id)


async def may_have_voted(session: AsyncSession, person_id: int, household_id: int | None) -> bool:
    """Whether somebody, or their household, was ever given the right to a vote."""
    given = select(BallotPaper.id).where(
        or_(
            col(BallotPaper.voter_id) == person_id,
            col(BallotPaper.household_id).is_not(None) & (col(BallotPaper.household_id) == household_id),
        )
    )
    return (await session.exec(given.limit(1))).first() is not None


async def records_of_member(session: AsyncSession, person_id: int) -> MemberRecords:
    """What is kept of a member of meetings, dues, appraisal, points and links."""
    attended = (
        select(Attendance, ActivitySession)
        .join(ActivitySession, col(ActivitySession.id) == col(Attendance.session_id))
        .where(Attendance.person_id == person_id)
        .order_by(col(ActivitySession.day), col(ActivitySession.id))
    )
    kind = select(MemberKind.kind).where(MemberKind.person_id == person_id)
    return MemberRecords(
        (await session.exec(attended)).all(),
        await _own(session, HubReport, person_id, HubReport.month),
        await _own(session, DuesTick, person_id, DuesTick.month),
        (await session.exec(kind)).first(),
        await _own(session, Verdict, person_id, Verdict.year),
        await _count(session, PointEntry, col(PointEntry.person_id) == person_id),
        await _count(session, PointExchange, col(PointExchange.person_id) == person_id),
        await _count(session, LinkProposal, col(LinkProposal.person_id) == person_id),
    )


async def _own(session: AsyncSession, table: Any, person_id: int, order: Any) -> Sequence[Any]:
    return list(await session.exec(select(table).where(table.person_id == person_id).order_by(order)))


async def _count(session: AsyncSession, table: Any, where: Any) -> int:
    return (await session.exec(select(func.count()).select_from(table).where(where))).one()
