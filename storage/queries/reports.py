"""Reports of visits, and the visits in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import ActivitySession, Report, Visit

WITHDRAWN = "withdrawn"


async def report_of_act(
    session: AsyncSession, chat_id: int, message_id: int, act_index: int
) -> Report | None:
    """The report that this act made."""
    made = select(Report).where(
        Report.chat_id == chat_id, Report.message_id == message_id, Report.act_index == act_index
    )
    return (await session.exec(made)).first()


async def reports_of_message(session: AsyncSession, chat_id: int, message_id: int) -> list[Report]:
    """All reports that a message made, withdrawn ones included, in order."""
    made = select(Report).where(Report.chat_id == chat_id, Report.message_id == message_id)
    return list(await session.exec(made.order_by(col(Report.act_index))))


async def latest_report(session: AsyncSession, person_id: int, since: datetime) -> Report | None:
    """A person's latest standing report made at `since` or later."""
    made = select(Report).where(
        Report.person_id == person_id, Report.status != WITHDRAWN, Report.reported_at >= since
    )
    return (await session.exec(made.order_by(col(Report.reported_at).desc(), col(Report.id).desc()))).first()


async def told_in_chat(session: AsyncSession, chat_id: int, person_id: int, limit: int = 5) -> list[Report]:
    """The latest standing reports that a person made in a chat, the newest first."""
    made = select(Report).where(
        Report.chat_id == chat_id, Report.person_id == person_id, Report.status != WITHDRAWN
    )
    newest = (col(Report.message_id).desc(), col(Report.act_index).desc())
    return list(await session.exec(made.order_by(*newest).limit(limit)))


async def reports_between(session: AsyncSession, person_id: int, first: date, last: date) -> list[Report]:
    """A person's standing reports of these days, in the order in which they were made."""
    made = select(Report).where(
        Report.person_id == person_id, Report.status != WITHDRAWN, Report.day >= first, Report.day <= last
    )
    return list(await session.exec(made.order_by(col(Report.reported_at), col(Report.id))))


async def reports_of_branch(session: AsyncSession, branch_id: int, limit: int) -> list[Report]:
    """The latest reports of a branch, withdrawn ones included, the newest first."""
    made = select(Report).where(Report.branch_id == branch_id)
    return list(await session.exec(made.order_by(col(Report.id).desc()).limit(limit)))


async def visits_of(session: AsyncSession, report_ids: Collection[int]) -> dict[int, list[Visit]]:
    """The standing visits of each report; reports without any are left out."""
    found: dict[int, list[Visit]] = defaultdict(list)
    made = select(Visit).where(col(Visit.report_id).in_(report_ids), col(Visit.withdrawn_at).is_(None))
    for visit in await session.exec(made.order_by(col(Visit.id))):
        found[visit.report_id].append(visit)
    return dict(found)


async def sessions_of_message(session: AsyncSession, chat_id: int, message_id: int) -> list[ActivitySession]:
    """All sessions that a message reported, withdrawn ones included, in order."""
    made = select(ActivitySession).where(
        ActivitySession.chat_id == chat_id, ActivitySession.message_id == message_id
    )
    return list(await session.exec(made.order_by(col(ActivitySession.act_index))))
