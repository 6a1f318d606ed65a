"""Taking back what was told: the rows stay, marked, and count no more."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import TRANSITIONS, MatterStatus, Move
from bot.services.chat import answering
from bot.services.chat.speaker import Speaking
from bot.services.matters.matter_messages import refresh
from bot.services.matters.move_matter import move
from bot.services.matters.unnamed import seen_as
from bot.services.notices import notify
from bot.services.visits.record_visits import settle_report
from storage import outbox
from storage.queries import continuations, reports
from storage.tables import Matter, Report


async def withdraw_report(session: AsyncSession, report: Report, *, now: datetime) -> None:
    """A report and its visits count no more; reminders of their households may come again."""
    for visit in (await reports.visits_of(session, [report.id or 0])).get(report.id or 0, ()):
        visit.withdrawn_at = now
        session.add(visit)
    for row in await continuations.of_report(session, report.id or 0):
        await answering.take_back_reaction(session, row.chat_id, row.message_id, now=now)
    report.status = reports.WITHDRAWN
    session.add(report)
    await outbox.cancel(
        session, subject_kind="report", subject_id=report.id or 0, by="report withdrawn", now=now
    )
    await settle_report(session, report, now=now)


async def withdraw_matter(
    session: AsyncSession, matter: Matter, speaking: Speaking, *, now: datetime
) -> bool:
    """A matter is taken back by the one who raised it. False when it is over already and stays as it is."""
    if (Move.WITHDRAW, MatterStatus(matter.status)) not in TRANSITIONS:
        return False
    await move(session, matter, Move.WITHDRAW, by=speaking.actor, now=now)
    by = f"withdrawn by {seen_as(matter, speaking.actor).name}"
    await notify.matter_ended(
        session, matter, by=by, ending=notify.Ending.WITHDRAWN, doer=speaking.actor, now=now
    )
    await outbox.cancel(
        session, subject_kind="matter", subject_id=matter.id or 0, kinds=["matter.confirm"], by=by, now=now
    )
    await refresh(session, matter, preset=speaking.preset, now=now)
    return True
