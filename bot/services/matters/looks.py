"""Whoever looks at a private matter leaves a line in the audit: who, at what, when, and by which way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.wording import say
from storage.tables import AuditEntry, Matter


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Who looks. person_id: null when they are not on the roster, or are whoever runs the program."""

    name: str
    person_id: int | None = None


async def note_look(
    session: AsyncSession, matters: Collection[Matter], who: Onlooker, way: str, *, now: datetime
) -> None:
    """Note that somebody has been shown the words of these matters; those that are not private are left out.

    A reporter who looks at their own matter is noted like anybody else.

    Args:
        way: by which they were shown: `chat`, `console` or `export`.
    """
    private = sorted(matter.number for matter in matters if matter.private)
    if not private:
        return
    session.add(
        AuditEntry(
            at=now,
            by_person_id=who.person_id,
            by_name=who.name,
            action="matter.view",
            subject=say("escalation.and").join(f"#{number}" for number in private),
            detail=way,
        )
    )
    await session.flush()
