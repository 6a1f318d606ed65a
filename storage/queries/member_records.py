"""What members and groups have on record for their reports: visits, matters, promises, study, dues."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import ActivityKind
from bot.domain.matters import UNFINISHED, MatterStatus
from bot.domain.meetings import SessionStatus
from bot.domain.promises import PromiseState
from storage.tables import (
    ActivitySession,
    DuesTick,
    Household,
    HubReport,
    Matter,
    MemberKind,
    Promise,
    Report,
    Visit,
)


async def visits_made(
    session: AsyncSession, person_id: int, *, first: date, last: date
) -> list[tuple[int, date]]:
    """Household and day of each standing visit that a member has made on days from `first` to `last`."""
    made = (
        select(col(Visit.household_id), col(Visit.day))
        .join(Report, col(Report.id) == col(Visit.report_id))
        .where(
            Visit.person_id == person_id,
            col(Visit.withdrawn_at).is_(None),
            Report.status != SessionStatus.WITHDRAWN,
            Visit.day >= first,
            Visit.day <= last,
        )
        .order_by(col(Visit.day), col(Visit.id))
    )
    return list((await session.exec(made)).all())


async def raised_between(
    session: AsyncSession, person_id: int, *, since: datetime, until: datetime
) -> list[Matter]:
    """The matters that somebody raised during a span and that have not been taken back or merged."""
    raised = select(Matter).where(
        Matter.reporter_person_id == person_id,
        Matter.created_at >= since,
        Matter.created_at <= until,
        col(Matter.status).not_in((MatterStatus.WITHDRAWN, MatterStatus.MERGED)),
    )
    return list(await session.exec(raised.order_by(col(Matter.number))))


async def promises_ended(
    session: AsyncSession, person_id: int, *, since: datetime, until: datetime
) -> list[Promise]:
    """The promises of somebody's that were kept or broken during a span."""
    ended = select(Promise).where(
        Promise.person_id == person_id,
        col(Promise.state).in_((PromiseState.KEPT, PromiseState.BROKEN)),
        col(Promise.ended_at) >= since,
        col(Promise.ended_at) <= until,
    )
    return list(await session.exec(ended.order_by(col(Promise.id))))


async def kinds_of(session: AsyncSession, person_ids: Collection[int]) -> dict[int, str]:
    """What has been said of when these people have time; those of whom nothing was said are left out."""
    said = select(MemberKind).where(col(MemberKind.person_id).in_(person_ids))
    return {row.person_id: row.kind for row in await session.exec(said)}


async def kind_row(session: AsyncSession, person_id: int) -> MemberKind | None:
    """What has been said of when somebody has time."""
    return (await session.exec(select(MemberKind).where(MemberKind.person_id == person_id))).first()


async def dues_ticked(session: AsyncSession, person_ids: Collection[int], month: date) -> set[int]:
    """Those of these people who have said that they have paid the dues of a month."""
    paid = select(DuesTick.person_id).where(col(DuesTick.person_id).in_(person_ids), DuesTick.month == month)
    return set(await session.exec(paid))


async def hub_report(session: AsyncSession, unit_id: int, month: date) -> HubReport | None:
    """What a group has reported for a month."""
    made = select(HubReport).where(HubReport.unit_id == unit_id, HubReport.month == month)
    return (await session.exec(made)).first()


async def studies_of_group(
    session: AsyncSession, group_ids: Collection[int], *, first: date, last: date
) -> int:
    """How many study sessions these groups have held on days from `first` to `last`."""
    held = select(ActivitySession.id).where(
        col(ActivitySession.group_id).in_(group_ids),
        ActivitySession.kind == ActivityKind.STUDY,
        ActivitySession.status == SessionStatus.RECORDED,
        ActivitySession.day >= first,
        ActivitySession.day <= last,
    )
    return len(list(await session.exec(held)))


async def visits_of_groups(
    session: AsyncSession, group_ids: Collection[int], *, first: date, last: date
) -> int:
    """How many contacts with households of these groups were reported on days from `first` to `last`."""
    made = (
        select(Visit.id)
        .join(Report, col(Report.id) == col(Visit.report_id))
        .join(Household, col(Household.id) == col(Visit.household_id))
        .where(
            col(Household.group_id).in_(group_ids),
            col(Visit.withdrawn_at).is_(None),
            Report.status != SessionStatus.WITHDRAWN,
            Visit.day >= first,
            Visit.day <= last,
        )
    )
    return len(list(await session.exec(made)))


@dataclass(frozen=True, slots=True)
class GroupMatters:
    """Matters of groups: raised in a span, settled of these, and unfinished now, of whatever time."""

    raised: int
    solved: int
    unfinished: int


async def matters_of_groups(
    session: AsyncSession, group_ids: Collection[int], *, since: datetime, until: datetime
) -> GroupMatters:
    """How the matters of groups stand; withdrawn and merged ones are not counted."""
    own = select(Matter).where(
        col(Matter.group_id).in_(group_ids),
        col(Matter.status).not_in((MatterStatus.WITHDRAWN, MatterStatus.MERGED)),
    )
    rows = list(await session.exec(own))
    raised = [row for row in rows if since <= row.created_at < until]
    return GroupMatters(
        raised=len(raised),
        solved=sum(row.status in (MatterStatus.CLOSED, MatterStatus.CLAIMED_SOLVED) for row in raised),
        unfinished=sum(row.status in UNFINISHED for row in rows),
    )
