"""One move of a matter: the state it leads to, its version, and the event that tells of it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotPossible, Stale
from bot.domain.matters import TRANSITIONS, UNSEEN_MOVES, MatterStatus, Move, MoveRefused, after
from bot.domain.roster import Actor
from bot.services.chat.open_offer import take_back_offer
from bot.services.matters.unnamed import seen_as
from bot.wording import sentences
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
        raise NotPossible(_why_not(refused), number=matter.number) from refused
    if what not in UNSEEN_MOVES:
        matter.version += 1
    if (Move.ACCEPT, MatterStatus(matter.status)) not in TRANSITIONS:
        await take_back_offer(session, matter.id, by=f"matter {matter.status}", now=now)
    by = seen_as(matter, by)
    session.add(matter)
    session.add(
        MatterEvent(
            matter_id=matter.id, at=now, kind=what, by_person_id=by.person_id, by_name=by.name, note=note
        )
    )
    await session.flush()


def _why_not(refused: MoveRefused) -> str:
    """The sentence that says why a move is not possible, and what is."""
    own = f"moves.refused_{refused.move}_{refused.status}"
    return own if own in sentences() else f"matters.refused_{refused.status}"


def check_version(matter: Matter, version: int | None) -> None:
    """See that a button was shown for the matter as it is now; `version` is null for spoken words.

    Raises:
        Stale: it was shown for an earlier state.
    """
    if version is not None and version != matter.version:
        raise Stale("matters.stale", number=matter.number)
