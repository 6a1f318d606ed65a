"""Somebody tells the same as a matter that is open: they join it, and with them a matter of their own.

The matter stays the older one with its number and clocks. When enough households tell it, its clocks
run faster; when the new telling is more urgent, it is as urgent as that from now on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Urgency
from bot.domain.errors import NotPossible
from bot.domain.inbound import Inbound
from bot.domain.matters import UNFINISHED, MatterStatus, Move
from bot.domain.preset import Preset
from bot.domain.roster import Actor
from bot.services.matters.amend_matter import is_harder, tell_again
from bot.services.matters.matter_messages import refresh
from bot.services.matters.move_matter import move
from bot.services.matters.tell_holders import about_matter, add_event, id_of, priority_of, words_for
from bot.services.notices import notify
from bot.services.notices.tell import to_person
from bot.services.roster.parameters import for_unit
from storage.queries import matters as matter_rows
from storage.queries.co_reporters import co_reporter_of, co_reporters_of
from storage.tables import CoReporter, Matter, Person

_RUNNING = (MatterStatus.OPEN, MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND)
_STARTS = (Move.RAISE, Move.ESCALATE, Move.HAND_UP, Move.REOPEN, Move.RESUME)  # of its clocks


@dataclass(frozen=True, slots=True)
class Joining:
    """Who joins, by which message, in which words. merged: the matter of their own that they give up."""

    by: Actor
    household_id: int | None
    chat_id: int
    message_id: int
    text: str
    merged: Matter | None = None


def joining_by_word(by: Actor, person: Person | None, inbound: Inbound) -> Joining:
    """Somebody says "here too" in answer to a matter."""
    household = None if person is None else person.household_id
    return Joining(by, household, inbound.chat_id, inbound.message_id, inbound.text)


async def join_matter(
    session: AsyncSession, matter: Matter, joining: Joining, *, now: datetime
) -> CoReporter | None:
    """Make somebody a co-reporter of an unfinished matter, and tell its holder.

    Returns:
        The co-reporter; null when they raised it themselves, have joined before, or write anonymously.

    Raises:
        NotPossible: it is over.
    """
    if matter.status not in UNFINISHED:
        raise NotPossible(f"matters.refused_{matter.status}", number=matter.number)
    who = joining.by
    if who.telegram_id is None or who.telegram_id == matter.reporter_telegram_id:
        return None
    if await co_reporter_of(session, id_of(matter), who.telegram_id) is not None:
        return None
    joined = CoReporter(
        matter_id=id_of(matter),
        person_id=who.person_id,
        telegram_id=who.telegram_id,
        name=who.name,
        household_id=joining.household_id,
        joined_at=now,
        merged_id=None if joining.merged is None else joining.merged.id,
        chat_id=joining.chat_id,
        message_id=joining.message_id,
        text=joining.text,
    )
    session.add(joined)
    await session.flush()
    await move(session, matter, Move.JOIN, by=who, now=now, note=_note(joining))
    preset = await for_unit(session, matter.branch_id)
    matter.voices = await _households(session, matter)
    hurried = await _hurry(session, matter, preset, now)
    session.add(matter)
    await session.flush()
    await _tell_holder(session, matter, joined, preset, hurried=hurried, now=now)
    return joined


async def merge_into(
    session: AsyncSession, newer: Matter, older: Matter, by: Actor, *, now: datetime
) -> None:
    """Put a matter into an older one that tells the same; its reporter and co-reporters join that one.

    Raises:
        NotPossible: one of them is over, or the newer one is said to be solved.
    """
    if older.status not in UNFINISHED or older.id == newer.id:
        raise NotPossible(f"matters.refused_{older.status}", number=older.number)
    await move(session, newer, Move.MERGE, by=by, now=now, note=f"#{older.number}")
    newer.merged_into_id = older.id
    await notify.matter_ended(session, newer, by=f"merged into #{older.number}", now=now)
    preset = await for_unit(session, newer.branch_id)
    await refresh(session, newer, preset=preset, now=now)
    for joining in await _all_of(session, newer):
        await join_matter(session, older, joining, now=now)
    older.photos = [*older.photos, *(photo for photo in newer.photos if photo not in older.photos)]
    await _take_urgency(session, older, newer, now)
    session.add(older)
    await refresh(session, older, preset=preset, now=now)


async def _all_of(session: AsyncSession, matter: Matter) -> list[Joining]:
    """Everybody who tells a matter, its reporter first, as they join another."""
    person = None
    if matter.reporter_person_id is not None:
        person = await session.get(Person, matter.reporter_person_id)
    reporter = Joining(
        Actor(matter.reporter_name, matter.reporter_telegram_id, matter.reporter_person_id),
        matter.household_id if person is None else person.household_id or matter.household_id,
        matter.chat_id,
        matter.message_id,
        matter.text,
        matter,
    )
    others = await co_reporters_of(session, id_of(matter))
    return [
        reporter,
        *(
            Joining(
                Actor(one.name, one.telegram_id, one.person_id),
                one.household_id,
                one.chat_id,
                one.message_id,
                one.text,
            )
            for one in others
        ),
    ]


async def _households(session: AsyncSession, matter: Matter) -> int:
    """How many households tell a matter; people whose household is not known count one each."""
    joined = await co_reporters_of(session, id_of(matter))
    known = {matter.household_id, *(one.household_id for one in joined)} - {None}
    unknown = [one for one in joined if one.household_id is None]
    return len(known) + len(unknown) + (matter.household_id is None)


async def _hurry(session: AsyncSession, matter: Matter, preset: Preset, now: datetime) -> bool:
    """Reckon the clocks anew from their start when that many households tell it. Whether one ends sooner.

    The holder always has the time of a warning left.
    """
    if matter.voices < preset.hurry_from or matter.status not in _RUNNING:
        return False
    urgency, rules = Urgency(matter.urgency), preset.ladder_for(matter.voices)
    events = (await matter_rows.events_of(session, [id_of(matter)])).get(id_of(matter), [])
    start = max((event.at for event in events if event.kind in _STARTS), default=matter.created_at)
    before = (matter.acknowledge_by, matter.solve_by)
    spans = rules.spans[urgency]
    if matter.acknowledge_by is not None:
        least = now + (spans.warn_acknowledge or spans.acknowledge / 2)
        sooner = max(rules.acknowledge_by(urgency, start), least)
        matter.acknowledge_by = min(matter.acknowledge_by, sooner)
    if matter.solve_by is not None:
        least = now + (spans.warn_solve or spans.solve / 2)
        matter.solve_by = min(matter.solve_by, max(rules.solve_by(urgency, start), least))
    if (matter.acknowledge_by, matter.solve_by) == before:
        return False
    words = await words_for(session, matter, preset, now)
    add_event(session, matter, Move.AMEND, words.say("event_hurry", count=matter.voices), now)
    return True


async def _take_urgency(session: AsyncSession, older: Matter, newer: Matter, now: datetime) -> None:
    """The more urgent of two tellings counts: whoever has to act then is told, and no clock ends later."""
    if not is_harder(Urgency(newer.urgency), Urgency(older.urgency)):
        return
    if older.status not in _RUNNING:
        older.urgency = newer.urgency
        return
    ends = (older.acknowledge_by, older.solve_by)
    older.urgency = newer.urgency
    await tell_again(session, older, now)
    if older.acknowledge_by is not None:
        older.acknowledge_by = _sooner(older.acknowledge_by, ends[0])
    older.solve_by = _sooner(older.solve_by, ends[1])


def _sooner(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((moment for moment in (one, other) if moment is not None), default=None)


async def _tell_holder(
    session: AsyncSession, matter: Matter, joined: CoReporter, preset: Preset, *, hurried: bool, now: datetime
) -> None:
    holder = None if matter.assignee_id is None else await session.get(Person, matter.assignee_id)
    if holder is None or holder.telegram_id in (None, joined.telegram_id):
        return
    words = await words_for(session, matter, preset, now)
    lines = [words.say("joined", name=joined.name, text=joined.text, count=matter.voices)]
    if hurried:
        sentence = "joined_hurry_open" if matter.acknowledge_by is not None else "joined_hurry"
        lines.append(words.say(sentence, count=matter.voices))
    await to_person(
        session,
        holder,
        about_matter(matter, "matter.joined", f"c{joined.id}", now),
        "\n".join(lines),
        preset=preset,
        now=now,
        priority=priority_of(matter),
    )


def _note(joining: Joining) -> str:
    return joining.text if joining.merged is None else f"#{joining.merged.number} {joining.text}"
