"""One move of a matter: the state it leads to, its version, and the event that tells of it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotPossible, Stale
from bot.domain.matters import MatterStatus, Move, MoveRefused, after
from bot.domain.roster import Actor
from storage.tables import Matter, MatterEvent


async def move(
    session: AsyncSession, matter: Matter, what: Move, *, by: Actor, now: datetime, note: str = ""
) -> None:
    """Move a matter and write it down.

    Raises:
        NotPossible: the move is not possible from the matter's present state.
    """
    if matter.id is None:
        raise ValueError("the matter has not been stored yet")
    try:
        matter.status = after(what, MatterStatus(matter.status))
    except MoveRefused as refused:
        raise NotPossible(f"matters.refused_{refused.status}", number=matter.number) from refused
    if what is not Move.NOTE:  # a note changes nothing that a button was shown for
        matter.version += 1
    session.add(matter)
    session.add(
        MatterEvent(
            matter_id=matter.id, at=now, kind=what, by_person_id=by.person_id, by_name=by.name, note=note
        )
    )
    await session.flush()


def check_version(matter: Matter, version: int | None) -> None:
    """See that a button was shown for the matter as it is now; `version` is null for spoken words.

    Raises:
        Stale: it was shown for an earlier state.
    """
    if version is not None and version != matter.version:
        raise Stale("matters.stale", number=matter.number)
