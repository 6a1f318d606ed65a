"""Sessions, hub reports and roll-calls long over: what was done stays, names, numbers and reasons go."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.preset import Preset
from bot.services.privacy.mask_matter import Mask
from bot.wording import say
from storage.queries import retention
from storage.tables import ActivitySession


async def mask_gatherings(
    session: AsyncSession, branch_id: int, preset: Preset, mask: Mask, *, before: datetime, now: datetime
) -> int:
    """Mask a branch's sessions, hub reports and roll-calls that were over before a moment; how many."""
    first_kept = before.astimezone(preset.zone).date()
    sessions = await retention.sessions_to_mask(session, branch_id, first_kept)
    for held in sessions:
        await _mask_session(session, held, mask, now=now)
    reports = await retention.hub_reports_to_mask(session, branch_id, before)
    for report in reports:
        report.study, report.duties, report.plan = map(mask.over, (report.study, report.duties, report.plan))
        report.masked_at = now
        session.add(report)
    calls = await retention.calls_to_mask(session, branch_id, before)
    for call in calls:
        call.title, call.scope, call.masked_at = mask.over(call.title), mask.over(call.scope), now
        session.add(call)
        await retention.mask_answers(session, call.id or 0, say("moves.somebody"))
    await session.flush()
    return len(sessions) + len(reports) + len(calls)


async def _mask_session(session: AsyncSession, held: ActivitySession, mask: Mask, *, now: datetime) -> None:
    held.title, held.minutes, held.text = map(mask.over, (held.title, held.minutes, held.text))
    held.masked_at = now
    session.add(held)
    for item in await retention.agenda_items(session, held.id or 0):
        item.text, item.decision = mask.over(item.text), mask.over(item.decision)
        session.add(item)
    await retention.erase_reasons(session, held.id or 0)
