"""One matter is two, says the secretary: each goes on with its own words and number."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotPossible
from bot.domain.matters import MatterStatus, Move
from bot.services.chat.speaker import Speaking
from bot.services.matters.matter_messages import refresh
from bot.services.matters.matter_texts import short
from bot.services.matters.move_matter import check_version, move
from bot.services.matters.parts import see_that_they_may
from bot.services.matters.tell_reporter import tell_reporter
from bot.services.notices import notify
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.queries.matters import next_act_index
from storage.tables import Matter, MatterEvent, Unit


async def split_matter(
    session: AsyncSession,
    matter: Matter,
    first: str,
    second: str,
    speaking: Speaking,
    *,
    now: datetime,
    version: int | None = None,
) -> Matter:
    """Leave `first` in the matter and make a new one of `second`, with the same holder and full clocks.

    Returns:
        The new matter.

    Raises:
        Stale, NotEntitled: as for every move.
        NotPossible: the words of one part are missing, or the matter is over.
    """
    await see_that_they_may(session, matter, Move.SPLIT, speaking, now=now)
    check_version(matter, version)
    if not first or not second:
        raise NotPossible("moves.split_needs", number=matter.number)
    branch = await session.get_one(Unit, matter.branch_id)
    by, number = speaking.actor, branch.matters_numbered + 1
    note = say("moves.event_split", number=number, text=second)
    await move(session, matter, Move.SPLIT, by=by, now=now, note=note)  # before anything it may refuse
    branch.matters_numbered = number
    part = await _part_of(session, matter, second, number)
    session.add_all([branch, part])
    await session.flush()
    raised = MatterEvent(
        matter_id=part.id or 0,
        at=now,
        kind=Move.RAISE,
        by_person_id=by.person_id,
        by_name=by.name,
        note=say("moves.event_part", number=matter.number, text=second),
    )
    session.add(raised)
    await session.flush()
    matter.text = first
    session.add(matter)
    await session.flush()
    await notify.matter_raised(session, part, now=now)
    preset = await for_unit(session, matter.branch_id)
    text = say(
        "moves.told_split",
        preset.name,
        number=matter.number,
        told=short(first),
        other=part.number,
        other_told=short(second),
    )
    await tell_reporter(
        session,
        matter,
        text,
        kind="matter.told_split",
        stage=str(matter.version),
        preset=preset,
        now=now,
        but_not=by.telegram_id,
    )
    await refresh(session, matter, preset=preset, amended=True, now=now)
    return part


async def _part_of(session: AsyncSession, matter: Matter, text: str, number: int) -> Matter:
    return Matter(
        branch_id=matter.branch_id,
        group_id=matter.group_id,
        number=number,
        category=matter.category,
        urgency=matter.urgency,
        text=text,
        about=matter.about,
        household_id=matter.household_id,
        reporter_person_id=matter.reporter_person_id,
        reporter_telegram_id=matter.reporter_telegram_id,
        reporter_name=matter.reporter_name,
        on_behalf_of=matter.on_behalf_of,
        unnamed=matter.unnamed,
        assignee_id=matter.assignee_id,
        first_holder_id=matter.first_holder_id,
        step=matter.step,
        step_level=matter.step_level,
        status=MatterStatus.OPEN,
        private=matter.private,
        created_at=matter.created_at,
        chat_id=matter.chat_id,
        message_id=matter.message_id,
        act_index=await next_act_index(session, matter.chat_id, matter.message_id),
        topic_id=matter.topic_id,
        media_group_id=matter.media_group_id,
        photos=matter.photos,
        split_from_id=matter.id,
        accused_ids=matter.accused_ids,
    )
