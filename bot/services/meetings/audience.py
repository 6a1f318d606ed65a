"""Whom a session is for, and at which hours members have time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled, NotFound
from bot.domain.meetings import MeetingRule, StudyKind
from bot.domain.preset import Preset
from bot.services.chat.speaker import Speaking
from bot.text.meetings import kind_in_note
from bot.wording import say
from storage.queries import member_records
from storage.queries.units import members_of
from storage.tables import ActivitySession, MemberKind, Person


async def audience_of(session: AsyncSession, held: ActivitySession, preset: Preset) -> list[Person]:
    """The members for whom a planned session is, as the roster stands."""
    rule = next((one for one in preset.meetings.planned if one.name == held.rule), None)
    return await audience(session, held.branch_id, rule, preset)


async def audience(
    session: AsyncSession, branch_id: int, rule: MeetingRule | None, preset: Preset
) -> list[Person]:
    """The members of a branch for whom a rule's sessions are; all when it says nothing."""
    members = await members_of(session, branch_id)
    if rule is None or rule.audience is None:
        return members
    kinds = await member_records.kinds_of(session, [one.id or 0 for one in members])
    unsaid = preset.meetings.kind_unsaid
    return [one for one in members if kinds.get(one.id or 0, unsaid) == rule.audience]


async def kinds_from_notes(
    session: AsyncSession, branch_id: int, notes: Mapping[str, str], *, now: datetime
) -> None:
    """Take from a roster's notes, by member's name, when members have time; what has been said before stays.

    A note on a household is none on its member: give only those of rows without one.
    """
    members = {one.name: one for one in await members_of(session, branch_id)}
    for name, note in notes.items():
        kind, person = kind_in_note(note), members.get(name)
        if kind and person is not None and await member_records.kind_row(session, person.id or 0) is None:
            session.add(MemberKind(person_id=person.id or 0, kind=kind, set_at=now))


async def set_kind(
    session: AsyncSession, kind: str, name: str | None, speaking: Speaking, *, now: datetime
) -> str | None:
    """Put down at which hours a member has time; returns the answer.

    Args:
        name: of whom a secretary says it; null: the speaker themselves.

    Returns:
        The answer; null when it is said of somebody who is no member: it is talk like any other.

    Raises:
        NotEntitled: the speaker is no member, or says it of another and is no secretary.
        NotFound: several members have this name.
    """
    person = speaking.person
    if person is None or not speaking.actor.is_member:
        return None
    if name is not None:
        named = [one for one in await members_of(session, speaking.branch_id) if one.name == name]
        if not named:
            return None
        if not speaking.is_secretary:
            raise NotEntitled("meetings.kind_secretary")
        if len(named) > 1:
            raise NotFound("meetings.kind_several", name=name)
        person = named[0]
    row = await member_records.kind_row(session, person.id or 0)
    if row is None:
        row = MemberKind(person_id=person.id or 0, kind=kind, set_at=now)
    row.kind, row.set_at, row.by_person_id = kind, now, speaking.actor.person_id
    session.add(row)
    who = say("meetings.you", speaking.preset.name) if name is None else name
    return say(f"meetings.kind_{StudyKind(kind)}", speaking.preset.name, who=who)
