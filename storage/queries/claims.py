"""Who waits for which name, and who has tried codes in vain."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.claims import ClaimState
from storage.tables import Household, Invite, NameClaim, Person, RoleHeld, WrongCode


async def waiting_for(session: AsyncSession, person_id: int, *, since: datetime) -> list[NameClaim]:
    """The claims to a name that wait to be decided and were made since a moment, the first made first."""
    waiting = select(NameClaim).where(
        NameClaim.person_id == person_id,
        NameClaim.state == ClaimState.WAITING,
        NameClaim.asked_at > since,
    )
    return list(await session.exec(waiting.order_by(col(NameClaim.id))))


async def waiting_of(session: AsyncSession, user_id: int) -> list[NameClaim]:
    """The claims of a user that wait to be decided, however old."""
    own = select(NameClaim).where(NameClaim.user_id == user_id, NameClaim.state == ClaimState.WAITING)
    return list(await session.exec(own.order_by(col(NameClaim.id))))


async def claims_since(session: AsyncSession, user_id: int, since: datetime) -> int:
    """How many claims of a user somebody has been asked about since a moment."""
    made = select(func.count()).where(col(NameClaim.user_id) == user_id, col(NameClaim.asked_at) > since)
    return (await session.exec(made)).one()


async def invites_unused(session: AsyncSession, person_id: int) -> list[Invite]:
    """The codes of a person that nobody has used."""
    unused = select(Invite).where(Invite.person_id == person_id, col(Invite.used_at).is_(None))
    return list(await session.exec(unused.order_by(col(Invite.id))))


async def people_named(session: AsyncSession, names: Collection[str]) -> list[Person]:
    """The people on any roster who have one of these names."""
    on_roster = select(Person).where(
        col(Person.name).in_(names), col(Person.id).in_(select(RoleHeld.person_id))
    )
    return list(await session.exec(on_roster.order_by(col(Person.id))))


async def people_with_phones(session: AsyncSession) -> list[Person]:
    """The people on any roster of whom a phone is known."""
    known = select(Person).where(
        col(Person.phone_encrypted).is_not(None), col(Person.id).in_(select(RoleHeld.person_id))
    )
    return list(await session.exec(known.order_by(col(Person.id))))


async def households_with_phones(session: AsyncSession) -> list[Household]:
    """The households, none that has been removed, of which a phone is known."""
    known = select(Household).where(
        col(Household.phone_encrypted).is_not(None), col(Household.removed_on).is_(None)
    )
    return list(await session.exec(known.order_by(col(Household.id))))


async def note_wrong_code(session: AsyncSession, user_id: int, *, now: datetime) -> None:
    """Remember that a user has tried a code that there is not."""
    session.add(WrongCode(user_id=user_id, at=now))
    await session.flush()


async def wrong_codes(session: AsyncSession, user_id: int, *, since: datetime) -> list[datetime]:
    """When a user has tried a wrong code since a moment, the earliest first; older tries are forgotten."""
    old = delete(WrongCode).where(col(WrongCode.user_id) == user_id, col(WrongCode.at) <= since)
    await session.exec(old)
    tries = select(WrongCode.at).where(WrongCode.user_id == user_id).order_by(col(WrongCode.at))
    return list(await session.exec(tries))
