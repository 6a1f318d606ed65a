"""Leaves begin and end by themselves: what is lent for the days goes to the substitute and comes back.

With a substitute who has agreed, the links and the open matters of whoever is away are lent. Without one,
matters go to the next rung, and visits are excused. Kinds: `leave.begins`, `leave.returned` (subject
`leave`), `matter.lent`, `matter.escalated` (subject `matter`).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Urgency
from bot.domain.matters import MatterStatus, Move, after
from bot.domain.preset import Preset
from bot.services.matters.holders import rung_of
from bot.services.matters.matter_messages import refresh
from bot.services.matters.matter_texts import short
from bot.services.matters.matter_words import MatterWords
from bot.services.matters.tell_holders import (
    LENT,
    TO_HOLDERS,
    about_matter,
    add_event,
    id_of,
    priority_of,
    put_on_rung,
    tell_holders,
    words_for,
)
from bot.services.notices.tell import About, to_person
from bot.services.notices.times import full_day_words
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage import outbox
from storage.outbox import Priority
from storage.queries import leaves, roster
from storage.queries.tellings import RUNNING
from storage.tables import Leave, LentMatter, Link, Matter, Person

COVER = "cover"
"""Reason of a link that is lent."""


async def run_leaves(session: AsyncSession, *, now: datetime) -> int:
    """Begin the leaves whose first day has come, and end those whose last day is over.

    Returns:
        How many began or ended.
    """
    changed = 0
    # A day too many, since the day depends on the branch's zone.
    for leave in await leaves.standing_leaves(session, until=(now + timedelta(days=1)).date()):
        person = await session.get_one(Person, leave.person_id)
        today = now.astimezone((await for_unit(session, person.branch_id)).zone).date()
        if leave.last < today:
            await _end(session, leave, now=now)
        elif leave.begun_at is None and leave.first <= today:
            await begin(session, leave, now=now)
        else:
            continue
        changed += 1
    return changed


async def begin(session: AsyncSession, leave: Leave, *, now: datetime) -> None:
    """The first day has come."""
    person = await session.get_one(Person, leave.person_id)
    person.on_leave_until = leave.last
    leave.begun_at = now
    session.add_all([person, leave])
    await session.flush()
    if leave.agreed:
        await cover(session, leave, now=now)
    elif leave.agreed is False or leave.substitute_id is None or leave.asked_at < now:
        await hand_up(session, leave, now=now)


async def cover(session: AsyncSession, leave: Leave, *, now: datetime) -> None:
    """Lend the links and the open matters of whoever is away to the substitute, and tell them."""
    person = await session.get_one(Person, leave.person_id)
    substitute = await session.get_one(Person, leave.substitute_id)
    preset = await for_unit(session, person.branch_id)
    today = now.astimezone(preset.zone).date()
    held = {one.id for one in await roster.households_linked(session, _id(substitute.id), today)}
    households = await roster.households_linked(session, _id(person.id), today)
    for household in households:
        if household.id not in held:
            reason = _reason(leave)
            session.add(
                Link(
                    person_id=_id(substitute.id),
                    household_id=_id(household.id),
                    since=max(leave.first, today),
                    until=leave.last,
                    reason=reason,
                )
            )
    matters = await leaves.unfinished_assigned(session, _id(person.id))
    heads = "、".join(household.head for household in households)
    lines = "".join(f"\n#{matter.number} {short(matter.text)}" for matter in matters)
    none = say("leave.none", preset.name)
    text = say(
        "leave.cover_begins",
        preset.name,
        name=person.name,
        last=_day(leave.last, today),
        households=heads or none,
        matters=lines or none,
    )
    about = About("leave.begins", "leave", _id(leave.id), COVER, now, person.branch_id)
    # Before the matters themselves.
    await to_person(session, substitute, about, text, preset=preset, now=now, priority=Priority.MATTER)
    await session.flush()
    for matter in matters:
        await _lend(session, leave, matter, person, substitute, preset, now)


async def call_off(session: AsyncSession, leave: Leave, *, now: datetime) -> None:
    """Whoever is away is back early, or does not go; what is lent comes back at once."""
    person = await session.get_one(Person, leave.person_id)
    preset = await for_unit(session, person.branch_id)
    if leave.begun_at is not None:
        await _end(session, leave, now=now)
        return
    leave.ended_at = now
    session.add(leave)
    await outbox.cancel(
        session, subject_kind="leave", subject_id=_id(leave.id), kinds=["leave.ask"], by="called off", now=now
    )
    if leave.substitute_id is not None and leave.agreed is not False:
        today = now.astimezone(preset.zone).date()
        days = say("leave.days", first=_day(leave.first, today), last=_day(leave.last, today))
        text = say("leave.cover_off", preset.name, name=person.name, days=days)
        substitute = await session.get_one(Person, leave.substitute_id)
        about = About("leave.returned", "leave", _id(leave.id), "off", now, person.branch_id)
        await to_person(session, substitute, about, text, preset=preset, now=now)


async def _end(session: AsyncSession, leave: Leave, *, now: datetime) -> None:
    person = await session.get_one(Person, leave.person_id)
    preset = await for_unit(session, person.branch_id)
    today = now.astimezone(preset.zone).date()
    leave.ended_at = now
    leave.last = min(leave.last, today - timedelta(days=1))
    person.on_leave_until = None
    session.add_all([leave, person])
    if not leave.agreed or leave.substitute_id is None:
        about = About("leave.returned", "leave", _id(leave.id), "back", now, person.branch_id)
        await to_person(session, person, about, say("leave.back_alone", preset.name), preset=preset, now=now)
        return
    substitute = await session.get_one(Person, leave.substitute_id)
    links = await leaves.links_of_cover(session, _id(substitute.id), reason=_reason(leave))
    for link in links:
        link.until = leave.last
        session.add(link)
    returned = 0
    for lent, matter in await leaves.lent_now(session, _id(leave.id)):
        lent.returned_at = now
        session.add(lent)
        if matter.assignee_id == substitute.id and matter.status in _LENT:
            await _give_back(session, matter, person, preset, now)
            returned += 1
    await session.flush()
    kept = await leaves.unfinished_assigned(session, _id(substitute.id))
    new = any(leave.begun_at is not None and matter.created_at >= leave.begun_at for matter in kept)
    values = {
        "name": person.name,
        "substitute": substitute.name,
        "households": len(links),
        "matters": returned,
        "kept": say("leave.kept", preset.name) if new else "",
    }
    for one, sentence in ((substitute, "returned"), (person, "returned_own")):
        about = About("leave.returned", "leave", _id(leave.id), sentence, now, person.branch_id)
        await to_person(
            session, one, about, say(f"leave.{sentence}", preset.name, **values), preset=preset, now=now
        )


_LENT = (*RUNNING, MatterStatus.CLAIMED_SOLVED, MatterStatus.ON_LEDGER)


async def _lend(
    session: AsyncSession,
    leave: Leave,
    matter: Matter,
    person: Person,
    substitute: Person,
    preset: Preset,
    now: datetime,
) -> None:
    today = now.astimezone(preset.zone).date()
    last = _day(leave.last, today)
    session.add(LentMatter(leave_id=_id(leave.id), matter_id=id_of(matter)))
    note = say("leave.event_lent", preset.name, name=person.name, last=last, substitute=substitute.name)
    await _reassign(session, matter, substitute, note, preset, now)
    if matter.status not in RUNNING:
        return
    words = await words_for(session, matter, preset, now)
    text = "\n".join([*words.heading(), say("leave.lent", preset.name, name=person.name, last=last)])
    await _tell_one(session, words, substitute, LENT, text)


async def _give_back(
    session: AsyncSession, matter: Matter, person: Person, preset: Preset, now: datetime
) -> None:
    note = say("leave.event_returned", preset.name, name=person.name)
    await _reassign(session, matter, person, note, preset, now)
    if matter.status in RUNNING:
        words = await words_for(session, matter, preset, now)
        text = "\n".join([*words.heading(), say("leave.yours_again", preset.name)])
        await _tell_one(session, words, person, LENT, text)


async def _reassign(
    session: AsyncSession, matter: Matter, to: Person, note: str, preset: Preset, now: datetime
) -> None:
    matter.assignee_id = to.id
    matter.version += 1
    session.add(matter)
    add_event(session, matter, Move.REASSIGN, note, now)
    await outbox.cancel(
        session, subject_kind="matter", subject_id=id_of(matter), kinds=TO_HOLDERS, by="leave", now=now
    )
    await refresh(session, matter, preset=preset, now=now)


async def _tell_one(session: AsyncSession, words: MatterWords, person: Person, kind: str, text: str) -> None:
    matter = words.matter
    is_open = matter.status == MatterStatus.OPEN
    await to_person(
        session,
        person,
        about_matter(matter, kind, str(matter.version), words.now),
        text,
        preset=words.preset,
        now=words.now,
        priority=priority_of(matter),
        buttons=words.buttons() if is_open else words.buttons_in_hand(),
        breaks_quiet=matter.urgency == Urgency.EMERGENCY,
    )


async def hand_up(session: AsyncSession, leave: Leave, *, now: datetime) -> None:
    """Nobody stands in: open matters go to the next who answers for them, with all their time."""
    person = await session.get_one(Person, leave.person_id)
    preset = await for_unit(session, person.branch_id)
    today = now.astimezone(preset.zone).date()
    for matter in await leaves.unfinished_assigned(session, _id(person.id)):
        if matter.status not in RUNNING:
            continue
        words = await words_for(session, matter, preset, now)
        if not words.held:
            continue
        rung, holders = next(iter(words.held.items()))
        note = say("leave.event_handed_up", preset.name, name=person.name, to=words.who(rung))
        matter.status = after(Move.ESCALATE, MatterStatus(matter.status))
        put_on_rung(matter, rung, holders)
        matter.version += 1
        matter.warned_for = None
        above = [one for one in words.held if one != rung]
        urgency = Urgency(matter.urgency)
        matter.acknowledge_by = preset.ladder.acknowledge_by(urgency, now, above[0] if above else None)
        spare = preset.ladder.spans[urgency].warn_solve or timedelta()
        matter.solve_by = max(matter.solve_by or matter.acknowledge_by, matter.acknowledge_by + spare)
        session.add(matter)
        add_event(session, matter, Move.ESCALATE, note, now)
        await outbox.cancel(
            session, subject_kind="matter", subject_id=id_of(matter), kinds=TO_HOLDERS, by="leave", now=now
        )
        await session.flush()
        words = await words_for(session, matter, preset, now)
        above_now = words.next_rung
        sentence = "leave.handed_up" if above_now is not None else "leave.handed_up_top"
        told = say(
            sentence,
            preset.name,
            name=person.name,
            last=_day(leave.last, today),
            button=say("escalation.button_take", preset.name),
            acknowledge_by=words.when(matter.acknowledge_by),
            next="" if above_now is None else words.who(above_now),
        )
        about = about_matter(matter, "matter.escalated", f"leave{leave.id}", now)
        loud = urgency is not Urgency.NORMAL
        text = "\n".join([*words.heading(), told])
        await tell_holders(session, words, about, text, rungs=[rung_of(matter)], breaks_quiet=loud)
        await refresh(session, matter, preset=preset, now=now)


def _reason(leave: Leave) -> str:
    return f"{COVER}:{leave.id}"


def _day(day: date, today: date) -> str:
    return full_day_words(day, today=today)


def _id(value: int | None) -> int:
    if value is None:
        raise ValueError("the row has not been stored yet")
    return value
