"""`/start CODE`: a Telegram user is a person of the roster from now on, or lives behind a door plate."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound, NotPossible
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.queries import chats, roster
from storage.tables import AuditEntry, Invite, Person, Unit


async def claim_name(session: AsyncSession, code: str, *, user_id: int, user_name: str, now: datetime) -> str:
    """Claim a name with its one-time code; returns the sentence that says so.

    Using one's own code again says it again. A fresh code of a name that has been claimed moves the name
    to this user: it is given out when somebody has a new account. A resident who has scanned a plate and
    turns out to be on the roster keeps their household. A plate's code can be used by all who live there.

    Raises:
        NotFound: there is no such code.
        NotPossible: it has been used, it is a group's, or this user is somebody else already.
    """
    invite = await chats.invite_by_code(session, code) or await chats.invite_by_code(session, code.lower())
    if invite is None:
        return await _move_in(session, code, user_id=user_id, user_name=user_name, now=now)
    if invite.kind != "person" or invite.person_id is None:
        raise NotPossible("chats.claim_is_group", code=code)
    person = await session.get_one(Person, invite.person_id)
    preset = (await for_unit(session, invite.unit_id)).name
    if invite.used_at is not None and not (invite.used_by == user_id == person.telegram_id):
        raise NotPossible("chats.claim_used")
    await _leave_former(session, person, user_id)
    person.telegram_id, person.claimed_at = user_id, person.claimed_at or now
    if invite.used_at is None:
        detail = f"user {user_id}"
        session.add(
            AuditEntry(at=now, by_name=user_name, action="person.claim", subject=person.name, detail=detail)
        )
    invite.used_at, invite.used_by = invite.used_at or now, user_id
    session.add_all([person, invite])
    await session.flush()
    return say("chats.claimed", preset, name=person.name, unit=await _unit_name(session, invite))


async def _leave_former(session: AsyncSession, person: Person, user_id: int) -> None:
    """Whoever this user was before lets go of them, if they were a resident only."""
    former = await roster.person_by_telegram(session, user_id)
    if former is None or former.id == person.id or former.id is None:
        return
    if await roster.roles_of(session, former.id):
        raise NotPossible("chats.claim_other", name=former.name)
    former.telegram_id = None
    person.household_id = person.household_id or former.household_id
    former.household_id = None
    session.add(former)
    await session.flush()


async def _move_in(session: AsyncSession, code: str, *, user_id: int, user_name: str, now: datetime) -> str:
    household = await roster.household_by_plate(session, code)
    if household is None:
        raise NotFound("chats.claim_unknown")
    person = await roster.person_by_telegram(session, user_id)
    if person is None:
        person = Person(
            branch_id=household.branch_id, name=user_name, telegram_id=user_id, claimed_at=now, created_at=now
        )
    if person.branch_id in (None, household.branch_id):
        person.household_id = household.id
    session.add(person)
    await session.flush()
    preset = (await for_unit(session, household.branch_id)).name
    return say("chats.claimed_household", preset, name=person.name, head=household.head)


async def _unit_name(session: AsyncSession, invite: Invite) -> str:
    return (await session.get_one(Unit, invite.unit_id)).name
