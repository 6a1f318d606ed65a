"""A matter is given more time, or put on the problem ledger: its holder and its reporter learn why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roster import Actor
from bot.services.matters.matter_messages import refresh
from bot.services.matters.matter_words import MatterWords
from bot.services.matters.tell_holders import about_matter, id_of, priority_of
from bot.services.matters.tell_reporter import tell_reporter
from bot.services.notices.tell import to_person
from storage import outbox
from storage.tables import Person


@dataclass(frozen=True, slots=True)
class Waits:
    """Why a matter waits.

    what: `on_ledger` or `prolonged`: the sentence for the holder, with `reporter_` before it the reporter's.
    day: until when, in words. pointless: the kinds of notice that say no more what is so.
    """

    what: str
    by: Actor
    day: str
    reason: str
    pointless: Sequence[str]


async def tell_waiting(session: AsyncSession, words: MatterWords, waits: Waits, *, now: datetime) -> None:
    """Tell them, and take back what was to be said. Whoever has decided it is told nothing."""
    matter, by, preset = words.matter, waits.by, words.preset
    await outbox.cancel(
        session,
        subject_kind="matter",
        subject_id=id_of(matter),
        kinds=waits.pointless,
        by=f"{waits.what} by {by.name}",
        now=now,
    )
    if matter.assignee_id not in (None, by.person_id):
        holder = await session.get_one(Person, matter.assignee_id)
        about = about_matter(matter, f"matter.{waits.what}", str(matter.version), now)
        text = words.say(waits.what, name=by.name, day=waits.day, reason=waits.reason)
        await to_person(session, holder, about, text, preset=preset, now=now, priority=priority_of(matter))
    await tell_reporter(
        session,
        matter,
        words.say(f"reporter_{waits.what}", day=waits.day, reason=waits.reason),
        kind=f"matter.told_{waits.what}",
        stage=str(matter.version),
        preset=preset,
        now=now,
        but_not=by.telegram_id,
    )
    await refresh(session, matter, preset=preset, now=now)
