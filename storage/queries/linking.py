"""Links that stand until further notice, and proposals for new ones."""

from __future__ import annotations

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.linking import OPEN
from storage.tables import Household, Link, LinkProposal


async def standing_links(session: AsyncSession, branch_id: int) -> list[Link]:
    """The links of a branch's households that stand until further notice; what is lent is not among them."""
    standing = (
        select(Link)
        .join(Household, col(Household.id) == col(Link.household_id))
        .where(
            Household.branch_id == branch_id, col(Household.removed_on).is_(None), col(Link.until).is_(None)
        )
        .order_by(col(Link.since), col(Link.id))
    )
    return list(await session.exec(standing))


async def links_of_household(session: AsyncSession, household_id: int) -> list[Link]:
    """The links of one household that stand until further notice."""
    standing = select(Link).where(Link.household_id == household_id, col(Link.until).is_(None))
    return list(await session.exec(standing.order_by(col(Link.id))))


async def open_proposals(session: AsyncSession, branch_id: int) -> list[LinkProposal]:
    """The proposals of a branch to which somebody still has to say something, the oldest first."""
    waiting = select(LinkProposal).where(
        LinkProposal.branch_id == branch_id, col(LinkProposal.state).in_(OPEN)
    )
    return list(await session.exec(waiting.order_by(col(LinkProposal.id))))


async def proposals_dropped(session: AsyncSession, branch_id: int) -> list[LinkProposal]:
    """The proposals of a branch that were not wanted, the latest last."""
    dropped = select(LinkProposal).where(LinkProposal.branch_id == branch_id, LinkProposal.state == "dropped")
    return list(await session.exec(dropped.order_by(col(LinkProposal.id))))
