"""Who prepares a branch's sessions: its secretary, or whoever stands in for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled
from bot.domain.roster import Role
from bot.services.chat.speaker import Speaking
from bot.services.matters.holders import on_leave
from storage.queries.leaves import substitutes_of
from storage.queries.roster import people_with_role
from storage.tables import Person


async def chairs_of(session: AsyncSession, branch_id: int, day: date) -> list[Person]:
    """The secretaries who are there on a day; else those who stand in for them, else the deputies.

    When none of these is there either, the secretaries all the same: somebody has to know.
    """
    secretaries = await people_with_role(session, branch_id, Role.SECRETARY)
    there = _present(secretaries, day)
    if there:
        return there
    instead = _present(await substitutes_of(session, [one.id or 0 for one in secretaries], day), day)
    deputies = _present(await people_with_role(session, branch_id, Role.DEPUTY), day)
    return instead or deputies or secretaries


async def is_chair(session: AsyncSession, speaking: Speaking, branch_id: int, day: date) -> bool:
    """Whether somebody may prepare a branch's sessions on a day; a secretary may on leave as well."""
    own = await people_with_role(session, branch_id, Role.SECRETARY)
    may = [*own, *await chairs_of(session, branch_id, day)]
    return speaking.actor.person_id is not None and speaking.actor.person_id in {one.id for one in may}


async def see_chair(session: AsyncSession, speaking: Speaking, branch_id: int, day: date) -> None:
    """See that somebody may prepare a branch's sessions.

    Raises:
        NotEntitled: they may not.
    """
    if not await is_chair(session, speaking, branch_id, day):
        raise NotEntitled("meetings.chair_only")


def _present(people: Sequence[Person], day: date) -> list[Person]:
    return [one for one in people if not on_leave(one, day)]
