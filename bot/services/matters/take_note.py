"""An answer to what the bot has said about a matter, that does nothing else, is a note on it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.inbound import Inbound
from bot.domain.matters import MAY, UNFINISHED, Move, Part
from bot.services.chat import answering
from bot.services.chat.speaker import Speaking
from bot.services.matters.answer_matter import matters_answered
from bot.services.matters.move_matter import move
from bot.services.matters.parts import parts_of
from bot.services.matters.tell_holders import about_matter, priority_of, words_for
from bot.services.matters.tell_reporter import tell_reporter
from bot.services.matters.unnamed import seen_as
from bot.services.notices.tell import to_person
from bot.services.roster.parameters import for_unit
from bot.text.orders import is_courtesy
from storage import outbox
from storage.tables import Matter, Person


async def take_note(session: AsyncSession, speaking: Speaking, inbound: Inbound, *, now: datetime) -> bool:
    """Add a message, its photos included, to the matter that it answers. False when it answers none.

    It must answer the bot's own words on an open matter, and be somebody's to whom it is something. Thanks
    are not kept.
    """
    if inbound.reply_to_id is None or not (inbound.text or inbound.photos):
        return False
    if await answering.already_answered(session, inbound):
        return True
    if await outbox.notice_of_message(session, inbound.chat_id, inbound.reply_to_id) is None:
        return False
    answered = [one for one in await matters_answered(session, inbound) if one.status in UNFINISHED]
    if len(answered) != 1 or (is_courtesy(inbound.text) and not inbound.photos):
        return False
    parts = await parts_of(session, answered[0], speaking, now=now)
    if not parts & MAY[Move.NOTE]:
        return False
    await add_note(session, answered[0], inbound.text, speaking, inbound, now=now)
    await answering.react(session, inbound.chat_id, inbound.message_id, now=now)
    return True


async def add_note(
    session: AsyncSession, matter: Matter, text: str, speaking: Speaking, inbound: Inbound, *, now: datetime
) -> None:
    """Write a note into a matter's history, keep the photos, and tell the other side once."""
    preset = await for_unit(session, matter.branch_id)
    words = await words_for(session, matter, preset, now)
    new = [photo for photo in inbound.photos if photo not in matter.photos]
    note = text or words.say("note_photos", count=len(inbound.photos))
    await move(session, matter, Move.NOTE, by=speaking.actor, now=now, note=note)
    matter.photos = [*matter.photos, *new]
    session.add(matter)
    name = seen_as(matter, speaking.actor).name
    told = words.say("noted", name=name, note=note)
    parts = await parts_of(session, matter, speaking, now=now)
    stage = f"{inbound.chat_id}:{inbound.message_id}"
    if Part.REPORTER not in parts and inbound.private:
        await tell_reporter(
            session, matter, told, kind="matter.told_note", stage=stage, preset=preset, now=now
        )
    if matter.assignee_id is not None and matter.assignee_id != speaking.actor.person_id:
        holder = await session.get_one(Person, matter.assignee_id)
        if holder.telegram_id is not None:
            about = about_matter(matter, "matter.note", str(inbound.message_id), now)
            await to_person(
                session, holder, about, told, preset=preset, now=now, priority=priority_of(matter)
            )
