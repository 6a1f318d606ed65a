"""The secretary frees a name: whoever has it now is that person no more."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled, NotFound, NotPossible
from bot.services.chat.answering import tell_user
from bot.services.chat.speaker import Speaking
from bot.services.roster.decide_claim import leads
from bot.services.roster.find_named import find_named, told_apart
from bot.wording import say
from storage.tables import AuditEntry


async def unbind_name(session: AsyncSession, said: str, speaking: Speaking, *, now: datetime) -> str:
    """Free a name; whoever had it is told. Their links, matters and records stay the person's.

    Raises:
        NotEntitled: they lead neither the branch nor the town above it.
        NotFound: nobody, or more than one, is called so.
        NotPossible: nobody has the name, or it is their own.
    """
    by = speaking.actor.person_id
    preset = speaking.preset.name
    if by is None or not await leads(session, by, speaking.branch_id):
        raise NotEntitled("names.unbind_secretary")
    found = await find_named(session, said, branch_id=speaking.branch_id)
    if not found:
        raise NotFound("names.not_found", name=said)
    if len(found) > 1:
        example = f"{'' if found[0].group is None else found[0].group.name}{found[0].person.name}"
        raise NotFound(
            "names.unbind_several", name=found[0].person.name, people=told_apart(found), example=example
        )
    person = found[0].person
    if person.telegram_id is None:
        raise NotPossible("names.not_bound", name=person.name)
    if person.id == by:
        raise NotPossible("names.unbind_self")
    user_id = person.telegram_id
    person.telegram_id, person.claimed_at = None, None
    audit = AuditEntry(
        at=now,
        by_person_id=by,
        by_name=speaking.actor.name,
        action="person.unbind",
        subject=person.name,
        detail=f"user {user_id}",
    )
    session.add_all([person, audit])
    await session.flush()
    await tell_user(
        session,
        user_id,
        person.name,
        say("names.unbound_told", preset, name=person.name),
        key=f"unbound:{audit.id}",
        kind="person.unbound",
        branch_id=person.branch_id,
        now=now,
    )
    return say("names.unbound", preset, name=person.name)
