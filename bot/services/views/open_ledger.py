"""Somebody asks for a way into the ledger pages."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled
from bot.domain.roster import Role
from bot.services.chat.speaker import Speaking
from storage.tables import AuditEntry

_DECIDE = frozenset((Role.SECRETARY, Role.TOWN_OFFICER))


async def may_open_ledger(
    session: AsyncSession, speaking: Speaking, *, refusal: str = "help.ledger_not_yours", now: datetime
) -> int:
    """The key of the person who is let in; it is written down that they asked.

    Args:
        refusal: the sentence for whoever is not let in.

    Raises:
        NotEntitled: they are neither a secretary nor a town officer.
    """
    who = speaking.actor
    if who.person_id is None or not who.roles & _DECIDE:
        raise NotEntitled(refusal)
    session.add(AuditEntry(at=now, by_person_id=who.person_id, by_name=who.name, action="console.link"))
    await session.flush()
    return who.person_id
