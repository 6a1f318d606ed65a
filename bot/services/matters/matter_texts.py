"""A matter in one line, for lists and answers."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Urgency
from bot.domain.matters import MatterStatus, Move, Outcome
from bot.domain.preset import Preset
from bot.services.matters.tell_holders import TELLING
from bot.wording import say
from storage.queries.matters import events_of
from storage.queries.tellings import RUNNING, people_addressed
from storage.tables import Matter, MatterEvent, Person

_SHORT = 24  # characters of a matter's words that tell it from others


def short(text: str) -> str:
    """The beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[:_SHORT]}…"


async def holder_name(session: AsyncSession, matter: Matter) -> str | None:
    """Name of the one who holds a matter; null when nobody could be found."""
    if matter.assignee_id is None:
        return None
    return (await session.get_one(Person, matter.assignee_id)).name


def status_words(matter: Matter, preset: Preset) -> str:
    """Where a matter stands, with its outcome when it has one."""
    if matter.status == MatterStatus.CLOSED and matter.outcome is not None:
        return say(f"matters.outcome_{matter.outcome}", preset.name)
    return say(f"matters.status_{matter.status}", preset.name)


async def public_line(
    session: AsyncSession, matter: Matter, preset: Preset, *, privately: bool = False
) -> str:
    """What a group reads of a matter: number, words, holder and state; of a private one only the number.

    privately: said to the one who raised it, in their own chat.
    """
    name = await holder_name(session, matter)
    sentence = _line(matter, named=name is not None, hidden=matter.private and not privately)
    if sentence in ("emergency", "private_emergency"):
        told = await people_addressed(session, matter.id or 0, TELLING)
        name = say("escalation.and", preset.name).join(person.name for person in told) or name
    elif sentence in ("held", "private") and await _was_reopened(session, matter):
        sentence = f"{sentence}_again"
    return say(
        f"matters.line_{sentence}",
        preset.name,
        number=matter.number,
        told=short(matter.text),
        name=name,
        state=await state_words(session, matter, preset),
    )


async def state_words(session: AsyncSession, matter: Matter, preset: Preset) -> str:
    """As `status_words`; of a matter that is claimed to be impossible to solve, just that."""
    if matter.status == MatterStatus.CLAIMED_SOLVED and await is_claimed_impossible(session, matter):
        return say("matters.status_claimed_impossible", preset.name)
    if matter.merged_into_id is not None:
        older = await session.get_one(Matter, matter.merged_into_id)
        return say("matters.status_merged_into", preset.name, number=older.number)
    return status_words(matter, preset)


async def is_claimed_impossible(session: AsyncSession, matter: Matter) -> bool:
    """Whether its holder has said last that it can't be solved and that this has been explained."""
    claims = [event for event in await _events(session, matter) if event.kind == Move.CLAIM_SOLVED]
    return bool(claims) and claims[-1].note == Outcome.CANNOT_EXPLAINED


async def _was_reopened(session: AsyncSession, matter: Matter) -> bool:
    return any(event.kind == Move.REOPEN for event in await _events(session, matter))


async def _events(session: AsyncSession, matter: Matter) -> list[MatterEvent]:
    return (await events_of(session, [matter.id or 0])).get(matter.id or 0, [])


def _line(matter: Matter, *, named: bool, hidden: bool) -> str:
    """Which sentence says how a matter stands."""
    if matter.status != MatterStatus.OPEN:
        taken = matter.status in (MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND)
        if taken and named and not hidden and not is_conduct(matter):
            return "taken"
        return "private_state" if hidden else "state"
    if is_conduct(matter):
        return "private" if hidden else "conduct"
    if matter.urgency == Urgency.EMERGENCY and named:
        return "private_emergency" if hidden else "emergency"
    if hidden:
        return "private"
    return "held" if named else "unheld"


def is_overdue(matter: Matter, now: datetime) -> bool:
    """Whether somebody should have taken a matter on, or solved it, and has not."""
    if matter.status not in RUNNING:
        return False
    deadline = matter.acknowledge_by if matter.status == MatterStatus.OPEN else matter.solve_by
    first = matter.first_solve_by
    return any(moment is not None and moment <= now for moment in (deadline, first))


def is_conduct(matter: Matter) -> bool:
    """Whether it may accuse somebody: then nobody is named as its holder."""
    return matter.category == "discipline"
