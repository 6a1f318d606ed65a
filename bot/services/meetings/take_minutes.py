"""The secretary writes minutes; what they say was decided about a matter goes into that matter's history.

A decision with a day, on a matter that somebody holds, is a promise of theirs: they are told of it, and
reminded like of any other. Kind `meeting.decided` (subject `matter`).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.inbound import Inbound
from bot.domain.matters import UNFINISHED, Move
from bot.domain.meetings import SessionStatus
from bot.domain.preset import Preset
from bot.domain.promises import PromiseState
from bot.services.chat.speaker import Speaking
from bot.services.matters.matter_texts import is_conduct, short
from bot.services.matters.move_matter import move
from bot.services.matters.tell_holders import about_matter, priority_of
from bot.services.meetings.chair import see_chair
from bot.services.meetings.session_words import when_words
from bot.services.notices.tell import to_person
from bot.services.roster.parameters import for_unit
from bot.text.meetings import Decision, read_decisions
from bot.wording import say
from storage.queries import matters as matter_rows
from storage.queries import meetings
from storage.queries import promises as promise_rows
from storage.queries import sessions as session_rows
from storage.queries.tellings import RUNNING
from storage.tables import ActivitySession, AgendaItem, Matter, Person, Promise

_WRITTEN_LATER = 14  # days after a session within which its minutes may be written


async def take_minutes(
    session: AsyncSession,
    text: str,
    speaking: Speaking,
    inbound: Inbound,
    *,
    now: datetime,
    held: ActivitySession | None = None,
    again: bool = False,
) -> str:
    """Add to a session's minutes; returns the answer.

    Args:
        held: the session that is meant; null: the latest that has begun.
        again: the minutes are written anew, and take the place of those before.

    Raises:
        NotEntitled: they do not prepare this branch's sessions.
        NotFound: no session has begun lately.
    """
    today = speaking.day_of(now)
    await see_chair(session, speaking, speaking.branch_id if held is None else held.branch_id, today)
    held = held or await _latest(session, speaking, now)
    if held is None:
        raise NotFound("meetings.minutes_none")
    preset = await for_unit(session, held.branch_id)
    before = "" if again else held.minutes
    if text not in before.split("\n\n"):  # the same message twice is written once
        held.minutes = f"{before}\n\n{text}".strip()
    session.add(held)
    written, unknown = 0, []
    for decision in read_decisions(text, today):
        item, matter = await _about(session, held, decision)
        if item is None and matter is None:
            unknown.append(str(decision.number or decision.item))
        elif await _decide(session, held, decision, item, matter, speaking, inbound, preset, now):
            written += 1
    sentence = "minutes_decided" if written else "minutes_taken"
    answer = say(f"meetings.{sentence}", preset.name, count=written)
    if unknown:
        names = say("meetings.comma", preset.name).join(unknown)
        answer += "\n" + say("meetings.minutes_unknown", preset.name, names=names)
    return answer


async def _latest(session: AsyncSession, speaking: Speaking, now: datetime) -> ActivitySession | None:
    today = speaking.day_of(now)
    since = today - timedelta(days=_WRITTEN_LATER)
    known = await session_rows.held_lately(session, speaking.branch_id, first=since, last=today)
    begun = [one for one in known if one.status == SessionStatus.RECORDED or (one.opened_at or now) < now]
    return begun[-1] if begun else None


async def _about(
    session: AsyncSession, held: ActivitySession, decision: Decision
) -> tuple[AgendaItem | None, Matter | None]:
    """The item and the matter that a decision is about; of private or accusing matters none."""
    item = matter = None
    if decision.item is not None:
        item = await meetings.item_at(session, held.id or 0, decision.item)
        if item is not None and item.matter_id is not None:
            matter = await session.get_one(Matter, item.matter_id)
    elif decision.number is not None:
        matter = await matter_rows.matter_by_number(session, held.branch_id, decision.number)
        items = await meetings.agenda_of(session, held.id or 0)
        item = next((one for one in items if matter is not None and one.matter_id == matter.id), None)
    if matter is not None and (matter.private or matter.accused_ids or is_conduct(matter)):
        return None, None
    return item, matter


async def _decide(
    session: AsyncSession,
    held: ActivitySession,
    decision: Decision,
    item: AgendaItem | None,
    matter: Matter | None,
    speaking: Speaking,
    inbound: Inbound,
    preset: Preset,
    now: datetime,
) -> bool:
    if item is not None:
        if item.decision == decision.words:
            return False
        item.decision, item.decided_at = decision.words, now
        session.add(item)
    if matter is None or matter.status not in UNFINISHED:
        return item is not None
    note = say("meetings.decided_event", preset.name, title=held.title, decision=decision.words)
    written = (await matter_rows.events_of(session, [matter.id or 0])).get(matter.id or 0, [])
    if any(event.note == note for event in written):
        return False
    await move(session, matter, Move.NOTE, by=speaking.actor, now=now, note=note)
    await _promise(session, decision, matter, inbound, now)
    await _tell_holder(session, held, decision, matter, speaking, preset, now)
    return True


async def _promise(
    session: AsyncSession, decision: Decision, matter: Matter, inbound: Inbound, now: datetime
) -> None:
    if decision.due is None or matter.assignee_id is None or matter.status not in RUNNING:
        return
    here = (inbound.chat_id, inbound.message_id)
    if await promise_rows.promise_of_message(session, matter.id or 0, *here) is not None:
        return
    before = await promise_rows.standing_promise(session, matter.id or 0)
    if before is not None:
        before.state, before.ended_at = PromiseState.MOVED, now
        session.add(before)
    promise = Promise(
        matter_id=matter.id or 0,
        person_id=matter.assignee_id,
        words=decision.words,
        due=decision.due,
        made_at=now,
        chat_id=inbound.chat_id,
        message_id=inbound.message_id,
    )
    session.add(promise)
    await session.flush()


async def _tell_holder(
    session: AsyncSession,
    held: ActivitySession,
    decision: Decision,
    matter: Matter,
    speaking: Speaking,
    preset: Preset,
    now: datetime,
) -> None:
    if matter.assignee_id is None or matter.assignee_id == speaking.actor.person_id:
        return
    holder = await session.get_one(Person, matter.assignee_id)
    if holder.telegram_id is None:
        return
    text = say(
        "meetings.decided_told",
        preset.name,
        title=held.title,
        when=when_words(held, preset, today=speaking.day_of(now)),
        number=matter.number,
        text=short(matter.text),
        decision=decision.words,
    )
    about = about_matter(matter, "meeting.decided", f"{held.id}.{matter.version}", now)
    await to_person(session, holder, about, text, preset=preset, now=now, priority=priority_of(matter))
