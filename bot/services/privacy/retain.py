"""Every night: what was kept for long enough is masked or emptied (`retention.days`). The audit stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roster import UnitKind
from bot.services.privacy.mask_gatherings import mask_gatherings
from bot.services.privacy.mask_matter import blank, mask_for, mask_matter
from bot.services.roster.parameters import for_unit, for_units
from bot.wording import say
from storage.queries import privacy, retention
from storage.queries.units import all_units
from storage.tables import AuditEntry

FORGOTTEN = "person.forgotten"
_NOTICES_A_NIGHT = 20_000
_ANSWERED = timedelta(days=1)  # when whoever was erased has had their answer


async def retain(session: AsyncSession, *, now: datetime) -> int:
    """Mask or erase what was over long ago, and empty old notices and updates; how many rows it was."""
    branches = {unit.id: unit for unit in await all_units(session) if unit.kind == UnitKind.BRANCH}
    presets = await for_units(session, [key for key in branches if key is not None])
    touched = 0
    for branch_id, preset in presets.items():
        before = now - timedelta(days=preset.retention_days)
        mask = await mask_for(session, branch_id)
        touched += await mask_gatherings(session, branch_id, preset, mask, before=before, now=now)
        touched += await retention.erase_of_contact(session, branch_id, before, say("moves.somebody"))
        touched += await retention.erase_of_appraisal(session, branch_id, before)
        touched += await retention.erase_of_links(session, branch_id, before)
        touched += await retention.erase_corrections(session, branch_id, before)
        over = await privacy.matters_to_mask(session, branch_id, before)
        if not over:
            continue
        for matter in over:
            await mask_matter(session, matter, mask, now=now)
        session.add(
            AuditEntry(
                at=now,
                by_name=say("escalation.by_system"),
                action="privacy.mask",
                subject="、".join(f"#{matter.number}" for matter in over),
                detail=branches[branch_id].name,
            )
        )
        touched += len(over)
    # What belongs to no branch is kept as long as where it is kept longest.
    everywhere = [*presets.values(), await for_unit(session, None)]
    before = now - timedelta(days=max(preset.retention_days for preset in everywhere))
    for notice in await privacy.notices_to_blank(
        session, before, FORGOTTEN, answered_before=now - _ANSWERED, limit=_NOTICES_A_NIGHT
    ):
        blank(notice, "")
        session.add(notice)
        touched += 1
    await session.flush()
    touched += await retention.erase_what_waited(session, before)
    return touched + await privacy.old_payloads(session, before)
