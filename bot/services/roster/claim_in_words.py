"""Somebody whom the bot does not know sends their phone, or says who they are."""

from __future__ import annotations

import re
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.claims import How
from bot.domain.errors import NotFound, NotPossible
from bot.secrets import Secrets, WrongKey
from bot.services.roster.find_named import find_named
from bot.services.roster.move_in import live_in
from bot.services.roster.name_claims import Claimant, claim
from bot.wording import say
from storage.queries import claims, roster


async def claim_by_phone(
    session: AsyncSession, number: str, claimant: Claimant, secrets: Secrets, *, now: datetime
) -> str:
    """The number of somebody's own account: who has it on a roster is who they are. It is not kept.

    A household's number makes a resident known.

    Returns:
        What they are told.

    Raises:
        NotFound: nobody, or more than one, has this number.
        NotPossible: see `name_claims.claim`.
    """
    phone = plain_number(number)
    people = [
        one
        for one in await claims.people_with_phones(session)
        if _opened(secrets, one.phone_encrypted) == phone
    ]
    if len(people) > 1:
        raise NotFound("names.phone_of_several")
    if people:
        return await claim(session, people[0], claimant, How.PHONE, now=now)
    households = [
        one
        for one in await claims.households_with_phones(session)
        if _opened(secrets, one.phone_encrypted) == phone
    ]
    if not households:
        raise NotFound("names.phone_unknown")
    if len(households) > 1:
        raise NotFound("names.phone_of_households")
    return await live_in(session, households[0], claimant, now=now)


async def claim_by_word(session: AsyncSession, said: str, claimant: Claimant, *, now: datetime) -> str | None:
    """Somebody says who they are; returns what they are told, null when nobody on a roster is called so.

    Raises:
        NotFound: several are called so.
        NotPossible: they are somebody else, nobody can be asked, or they have had enough asked for a day.
    """
    found = await find_named(session, said)
    known = await roster.person_by_telegram(session, claimant.user_id)
    if known is not None and found and known.id not in {one.person.id for one in found}:
        roles = await roster.roles_of(session, known.id or 0)
        if roles:
            raise NotPossible("names.you_are_another", name=known.name)
    if not found:
        return None
    if len(found) > 1:
        first = found[0]
        raise NotFound("names.several_called", name=first.person.name, place=first.place)
    return await claim(session, found[0].person, claimant, How.WORD, now=now)


def plain_number(number: str) -> str:
    """A number as rosters write it: digits, without the country's 86."""
    digits = re.sub(r"\D", "", number).removeprefix("00")
    return digits.removeprefix("86") if len(digits) == 13 else digits


def ask_for_phone(preset: str) -> list[list[dict[str, str]]]:
    """The button that sends somebody's own number."""
    return [[{"text": say("names.button_phone", preset), "asks": "phone"}]]


def _opened(secrets: Secrets, encrypted: str | None) -> str | None:
    try:
        return None if encrypted is None else secrets.decrypt_phone(encrypted)
    except WrongKey:
        return None
