"""The person for whom something is exported, by name."""

from __future__ import annotations

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services.roster.find_branch import BranchUnclear
from bot.wording import say
from storage.tables import Person


async def find_reader(session: AsyncSession, name: str) -> int:
    """The key of the person on a roster who is called so.

    Raises:
        BranchUnclear: nobody is, or several are: what accuses one of them might reach the other.
    """
    found = list(await session.exec(select(Person.id).where(Person.name == name).order_by(col(Person.id))))
    if len(found) != 1 or found[0] is None:
        raise BranchUnclear(say("setup.no_such_person" if not found else "setup.several_called", name=name))
    return found[0]
