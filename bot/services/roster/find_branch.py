"""Finding a branch by the name that people use for it."""

from __future__ import annotations

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roster import UnitKind
from bot.services.roster.roster_rows import same_branch
from bot.wording import say
from storage.tables import Unit


class BranchUnclear(Exception):
    """There is no such branch, or more than one; the text says what to write instead."""


async def all_branches(session: AsyncSession) -> list[Unit]:
    """The branches, in the order in which they were made."""
    return list(await session.exec(select(Unit).where(Unit.kind == UnitKind.BRANCH).order_by(col(Unit.id))))


async def find_branch(session: AsyncSession, name: str) -> Unit:
    """The branch called `name`; `town/branch` where several towns have one of that name.

    Raises:
        BranchUnclear: when there is none or more than one.
    """
    branches = await all_branches(session)
    if not branches:
        raise BranchUnclear(say("setup.no_branches"))
    full = {await _full_name(session, branch): branch for branch in branches}
    if name in full:
        return full[name]
    found = [branch for branch in branches if branch.name == name] or [
        branch for branch in branches if same_branch(branch.name, name)
    ]
    if not found:
        names = "、".join(branch.name for branch in branches)
        raise BranchUnclear(say("setup.no_such_branch", name=name, names=names))
    if len(found) > 1:
        names = "、".join(known for known, branch in full.items() if branch in found)
        raise BranchUnclear(say("setup.branch_ambiguous", name=name, names=names))
    return found[0]


async def _full_name(session: AsyncSession, branch: Unit) -> str:
    town = None if branch.parent_id is None else await session.get_one(Unit, branch.parent_id)
    return f"{town.name}/{branch.name}" if town else branch.name
