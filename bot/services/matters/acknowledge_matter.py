"""Somebody takes a matter on: its acknowledge clock stops, the solve clock goes on."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled, NotPossible
from bot.domain.matters import MatterStatus, Move
from bot.domain.roster import Role
from bot.services.chat.speaker import Speaking
from bot.services.matters.accused import is_accused
from bot.services.matters.holders import ladder_of, rung_of
from bot.services.matters.matter_messages import refresh
from bot.services.matters.matter_texts import holder_name
from bot.services.matters.move_matter import check_version, move
from bot.services.matters.tell_holders import ASKING
from bot.services.notices import notify
from storage.queries import roster
from storage.queries.tellings import people_told
from storage.tables import Matter, Person


async def acknowledge_matter(
    session: AsyncSession, matter: Matter, speaking: Speaking, *, now: datetime, version: int | None = None
) -> None:
    """Take a matter on. It is the speaker's from now on.

    Args:
        version: of the button pressed; null: said in words.

    Raises:
        Stale: the button was shown for an earlier state; somebody may have taken it on already.
        NotEntitled: they are neither a member nor an officer for this matter.
        NotPossible: it is over.
    """
    person = await acting_person(session, matter, speaking, now=now)
    taken = matter.status in (MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND)
    if taken and matter.assignee_id == person.id:
        return  # pressed twice, or said and pressed
    if taken:
        name = await holder_name(session, matter)
        raise NotPossible("matters.taken_already", number=matter.number, name=name)
    check_version(matter, version)
    await move(session, matter, Move.ACKNOWLEDGE, by=speaking.actor, now=now)
    matter.acknowledged_at = now
    await notify.matter_acknowledged(session, matter, person, now=now)
    await refresh(session, matter, preset=speaking.preset, now=now)


async def acting_person(
    session: AsyncSession, matter: Matter, speaking: Speaking, *, now: datetime
) -> Person:
    """The speaker as somebody who may act on a matter.

    Every member of its branch and officer of its town may; on a private one only those who hold it, who
    stand above them, or who have been told of it.

    Raises:
        NotEntitled: they may not.
    """
    refused = NotEntitled("matters.not_yours", number=matter.number)
    person = speaking.person
    if person is None or person.id is None:
        raise refused
    if await answers_for(session, matter, speaking, now=now):
        return person
    if matter.private or not speaking.actor.is_member or person.branch_id != matter.branch_id:
        raise refused
    return person


async def answers_for(session: AsyncSession, matter: Matter, speaking: Speaking, *, now: datetime) -> bool:
    """Whether the speaker holds a matter, stands above its holder, or has been told to act on it."""
    person_id = speaking.actor.person_id
    if is_accused(matter, person_id):
        return False
    if person_id == matter.assignee_id:
        return True
    ladder = await ladder_of(session, matter, today=speaking.day_of(now), since=rung_of(matter))
    if any(holder.person.id == person_id for holders in ladder.held.values() for holder in holders):
        return True
    told = await people_told(session, matter.id or 0, ASKING)
    return any(person.id == person_id for person in told)


async def stands_above(session: AsyncSession, matter: Matter, speaking: Speaking) -> bool:
    """Whether the speaker is the secretary of the matter's branch."""
    secretaries = await roster.people_with_role(session, matter.branch_id, Role.SECRETARY)
    return any(person.id == speaking.actor.person_id for person in secretaries)
