"""`/todo`: what waits for somebody: matters, questions, households."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.cadence import ContactState
from bot.services.chat.speaker import Speaking
from bot.services.matters.matter_texts import short, status_words
from bot.services.notices.times import moment_words
from bot.services.visits.coverage import coverage, reminder_rule
from bot.wording import say
from storage.queries import chats
from storage.queries import matters as matter_rows


async def show_todo(session: AsyncSession, speaking: Speaking, *, now: datetime) -> str:
    """The unfinished matters that the speaker holds, questions they have not answered, households due."""
    lines = await _matters(session, speaking, now)
    waiting = await chats.questions_waiting(session, speaking.actor.telegram_id or 0)
    if waiting:
        lines.append(say("help.todo_questions", speaking.preset.name, count=len(waiting)))
    lines += await _households(session, speaking, now)
    return "\n".join(lines) if lines else say("help.todo_none", speaking.preset.name)


async def _matters(session: AsyncSession, speaking: Speaking, now: datetime) -> list[str]:
    name = speaking.preset.name
    if speaking.actor.person_id is None:
        return []
    lines = []
    for matter in await matter_rows.unfinished_held_by(session, speaking.actor.person_id):
        moment = matter.acknowledge_by or (None if matter.solved_at is not None else matter.solve_by)
        by = ""
        if moment is not None:
            by = say("help.todo_by", name, deadline=moment_words(moment, now=now, zone=speaking.preset.zone))
        state = status_words(matter, speaking.preset)
        told = short(matter.text)
        lines.append(say("help.todo_matter", name, number=matter.number, told=told, state=state, by=by))
    return [say("help.todo_head", name), *lines] if lines else []


async def _households(session: AsyncSession, speaking: Speaking, now: datetime) -> list[str]:
    name, today = speaking.preset.name, speaking.day_of(now)
    if speaking.actor.person_id is None or not speaking.linked:
        return []
    rule = reminder_rule(speaking.preset)
    lines = []
    for covered in await coverage(
        session, speaking.branch_id, speaking.preset, today=today, person_id=speaking.actor.person_id
    ):
        if not covered.standing.is_near(today, rule):
            continue
        overdue = covered.standing.state is ContactState.OVERDUE
        state = say("help.household_overdue" if overdue else "help.household_due", name)
        if covered.occasions:
            state = say(f"contact.occasion_{covered.occasions[0].kind}", name)
        household = covered.household
        line = say("help.todo_household", name, head=household.head, address=household.address, state=state)
        lines.append(line)
    return [say("help.todo_households_head", name), *lines] if lines else []
