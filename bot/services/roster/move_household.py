"""A household has moved: its address changes, its member stays (移动包户), and all are told.

Kind `household.moved` (subject `household`).
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled, NotPossible
from bot.services.chat.speaker import Speaking
from bot.services.notices.tell import About, to_person
from bot.services.roster.decide_claim import leads
from bot.services.roster.order_links import home_called
from bot.services.roster.propose_links import deciding
from bot.wording import say
from storage.queries import roster
from storage.tables import AuditEntry


async def move_household(
    session: AsyncSession, name: str, address: str, speaking: Speaking, *, now: datetime
) -> str:
    """Write down where a household has moved; returns the answer.

    Raises:
        NotFound: no household, or more than one, is called so.
        NotEntitled: the speaker neither answers for it nor leads the branch.
        NotPossible: it is its address already.
    """
    household = await home_called(session, name, speaking)
    preset, by = speaking.preset, speaking.actor.person_id
    members = await roster.members_linked(session, household.id or 0, speaking.day_of(now))
    is_leading = by is not None and await leads(session, by, speaking.branch_id)
    if by not in {one.id for one in members} and not is_leading:
        raise NotEntitled("linking.moved_not_yours")
    before = household.address
    if before == address:
        raise NotPossible("linking.moved_same", head=household.head, address=address)
    household.address = address
    audit = AuditEntry(
        at=now,
        by_person_id=by,
        by_name=speaking.actor.name,
        action="household.move",
        subject=household.head,
        detail=f"{before} → {address}",
    )
    session.add_all([household, audit])
    await session.flush()
    about = About("household.moved", "household", household.id or 0, address, now, speaking.branch_id)
    values = {"by": speaking.actor.name, "head": household.head, "address": address}
    members_told = {one.id: one for one in members if one.id != by}
    for one in members_told.values():
        text = say("linking.moved_told", preset.name, **values)
        await to_person(session, one, about, text, preset=preset, now=now)
    for one in await deciding(session, speaking.branch_id):
        if one.id != by and one.id not in members_told:
            text = say("linking.moved_told_secretary", preset.name, **values)
            await to_person(session, one, about, text, preset=preset, now=now)
    names = "、".join(one.name for one in members)
    sentence = "moved" if preset.linking.follow_moves else "moved_not_kept"
    return say(
        f"linking.{sentence if names else 'moved_no_member'}",
        preset.name,
        head=household.head,
        address=address,
        before=before or "—",
        names=names,
    )
