"""`/start CODE`: the code of a person, or of a door plate. Guessing is slowed down."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import presets
from bot.domain.claims import WRONG_CODES, WRONG_WITHIN, How
from bot.domain.errors import NotFound, NotPossible
from bot.services.notices.times import moment_words
from bot.services.roster.move_in import move_in
from bot.services.roster.name_claims import Claimant, claim
from bot.wording import say
from storage.queries import chats, claims
from storage.tables import Person


async def use_code(session: AsyncSession, code: str, claimant: Claimant, *, now: datetime) -> str:
    """Somebody opens the bot with a code; returns what they are told.

    A wrong code is told so rather than raised: it is remembered, and raising would undo that.

    Raises:
        NotPossible: too many were wrong of late, this one has been used or is a group's, or it is another's
            than the name they have.
    """
    wrong = await claims.wrong_codes(session, claimant.user_id, since=now - WRONG_WITHIN)
    if len(wrong) >= WRONG_CODES:
        zone = presets.load(presets.DEFAULT).zone
        until = moment_words(wrong[0] + WRONG_WITHIN, now=now, zone=zone)
        raise NotPossible("names.codes_enough", count=WRONG_CODES, until=until)
    try:
        return await _open(session, code, claimant, now=now)
    except NotFound as error:
        await claims.note_wrong_code(session, claimant.user_id, now=now)
        return say(error.key, None, **error.values)


async def _open(session: AsyncSession, code: str, claimant: Claimant, *, now: datetime) -> str:
    invite = await chats.invite_by_code(session, code) or await chats.invite_by_code(session, code.lower())
    if invite is None:
        return await move_in(session, code, claimant, now=now)
    if invite.kind != "person" or invite.person_id is None:
        raise NotPossible("chats.claim_is_group", code=code)
    person = await session.get_one(Person, invite.person_id)
    if invite.used_at is not None and not (invite.used_by == claimant.user_id == person.telegram_id):
        raise NotPossible("chats.claim_used")
    return await claim(session, person, claimant, How.CODE, now=now)
