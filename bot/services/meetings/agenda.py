"""The agenda of a Party day: the matters that it should talk about, and what the secretary adds.

Private matters and those that accuse somebody are nobody's to discuss, and never stand on it, not even
when they become so later. Nobody is named on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import UNFINISHED, MatterStatus
from bot.domain.meetings import Why
from bot.domain.preset import Preset
from bot.domain.promises import PromiseState
from bot.services.matters.matter_texts import is_conduct, is_overdue, short, state_words
from bot.services.matters.recurrences import is_recurring
from bot.services.notices.times import plain_day_words
from bot.wording import say
from storage.queries import matters as matter_rows
from storage.queries import meetings, voices
from storage.queries.promises import promises_of
from storage.tables import ActivitySession, AgendaItem, Matter, Promise

_ORDER = tuple(Why)
_GONE = (MatterStatus.WITHDRAWN, MatterStatus.MERGED)


@dataclass(frozen=True, slots=True)
class _Candidate:
    matter: Matter
    why: Why


async def draft_agenda(
    session: AsyncSession, held: ActivitySession, preset: Preset, *, first: bool, now: datetime
) -> list[AgendaItem]:
    """Put the matters on the agenda that belong there and have never stood on it.

    first: it has not been drafted yet. Later only what has come to recur, or whose promise has passed, is
        added.

    Returns:
        The items added.
    """
    known = await meetings.matters_ever_on(session, held.id or 0)
    room = preset.meetings.agenda_most - len(await meetings.agenda_of(session, held.id or 0))
    added: list[AgendaItem] = []
    for one in await _candidates(session, held, preset, now):
        if len(added) >= room or one.matter.id in known:
            continue
        if first or one.why in (Why.RECURRING, Why.BROKEN):
            told = short(one.matter.text)
            added.append(await add_item(session, held, told, why=one.why, matter=one.matter))
    return added


async def add_item(
    session: AsyncSession, held: ActivitySession, text: str, *, why: Why, matter: Matter | None = None
) -> AgendaItem:
    """Put something on the agenda, below what stands there."""
    item = AgendaItem(
        session_id=held.id or 0,
        position=await meetings.last_position(session, held.id or 0) + 1,
        matter_id=None if matter is None else matter.id,
        why=why,
        text=text,
    )
    session.add(item)
    await session.flush()
    return item


async def shown_items(session: AsyncSession, held: ActivitySession) -> list[tuple[AgendaItem, Matter | None]]:
    """The items that may be shown, with their matters."""
    found = []
    for item in await meetings.agenda_of(session, held.id or 0):
        matter = None if item.matter_id is None else await session.get_one(Matter, item.matter_id)
        if matter is None or _may_be_discussed(matter):
            found.append((item, matter))
    return found


async def agenda_lines(session: AsyncSession, held: ActivitySession, preset: Preset) -> list[str]:
    """The agenda, a line each; empty when nothing stands on it."""
    lines = []
    for item, matter in await shown_items(session, held):
        if matter is None:
            line = say("meetings.agenda_words", preset.name, position=item.position, text=item.text)
        else:
            line = say(
                "meetings.agenda_matter",
                preset.name,
                position=item.position,
                number=matter.number,
                text=item.text,
                why=await _why_words(session, item, matter, preset),
            )
        lines.append(line)
        if item.decision:
            lines.append(say("meetings.agenda_decision", preset.name, decision=item.decision))
    return lines


async def _candidates(
    session: AsyncSession, held: ActivitySession, preset: Preset, now: datetime
) -> list[_Candidate]:
    since = now - timedelta(days=preset.recurrence_days)
    unfinished = await matter_rows.unfinished_in_branch(session, held.branch_id)
    recurring = [
        one
        for one in await voices.raised_since(session, held.branch_id, since=since)
        if is_recurring(one, preset)
    ]
    matters = {one.id or 0: one for one in [*unfinished, *recurring] if _may_be_discussed(one)}
    promises = await promises_of(session, list(matters))
    found = [
        _Candidate(matter, _why(matter, promises.get(key, []), held, preset, now))
        for key, matter in matters.items()
    ]
    return sorted(found, key=lambda one: (_ORDER.index(one.why), one.matter.number))


def _why(
    matter: Matter, promises: list[Promise], held: ActivitySession, preset: Preset, now: datetime
) -> Why:
    if is_recurring(matter, preset):
        return Why.RECURRING
    latest = promises[-1] if promises else None
    if latest is not None and latest.state == PromiseState.BROKEN:
        return Why.BROKEN
    if latest is not None and latest.state == PromiseState.STANDING and latest.due <= held.day:
        return Why.PROMISED
    if matter.status == MatterStatus.ON_LEDGER:
        return Why.ON_LEDGER
    return Why.OVERDUE if is_overdue(matter, now) else Why.OPEN


async def _why_words(session: AsyncSession, item: AgendaItem, matter: Matter, preset: Preset) -> str:
    """Why it stands there, and how it stands now: a matter settled meanwhile says so."""
    state = await state_words(session, matter, preset)
    if matter.status not in UNFINISHED and item.why != Why.RECURRING:
        return state
    latest = (await promises_of(session, [matter.id or 0])).get(matter.id or 0, [])
    day = plain_day_words(latest[-1].due) if latest else ""
    times = len(matter.recurs) + 1
    why = say(f"meetings.why_{item.why}", preset.name, times=times, day=day)
    return why if item.why in (Why.ON_LEDGER, Why.PROMISED, Why.BROKEN) else f"{why}，{state}"


def _may_be_discussed(matter: Matter) -> bool:
    return not (matter.private or matter.accused_ids or is_conduct(matter) or matter.status in _GONE)
