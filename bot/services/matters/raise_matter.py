"""Somebody needs, complains or asks: the matter gets its number, its holder and its clocks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category, Grievance
from bot.domain.inbound import Inbound
from bot.domain.matters import MatterStatus, Move
from bot.services.chat.mended_already import mended_already
from bot.services.chat.speaker import Speaking, resolve_household
from bot.services.matters.first_holder import Assignment, first_holder
from bot.services.matters.recurrences import link_recurrences, start_higher
from bot.services.notices import notify
from bot.text.discretion import accuses, is_family_quarrel, is_personal
from storage.queries import matters as matter_rows
from storage.queries.units import members_of
from storage.tables import Household, Matter, MatterEvent, Unit


@dataclass(frozen=True, slots=True)
class Raised:
    """The matter. `new` is false when the act had raised it before."""

    matter: Matter
    new: bool = True


async def raise_matter(
    session: AsyncSession,
    act: Grievance,
    speaking: Speaking,
    inbound: Inbound,
    *,
    index: int,
    now: datetime,
    again: Matter | None = None,
    holder: Assignment | None = None,
) -> Raised:
    """Raise a matter and tell those who have to act.

    What was told privately, a matter of conduct, a family's quarrel, and what tells of somebody's illness,
    ID or phone number is private: a group sees its number only. The clocks run from `now`, not from when
    the message was written, so that a holder has all their time even after the program has stood still.

    Args:
        index: of the act in its message.
        again: the closed matter of which its reporter says that it has broken again; null: a new telling.
        holder: who is to hold it first; null: whoever is responsible.

    Raises:
        NotFound: nobody knows yet to which branch the speaker belongs.
    """
    before = await matter_rows.matter_of_act(session, inbound.chat_id, inbound.message_id, index)
    if before is not None:
        return Raised(before, new=False)
    text = act.span.strip() or inbound.text
    act = await seen_from_the_roster(session, act, text, speaking)
    household = await find_household(session, act.about, speaking)
    group_id = _group_id(speaking, household)
    holder = holder or await first_holder(
        session,
        speaking,
        category=act.category,
        text=text,
        household=household,
        group_id=group_id,
        today=speaking.day_of(now),
    )
    matter = await _new_matter(session, act, speaking, inbound, index, holder)
    matter.household_id = None if household is None else household.id
    matter.group_id = group_id
    matter.text = text
    matter.accused_ids = list(holder.accused_ids)
    matter.private = inbound.private or keeps_to_itself(act.category, act.about, text)
    if again is not None:
        matter.private, matter.group_id = again.private, again.group_id
        matter.recurs = sorted({*again.recurs, again.number})
    session.add(matter)
    await session.flush()
    _add_raised(session, matter, speaking, now)
    await session.flush()
    await link_recurrences(session, matter, preset=speaking.preset, now=now)
    if act.resolved:
        await mended_already(session, matter, speaking, now=now)
    else:
        extra = await start_higher(session, matter, preset=speaking.preset, now=now)
        await notify.matter_raised(session, matter, now=now, extra=extra)
    return Raised(matter)


def keeps_to_itself(category: Category, about: str | None, text: str) -> bool:
    """Whether a group sees only the number of a matter told in it."""
    if category is Category.DISCIPLINE or (category is Category.HEALTH and about is not None):
        return True
    return is_personal(text) or (category is Category.DISPUTE and is_family_quarrel(text))


async def seen_from_the_roster(
    session: AsyncSession, act: Grievance, text: str, speaking: Speaking
) -> Grievance:
    """The act, as a matter of conduct when it accuses a member by name: the roster knows who is one."""
    members = await members_of(session, speaking.branch_id) if accuses(text) else []
    accused = any(person.name in text for person in members)
    return replace(act, category=Category.DISCIPLINE) if accused else act


async def find_household(session: AsyncSession, about: str | None, speaking: Speaking) -> Household | None:
    """The household that a matter is about: the one named, else the resident's own."""
    if about is not None:
        resolved = await resolve_household(session, about, speaking)
        found = resolved.household_id
    else:
        found = None if speaking.person is None else speaking.person.household_id
    return None if found is None else await session.get(Household, found)


def _group_id(speaking: Speaking, household: Household | None) -> int | None:
    if household is not None and household.group_id is not None:
        return household.group_id
    return None if speaking.group is None else speaking.group.id


async def _new_matter(
    session: AsyncSession,
    act: Grievance,
    speaking: Speaking,
    inbound: Inbound,
    index: int,
    holder: Assignment,
) -> Matter:
    branch = await session.get_one(Unit, speaking.branch_id)
    branch.matters_numbered += 1
    session.add(branch)
    assignee_id = None if holder.person is None else holder.person.id
    photos = list(inbound.photos)
    if inbound.media_group_id is not None:
        album = await matter_rows.album_photos(session, inbound.chat_id, inbound.media_group_id)
        photos = [photo.file_id for photo in album] or photos
    return Matter(
        branch_id=speaking.branch_id,
        number=branch.matters_numbered,
        category=act.category,
        urgency=act.urgency,
        text=act.span,
        about=act.about,
        reporter_person_id=speaking.actor.person_id,
        reporter_telegram_id=speaking.actor.telegram_id,
        reporter_name=speaking.actor.name,
        assignee_id=assignee_id,
        first_holder_id=assignee_id,
        step=holder.step,
        status=MatterStatus.OPEN,
        created_at=inbound.sent_at,
        chat_id=inbound.chat_id,
        message_id=inbound.message_id,
        act_index=index,
        topic_id=inbound.topic_id,
        media_group_id=inbound.media_group_id,
        photos=photos,
    )


def _add_raised(session: AsyncSession, matter: Matter, speaking: Speaking, now: datetime) -> None:
    if matter.id is None:
        raise ValueError("the matter has not been stored yet")
    by = speaking.actor
    session.add(
        MatterEvent(
            matter_id=matter.id,
            at=now,
            kind=Move.RAISE,
            by_person_id=by.person_id,
            by_name=by.name,
            note=matter.text,
        )
    )
