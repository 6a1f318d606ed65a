"""Households away, what calls for a visit at once, health lines, and what households were asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.queries.chats import GONE
from storage.queries.reports import WITHDRAWN
from storage.tables import (
    Chat,
    HealthLine,
    Household,
    HouseholdAway,
    Occasion,
    Person,
    Report,
    RoleHeld,
    SpotCheck,
    Visit,
)

VISITED, TAKEN_BACK = "visit", "withdrawn"
"""How an occasion ends."""


async def away_rows(session: AsyncSession, branch_id: int, *, until: date) -> list[HouseholdAway]:
    """What has been said of households of a branch being away, begun by a day, the earliest first.

    Those who came back are among them, but none that was taken back before it began.
    """
    told = (
        select(HouseholdAway)
        .join(Household, col(Household.id) == col(HouseholdAway.household_id))
        .where(Household.branch_id == branch_id, HouseholdAway.first <= until)
        .order_by(col(HouseholdAway.first), col(HouseholdAway.id))
    )
    return list(await session.exec(told))


async def away_now(session: AsyncSession, household_id: int) -> list[HouseholdAway]:
    """What stands of a household being away, begun or lying ahead."""
    standing = select(HouseholdAway).where(
        HouseholdAway.household_id == household_id, col(HouseholdAway.ended_at).is_(None)
    )
    return list(await session.exec(standing.order_by(col(HouseholdAway.id))))


async def away_of_message(session: AsyncSession, chat_id: int, message_id: int) -> list[HouseholdAway]:
    """What a message has told of households being away, as far as it stands."""
    told = select(HouseholdAway).where(
        HouseholdAway.chat_id == chat_id,
        HouseholdAway.message_id == message_id,
        col(HouseholdAway.ended_at).is_(None),
    )
    return list(await session.exec(told.order_by(col(HouseholdAway.id))))


async def waiting_occasions(
    session: AsyncSession, branch_id: int, *, household_ids: Collection[int] | None = None
) -> list[Occasion]:
    """What has been told and no visit has answered yet, the earliest first; null: of all households."""
    waiting = select(Occasion).where(Occasion.branch_id == branch_id, col(Occasion.ended_at).is_(None))
    if household_ids is not None:
        waiting = waiting.where(col(Occasion.household_id).in_(household_ids))
    return list(await session.exec(waiting.order_by(col(Occasion.due_by), col(Occasion.id))))


async def occasions_of_message(session: AsyncSession, chat_id: int, message_id: int) -> list[Occasion]:
    """What a message has told, ended or not."""
    told = select(Occasion).where(Occasion.chat_id == chat_id, Occasion.message_id == message_id)
    return list(await session.exec(told.order_by(col(Occasion.id))))


async def occasions_answered(session: AsyncSession, report_id: int) -> list[Occasion]:
    """What the visits of a report have answered."""
    answered = select(Occasion).where(Occasion.report_id == report_id)
    return list(await session.exec(answered.order_by(col(Occasion.id))))


async def told_lately(session: AsyncSession, household_id: int, kind: str, since: datetime) -> bool:
    """Whether the same has been told of a household since then."""
    same = select(Occasion.id).where(
        Occasion.household_id == household_id,
        Occasion.kind == kind,
        Occasion.told_at >= since,
        or_(col(Occasion.ended_by).is_(None), Occasion.ended_by != TAKEN_BACK),
    )
    return (await session.exec(same.limit(1))).first() is not None


async def health_line_of(session: AsyncSession, visit_id: int) -> HealthLine | None:
    """What was kept of the health of those visited."""
    return (await session.exec(select(HealthLine).where(HealthLine.visit_id == visit_id))).first()


async def health_lines(session: AsyncSession, branch_id: int, first: date, last: date) -> list[HealthLine]:
    """The health lines of a branch from a day to a day, of visits that stand, the latest first."""
    kept = (
        select(HealthLine)
        .join(Visit, col(Visit.id) == col(HealthLine.visit_id))
        .join(Household, col(Household.id) == col(HealthLine.household_id))
        .where(
            Household.branch_id == branch_id,
            col(Visit.withdrawn_at).is_(None),
            HealthLine.day >= first,
            HealthLine.day <= last,
        )
        .order_by(col(HealthLine.day).desc(), col(HealthLine.id).desc())
    )
    return list(await session.exec(kept))


async def answers_between(
    session: AsyncSession, branch_ids: Collection[int], start: datetime, end: datetime
) -> dict[str | None, int]:
    """How many of the checks asked from `start` until before `end` got each answer; null: none yet."""
    asked = (
        select(SpotCheck.answer, func.count())
        .where(
            col(SpotCheck.branch_id).in_(branch_ids),
            col(SpotCheck.cancelled_at).is_(None),
            SpotCheck.asked_at >= start,
            SpotCheck.asked_at < end,
        )
        .group_by(col(SpotCheck.answer))
    )
    return dict((await session.exec(asked)).all())


async def open_checks_of(session: AsyncSession, report_id: int) -> list[SpotCheck]:
    """The checks nobody has answered of those visits of a report that have been taken back."""
    waiting = (
        select(SpotCheck)
        .join(Visit, col(Visit.id) == col(SpotCheck.visit_id))
        .where(
            Visit.report_id == report_id,
            col(Visit.withdrawn_at).is_not(None),
            col(SpotCheck.answer).is_(None),
            col(SpotCheck.cancelled_at).is_(None),
        )
    )
    return list(await session.exec(waiting.order_by(col(SpotCheck.id))))


async def asked_since(session: AsyncSession, branch_id: int, since: datetime) -> set[int]:
    """The households of a branch that have been asked about a visit since then."""
    asked = select(SpotCheck.household_id).where(
        SpotCheck.branch_id == branch_id, SpotCheck.asked_at >= since
    )
    return set(await session.exec(asked))


async def visits_to_check(
    session: AsyncSession, branch_id: int, start: datetime, end: datetime
) -> list[tuple[Visit, Report, Person]]:
    """The visits told from `start` until before `end` that somebody at home can be asked about, and whom.

    Who lives there has to be within the bot's reach, and no member of the Party.
    """
    blocked = select(Chat.telegram_id).where(Chat.kind == "private", col(Chat.bot_status).in_(GONE))
    told = (
        select(Visit, Report, Person)
        .join(Report, col(Report.id) == col(Visit.report_id))
        .join(Person, col(Person.household_id) == col(Visit.household_id))
        .where(
            Report.branch_id == branch_id,
            Report.status != WITHDRAWN,
            col(Report.cumulative).is_(False),
            Report.reported_at >= start,
            Report.reported_at < end,
            col(Visit.withdrawn_at).is_(None),
            col(Person.telegram_id).is_not(None),
            col(Person.telegram_id).not_in(blocked),
            col(Person.id).not_in(select(RoleHeld.person_id)),
        )
        .order_by(col(Visit.id), col(Person.id))
    )
    first: dict[int, tuple[Visit, Report, Person]] = {}
    for visit, report, person in await session.exec(told):
        first.setdefault(visit.id or 0, (visit, report, person))
    return list(first.values())
