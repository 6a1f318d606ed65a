"""A leader or the secretary takes leave for one of theirs: "张建国25日到30日请假，李秀英代".

Kind `leave.for_you` (subject `person`): the one on leave is told what has been done in their name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import ExpectedError, NotPossible
from bot.domain.roster import Actor, Role
from bot.services.chat.speaker import Speaking
from bot.services.notices.tell import About, to_person
from bot.services.roster.take_leave import ask_leave
from bot.text.leave import LeaveAsked, read_leave_of
from bot.wording import say
from storage.queries import roster
from storage.queries.units import members_of
from storage.tables import Person

_OVER_ALL = frozenset((Role.SECRETARY, Role.DEPUTY))
_OVER_SOME = frozenset((Role.GROUP_LEADER,))


@dataclass(frozen=True, slots=True)
class LeaveFor:
    """Whom a leave is for, and which."""

    person: Person
    asked: LeaveAsked


async def leave_meant(
    session: AsyncSession, text: str, speaking: Speaking, *, sent_at: datetime
) -> LeaveFor | None:
    """The leave that a text takes for a member whom the speaker leads; null when it is about nobody such."""
    if speaking.branch is None or not speaking.actor.roles & (_OVER_ALL | _OVER_SOME):
        return None
    members = await members_of(session, speaking.branch_id)
    said = read_leave_of(text, [one.name for one in members], speaking.day_of(sent_at))
    if said is None:
        return None
    name, asked = said
    named = [one for one in members if one.name == name]
    if len(named) != 1 or named[0].id in (None, speaking.actor.person_id):
        return None
    if not speaking.actor.roles & _OVER_ALL:
        own = await roster.group_of_person(session, speaking.actor.person_id or 0)
        theirs = await roster.group_of_person(session, named[0].id or 0)
        if own is None or theirs is None or own.id != theirs.id:
            return None
    return LeaveFor(named[0], asked)


async def take_leave_for(session: AsyncSession, leave: LeaveFor, speaking: Speaking, *, now: datetime) -> str:
    """Take leave for somebody, who is told; returns the answer.

    Raises:
        NotPossible: it can't be so, with the reason.
    """
    name, person = speaking.preset.name, leave.person
    roles = await roster.roles_of(session, person.id or 0)
    actor = Actor(person.name, person.telegram_id, person.id, roles)
    try:
        done = await ask_leave(session, leave.asked, replace(speaking, actor=actor, person=person), now=now)
    except ExpectedError as refused:
        reason = say(refused.key, name, **refused.values)
        raise NotPossible("leave.refused_for", name=person.name, reason=reason) from refused
    about = About("leave.for_you", "person", person.id or 0, now.isoformat(), now, speaking.branch_id)
    text = say("leave.for_you", name, by=speaking.actor.name, done=done)
    if person.telegram_id is not None:
        await to_person(session, person, about, text, preset=speaking.preset, now=now)
    return say("leave.for_them", name, name=person.name, done=done)
