"""Whose data are to be erased, when it is asked for on paper."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roster import Actor
from bot.services.chat.speaker import Speaking
from bot.services.roster.parameters import for_unit
from storage.queries import privacy, roster
from storage.tables import Person, Unit


async def one_called(session: AsyncSession, name: str, *, branch_id: int | None) -> list[Person]:
    """Everybody of this name, members and residents; of one branch, when it is given."""
    return await privacy.people_called(session, name, branch_id)


async def speaking_for(session: AsyncSession, person: Person) -> Speaking:
    """A person as if they spoke themselves, whether or not they have an account."""
    branch = None if person.branch_id is None else await session.get_one(Unit, person.branch_id)
    roles = await roster.roles_of(session, person.id or 0)
    actor = Actor(person.name, person.telegram_id, person.id, roles)
    return Speaking(actor, person, branch, None, await for_unit(session, person.branch_id))
