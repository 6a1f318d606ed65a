"""Holders give dated words on matters, and these are kept or broken. They lengthen no clock.

Kinds (subject `matter`): `promise.made`, `promise.broken` (to the one who raised it), `promise.remind`,
`promise.passed` (to the holder).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import ExpectedError
from bot.domain.inbound import Inbound
from bot.domain.matters import MatterStatus, Move, Step
from bot.domain.preset import Preset
from bot.domain.promises import PromiseState
from bot.services.chat.speaker import Speaking
from bot.services.matters.acknowledge_matter import acknowledge_matter
from bot.services.matters.holders import holders_for
from bot.services.matters.matter_texts import is_conduct, short
from bot.services.matters.move_matter import move
from bot.services.matters.tell_holders import about_matter, add_event, priority_of, words_for
from bot.services.matters.tell_reporter import tell_reporter
from bot.services.notices.tell import to_person
from bot.services.notices.times import full_day_words
from bot.services.roster.parameters import for_units
from bot.text.promises import Promised, read_promise
from bot.wording import say
from storage.queries import chats
from storage.queries import matters as matter_rows
from storage.queries import promises as promise_rows
from storage.queries.tellings import RUNNING
from storage.tables import Matter, Person, Promise


async def promise_by_word(
    session: AsyncSession, answered: Sequence[Matter], speaking: Speaking, inbound: Inbound, *, now: datetime
) -> bool:
    """Put down the promise that a message gives on a matter of its writer's; whether it gives one.

    Which matter: the one numbered, else the one answered, else the only one that they hold. A new promise
    takes the place of the one before. Whoever promises has taken the matter on.
    """
    person = speaking.person
    if person is None or person.id is None or speaking.branch is None:
        return False
    promised = read_promise(inbound.text, speaking.day_of(inbound.sent_at))
    if promised is None:
        return False
    matter = await _meant(session, promised, answered, speaking)
    if matter is None or matter.id is None or not await _holds(session, matter, speaking, now):
        return False
    given = await promise_rows.promise_of_message(session, matter.id, inbound.chat_id, inbound.message_id)
    if given is not None:
        return True
    if matter.status == MatterStatus.OPEN:
        try:
            async with session.begin_nested():
                await acknowledge_matter(session, matter, speaking, now=now)
        except ExpectedError:
            await session.refresh(matter)
            return False
    before = await promise_rows.standing_promise(session, matter.id)
    if before is not None:
        _end(session, before, PromiseState.MOVED, now)
    promise = Promise(
        matter_id=matter.id,
        person_id=person.id,
        words=promised.words,
        due=promised.due,
        made_at=now,
        chat_id=inbound.chat_id,
        message_id=inbound.message_id,
    )
    session.add(promise)
    preset = speaking.preset
    day = full_day_words(promised.due, today=speaking.day_of(now))
    note = say("promises.event_made", preset.name, day=day, words=promised.words)
    await move(session, matter, Move.NOTE, by=speaking.actor, now=now, note=note)
    heard = inbound.chat_id == matter.chat_id and not await chats.private_chat_open(
        session, matter.reporter_telegram_id
    )
    if not heard:  # whoever shares no other chat with the bot has read it where it was said
        await _tell_reporter(session, promise, matter, person, "made", preset, now)
    return True


async def keep_promise(session: AsyncSession, matter: Matter, *, solved: bool, now: datetime) -> None:
    """A matter is said to be settled, which keeps its promise, or that it can't be, which breaks it."""
    promise = None if matter.id is None else await promise_rows.standing_promise(session, matter.id)
    if promise is not None:
        _end(session, promise, PromiseState.KEPT if solved else PromiseState.BROKEN, now)


async def run_promises(session: AsyncSession, *, now: datetime) -> int:
    """Remind of promises a day ahead, and end those whose day has passed.

    Returns:
        How many were reminded of or ended.
    """
    standing = await promise_rows.standing_promises(session)
    presets = await for_units(session, {matter.branch_id for _, matter in standing})
    changed = 0
    for promise, matter in standing:
        preset = presets[matter.branch_id]
        local = now.astimezone(preset.zone)
        if await _is_void(session, promise, matter):
            _end(session, promise, PromiseState.VOID, now)
        elif local.date() > promise.due:
            await _break(session, promise, matter, preset, now)
        elif promise.reminded_at is None and local >= remind_at(promise, preset):
            await _remind(session, promise, matter, preset, now)
        else:
            continue
        changed += 1
    return changed


async def shown(session: AsyncSession, matter: Matter, preset: Preset, *, today: date) -> list[str]:
    """The promises on a matter, in lines for whoever may see it; nobody is named on a matter of conduct."""
    lines = []
    for promise in (await promise_rows.promises_of(session, [matter.id or 0])).get(matter.id or 0, []):
        name = "" if is_conduct(matter) else (await session.get_one(Person, promise.person_id)).name
        day = full_day_words(promise.due, today=today)
        lines.append(say(f"promises.shown_{promise.state}", preset.name, name=name, day=day))
    return lines


def remind_at(promise: Promise, preset: Preset) -> datetime:
    """When the holder is reminded: in the morning of the day before, not on the day it was given."""
    given = promise.made_at.astimezone(preset.zone).date()
    day = max(promise.due - timedelta(days=1), given + timedelta(days=1))
    return datetime.combine(day, preset.reminder_at, preset.zone)


async def _meant(
    session: AsyncSession, promised: Promised, answered: Sequence[Matter], speaking: Speaking
) -> Matter | None:
    if promised.number is not None:
        found = await matter_rows.matter_by_number(session, speaking.branch_id, promised.number)
        candidates = [] if found is None else [found]
    elif answered:
        candidates = list(answered)
    else:
        candidates = await matter_rows.unfinished_held_by(session, speaking.actor.person_id or 0)
    running = [one for one in candidates if one.status in RUNNING]
    return running[0] if len(running) == 1 else None


async def _holds(session: AsyncSession, matter: Matter, speaking: Speaking, now: datetime) -> bool:
    if matter.assignee_id == speaking.actor.person_id:
        return True
    if matter.status != MatterStatus.OPEN:
        return False
    holders = await holders_for(session, matter, Step(matter.step), today=speaking.day_of(now))
    return any(holder.person.id == speaking.actor.person_id for holder in holders)


async def _is_void(session: AsyncSession, promise: Promise, matter: Matter) -> bool:
    """Whether it is no longer its giver's to keep: the matter is over, or somebody else has it."""
    if matter.status not in RUNNING:
        return True
    if matter.status == MatterStatus.OPEN or matter.assignee_id == promise.person_id:
        return False
    return not await promise_rows.is_lent(session, promise.matter_id)


async def _remind(
    session: AsyncSession, promise: Promise, matter: Matter, preset: Preset, now: datetime
) -> None:
    promise.reminded_at = now
    session.add(promise)
    await _tell_holder(session, promise, matter, "remind", preset, now)


async def _break(
    session: AsyncSession, promise: Promise, matter: Matter, preset: Preset, now: datetime
) -> None:
    _end(session, promise, PromiseState.BROKEN, now)
    giver = await session.get_one(Person, promise.person_id)
    day = full_day_words(promise.due, today=now.astimezone(preset.zone).date())
    note = say("promises.event_broken", preset.name, name=giver.name, day=day)
    add_event(session, matter, Move.WARN, note, now)
    await _tell_holder(session, promise, matter, "passed", preset, now)
    await _tell_reporter(session, promise, matter, giver, "broken", preset, now)


async def _tell_holder(
    session: AsyncSession, promise: Promise, matter: Matter, sentence: str, preset: Preset, now: datetime
) -> None:
    """Whoever has the matter now is told; the giver is only named to them when it is another."""
    holder_id = matter.assignee_id or promise.person_id
    holder = await session.get_one(Person, holder_id)
    giver = await session.get_one(Person, promise.person_id)
    if holder.telegram_id is None:
        return
    words = await words_for(session, matter, preset, now)
    text = say(
        f"promises.{sentence}",
        preset.name,
        number=matter.number,
        told=short(matter.text),
        who=say("promises.you", preset.name) if holder.id == giver.id else giver.name,
        day=full_day_words(promise.due, today=now.astimezone(preset.zone).date()),
        solved=say("escalation.button_solved", preset.name),
    )
    open_still = matter.status == MatterStatus.OPEN
    await to_person(
        session,
        holder,
        about_matter(matter, f"promise.{sentence}", str(promise.id), now),
        text,
        preset=preset,
        now=now,
        priority=priority_of(matter),
        buttons=words.buttons() if open_still else words.buttons_in_hand(),
    )


async def _tell_reporter(
    session: AsyncSession,
    promise: Promise,
    matter: Matter,
    giver: Person,
    sentence: str,
    preset: Preset,
    now: datetime,
) -> None:
    await session.flush()
    text = say(
        f"promises.{sentence}{'_unnamed' if is_conduct(matter) else ''}",
        preset.name,
        told=short(matter.text),
        number=matter.number,
        name=giver.name,
        day=full_day_words(promise.due, today=now.astimezone(preset.zone).date()),
    )
    await tell_reporter(
        session,
        matter,
        text,
        kind=f"promise.{sentence}",
        stage=str(promise.id),
        preset=preset,
        now=now,
        but_not=giver.telegram_id,
    )


def _end(session: AsyncSession, promise: Promise, state: PromiseState, now: datetime) -> None:
    promise.state, promise.ended_at = state, now
    session.add(promise)
