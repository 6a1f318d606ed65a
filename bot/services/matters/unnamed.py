"""Reporters who stay unnamed: nobody who acts on their matter, looks at it or exports it learns who they are.

Of them only their private chat with the bot is kept, as the way by which they are asked and answered. Their
name stands nowhere: not in the matter, not in its events, not in what others are told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled, NotPossible
from bot.domain.roster import Actor
from bot.services.chat import answering
from bot.services.chat.speaker import Speaking
from bot.services.matters.matter_texts import short
from bot.wording import say
from storage.queries import matters as matter_rows
from storage.queries import notices
from storage.tables import Household, Matter, Notice, Unit


def seen_as(matter: Matter, actor: Actor) -> Actor:
    """Somebody as a matter's history may show them."""
    if matter.unnamed and actor.telegram_id == matter.reporter_telegram_id is not None:
        return Actor(say("moves.somebody"), actor.telegram_id)
    return actor


async def without_name(session: AsyncSession, speaking: Speaking) -> Speaking:
    """The speaker as somebody of whom only branch, group and the chat to answer in are known."""
    group = speaking.group
    if group is None and speaking.person is not None and speaking.person.household_id is not None:
        household = await session.get_one(Household, speaking.person.household_id)
        group = None if household.group_id is None else await session.get(Unit, household.group_id)
    actor = Actor(say("moves.somebody"), speaking.actor.telegram_id)
    return replace(speaking, actor=actor, person=None, group=group, linked=())


async def hide_reporter(session: AsyncSession, matter: Matter, speaking: Speaking, *, now: datetime) -> str:
    """Take the reporter's name out of a matter that they have raised, and out of what was said about it.

    Whoever has read it already has read it, and the answer says so.

    Returns:
        The sentence that says what was done.

    Raises:
        NotEntitled: it is not the speaker's.
        NotPossible: it was said in a group, where everybody has seen who wrote it.
    """
    if speaking.actor.telegram_id is None or speaking.actor.telegram_id != matter.reporter_telegram_id:
        raise NotEntitled("claims.not_yours", number=matter.number)
    if matter.chat_id != matter.reporter_telegram_id:
        raise NotPossible("moves.said_in_group", number=matter.number)
    if not matter.unnamed:
        await take_out_name(session, matter, now=now)
    return say("moves.unnamed_now", speaking.preset.name, number=matter.number, told=short(matter.text))


async def telling_who(session: AsyncSession, made: Sequence[Notice]) -> set[int | None]:
    """Which notices would tell, by whom they went to, who has raised a matter unnamed.

    Those about the matter or naming its number, and edits of such.
    """
    raised = await matter_rows.unnamed(session)
    by_chat: dict[int | None, list[Matter]] = defaultdict(list)
    for matter in raised:
        by_chat[matter.reporter_telegram_id].append(matter)
    telling: set[int | None] = set()
    for notice in made:
        theirs = by_chat.get(notice.chat_id, [])
        about = notice.subject_kind == "matter" and notice.subject_id in {matter.id for matter in theirs}
        named = any(f"#{matter.number}" in notice.text for matter in theirs)
        if about or named or notice.edits_notice_id in telling:
            telling.add(notice.id)
    return telling


async def take_out_name(session: AsyncSession, matter: Matter, *, now: datetime) -> None:
    """Take the reporter's name out of a matter, its history and what was said of it to others."""
    name, somebody, person_id = matter.reporter_name, say("moves.somebody"), matter.reporter_person_id
    matter.unnamed, matter.reporter_name, matter.reporter_person_id = True, somebody, None
    if matter.about is None:
        matter.household_id = None  # it was theirs
    session.add(matter)
    for event in (await matter_rows.events_of(session, [matter.id or 0])).get(matter.id or 0, []):
        if event.by_name == name or (person_id is not None and event.by_person_id == person_id):
            event.by_name, event.by_person_id = somebody, None
        event.note = event.note.replace(name, somebody)
        session.add(event)
    for notice in await notices.about(session, subject_kind="matter", subject_id=matter.id or 0):
        if name in notice.text and notice.chat_id != matter.reporter_telegram_id:
            text, buttons = notice.text.replace(name, somebody), notice.buttons
            await answering.rewrite(session, notice, text, mark="unnamed", buttons=buttons, now=now)
            notice.text = text
            session.add(notice)
    await session.flush()
