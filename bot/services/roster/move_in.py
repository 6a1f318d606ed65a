"""A resident makes themselves known: by the code on their door plate, or by the phone of their household."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound
from bot.services.roster.name_claims import Claimant
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.queries import roster
from storage.tables import Household, Person


async def move_in(session: AsyncSession, code: str, claimant: Claimant, *, now: datetime) -> str:
    """Somebody lives behind the plate with this code; all who live there can use it.

    Raises:
        NotFound: there is no such plate.
    """
    household = await roster.household_by_plate(session, code)
    if household is None:
        raise NotFound("chats.claim_unknown")
    return await live_in(session, household, claimant, now=now)


async def live_in(session: AsyncSession, household: Household, claimant: Claimant, *, now: datetime) -> str:
    """Somebody lives in this household; returns the sentence that says so."""
    person = await roster.person_by_telegram(session, claimant.user_id)
    if person is None:
        person = Person(
            branch_id=household.branch_id,
            name=claimant.name,
            telegram_id=claimant.user_id,
            claimed_at=now,
            created_at=now,
        )
    if person.branch_id in (None, household.branch_id):
        person.household_id = household.id
    session.add(person)
    await session.flush()
    preset = (await for_unit(session, household.branch_id)).name
    return say("chats.claimed_household", preset, name=person.name, head=household.head)
