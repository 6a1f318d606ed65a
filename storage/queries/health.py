"""What the doctor asks: who and what is missing, what waits, what has failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import inbox, outbox
from storage.queries.roster import link_stands
from storage.queries.units import groups_within
from storage.tables import Chat, Household, InboxUpdate, Link, Notice, Person, RoleHeld


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait, and since when the longest; null when none does."""

    count: int
    since: datetime | None


async def has_people(session: AsyncSession, branch_id: int) -> bool:
    """Whether a branch has a roster."""
    somebody = select(Person.id).where(Person.branch_id == branch_id).limit(1)
    return (await session.exec(somebody)).first() is not None


async def unclaimed_people(session: AsyncSession, branch_id: int | None) -> list[Person]:
    """Those on a branch's roster (null: officers of towns) who have not claimed their name."""
    people = select(Person).where(
        col(Person.branch_id) == branch_id,
        col(Person.telegram_id).is_(None),
        col(Person.id).in_(select(RoleHeld.person_id)),
    )
    return list(await session.exec(people.order_by(col(Person.id))))


async def unlinked_households(session: AsyncSession, branch_id: int, day: date) -> list[Household]:
    """The households of a branch for which nobody answers on a day."""
    linked = select(Link.household_id).where(*link_stands(day))
    households = select(Household).where(
        Household.branch_id == branch_id,
        col(Household.removed_on).is_(None),
        col(Household.id).not_in(linked),
    )
    return list(await session.exec(households.order_by(col(Household.id))))


async def is_bound(session: AsyncSession, branch_id: int) -> bool:
    """Whether a group chat is bound to the branch or one of its groups."""
    within = [branch_id, *(unit.id for unit in await groups_within(session, branch_id))]
    bound = select(Chat.id).where(col(Chat.unit_id).in_(within), col(Chat.migrated_to).is_(None))
    return (await session.exec(bound.limit(1))).first() is not None


async def bound_chats(session: AsyncSession) -> list[Chat]:
    """The group chats bound to a unit; of a group that became a supergroup, the latter."""
    bound = select(Chat).where(
        Chat.kind != "private", col(Chat.unit_id).is_not(None), col(Chat.migrated_to).is_(None)
    )
    return list(await session.exec(bound.order_by(col(Chat.id))))


async def any_phone(session: AsyncSession) -> str | None:
    """Some phone number as it is stored; null when none is."""
    phone = select(Person.phone_encrypted).where(col(Person.phone_encrypted).is_not(None)).limit(1)
    return (await session.exec(phone)).first()


async def updates_waiting(session: AsyncSession, *, received_before: datetime) -> Waiting:
    """Updates received before a time and not handled yet."""
    received = col(InboxUpdate.received_at)
    waiting = select(func.count(), func.min(received)).where(
        InboxUpdate.state == inbox.PENDING, received < received_before
    )
    count, since = (await session.exec(waiting)).one()
    return Waiting(count, since)


async def notices_waiting(session: AsyncSession, *, due_before: datetime) -> Waiting:
    """Notices due, or to be tried again, before a time and still pending."""
    time = func.coalesce(col(Notice.next_attempt_at), col(Notice.due_at))
    waiting = select(func.count(), func.min(time)).where(Notice.state == outbox.PENDING, time < due_before)
    count, since = (await session.exec(waiting)).one()
    return Waiting(count, since)


async def notices_ended(session: AsyncSession, state: str, *, since: datetime) -> list[Notice]:
    """Notices that ended as `state` and were due at `since` or later, the latest first."""
    ended = select(Notice).where(Notice.state == state, Notice.due_at >= since)
    return list(await session.exec(ended.order_by(col(Notice.id).desc())))
