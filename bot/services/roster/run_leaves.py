"""Leaves begin and end by themselves: what is lent for the days goes to the substitute and comes back.

With a substitute who has agreed, the links and the open matters of whoever is away are lent. Without one,
matters go to the next rung, and visits are excused. Kinds: `leave.begins`, `leave.returned` (subject
`leave`), and those of `bot.services.roster.matters_of_leave`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services.matters.matter_texts import short
from bot.services.notices.tell import About, to_person
from bot.services.notices.times import full_day_words
from bot.services.roster.matters_of_leave import MattersOfLeave
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage import outbox
from storage.outbox import Priority
from storage.queries import leaves, roster
from storage.tables import Leave, Link, Person

COVER = "cover"
"""Reason of a link that is lent."""


def reason_of_cover(leave: Leave) -> str:
    """Reason of the links that are lent for a leave."""
    return f"{COVER}:{leave.id}"


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
            session.add(
                Link(
                    person_id=_id(substitute.id),
                    household_id=_id(household.id),
                    since=max(leave.first, today),
                    until=leave.last,
                    reason=reason_of_cover(leave),
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
        last=full_day_words(leave.last, today=today),
        households=heads or none,
        matters=lines or none,
    )
    about = About("leave.begins", "leave", _id(leave.id), COVER, now, person.branch_id)
    # Before the matters themselves.
    await to_person(session, substitute, about, text, preset=preset, now=now, priority=Priority.MATTER)
    await session.flush()
    theirs = MattersOfLeave(session, leave, person, preset, now)
    for matter in matters:
        await theirs.lend(matter, substitute)


async def hand_up(session: AsyncSession, leave: Leave, *, now: datetime) -> None:
    """Nobody stands in: open matters go to the next who answers for them, with all their time."""
    person = await session.get_one(Person, leave.person_id)
    preset = await for_unit(session, person.branch_id)
    theirs = MattersOfLeave(session, leave, person, preset, now)
    for matter in await leaves.unfinished_assigned(session, _id(person.id)):
        await theirs.hand_up(matter)


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
        first, last = (full_day_words(day, today=today) for day in (leave.first, leave.last))
        days = say("leave.days", first=first, last=last)
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
    links = await leaves.links_of_cover(session, _id(substitute.id), reason=reason_of_cover(leave))
    for link in links:
        link.until = leave.last
        session.add(link)
    returned = await MattersOfLeave(session, leave, person, preset, now).take_back(substitute)
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


def _id(value: int | None) -> int:
    if value is None:
        raise ValueError("the row has not been stored yet")
    return value
