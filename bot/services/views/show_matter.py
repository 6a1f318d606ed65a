"""`/matter N`: one matter in full, for those whom it concerns."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled, NotFound
from bot.domain.matters import Move, Outcome
from bot.services.chat.speaker import Speaking
from bot.services.matters import promises
from bot.services.matters.accused import is_accused
from bot.services.matters.acknowledge_matter import answers_for
from bot.services.matters.confirm_outcome import may_confirm
from bot.services.matters.looks import Onlooker, note_look
from bot.services.matters.matter_texts import holder_name, is_conduct, state_words
from bot.services.notices.times import moment_words
from bot.wording import say
from storage.queries import matters as matter_rows
from storage.tables import Household, Matter, MatterEvent

# Of these the note repeats what stands above, or is for the program.
_UNTOLD = frozenset(
    (Move.RAISE, Move.ACKNOWLEDGE, Move.TAKE_IN_HAND, Move.CLAIM_SOLVED, Move.CONFIRM, Move.REOPEN, Move.WARN)
)


async def show_matter(
    session: AsyncSession, number: int, speaking: Speaking, *, in_group: bool, now: datetime
) -> str:
    """A matter with its state and history.

    Whoever raised or holds it may see it, and those above them; one that is not private, every member.

    Raises:
        NotFound: the branch has no matter of this number.
        NotEntitled: it is private, and not theirs to see; or private, and asked for in a group.
    """
    matter = await matter_rows.matter_by_number(session, speaking.branch_id, number)
    if matter is None or is_accused(matter, speaking.actor.person_id):
        raise NotFound("matters.unknown_number", number=number)
    own = await may_confirm(session, matter, speaking) or await answers_for(
        session, matter, speaking, now=now
    )
    if (matter.private and (in_group or not own)) or not (own or speaking.actor.is_member):
        raise NotEntitled("help.private_only" if own else "matters.not_for_you", number=number)
    lines = await _lines(session, matter, speaking, now)
    who = Onlooker(speaking.actor.name, speaking.actor.person_id)
    await note_look(session, [matter], who, "chat", now=now)
    return "\n".join(lines)


async def _lines(session: AsyncSession, matter: Matter, speaking: Speaking, now: datetime) -> list[str]:
    preset = speaking.preset

    def line(sentence: str, /, **values: object) -> str:
        return say(f"matters.{sentence}", preset.name, **values)

    def when(moment: datetime) -> str:
        return moment_words(moment, now=now, zone=preset.zone)

    lines = [line("full", number=matter.number, text=matter.text)]
    if matter.household_id is not None:
        household = await session.get_one(Household, matter.household_id)
        lines.append(line("full_household", head=household.head, address=household.address).rstrip())
    lines.append(line("full_reporter", name=matter.reporter_name, at=when(matter.created_at)))
    lines.append(line("full_state", state=await state_words(session, matter, preset)))
    name = await holder_name(session, matter)
    if name is not None and not is_conduct(matter):
        lines.append(line("full_holder", name=name))
    if matter.acknowledge_by is not None:
        lines.append(line("full_deadlines", acknowledge_by=when(matter.acknowledge_by)))
    if matter.review_at is not None:
        lines.append(line("full_review", day=when(matter.review_at)))
    elif matter.solve_by is not None and matter.solved_at is None:
        lines.append(line("full_solve", solve_by=when(matter.solve_by)))
    lines += await promises.shown(session, matter, preset, today=now.astimezone(preset.zone).date())
    if matter.photos:
        lines.append(line("full_photos", count=len(matter.photos)))
    lines.append(line("full_history"))
    for event in (await matter_rows.events_of(session, [matter.id or 0])).get(matter.id or 0, []):
        what = _what(event, preset.name)
        by = "" if is_conduct(matter) else event.by_name
        lines.append(line("full_event", at=when(event.at), by=by, what=what))
    return lines


def _what(event: MatterEvent, preset: str) -> str:
    """What an event tells; the words of the matter itself are not repeated."""
    if event.kind == Move.CONFIRM and event.note in set(Outcome):
        return say("matters.event_confirm", preset, note=say(f"matters.outcome_{event.note}", preset))
    if event.kind == Move.CLAIM_SOLVED and event.note == Outcome.CANNOT_EXPLAINED:
        return say("matters.event_claim_impossible", preset)
    told = say(f"matters.event_{event.kind}", preset, note=event.note)
    shown = "" if event.kind in _UNTOLD else event.note
    return f"{told} {shown}".rstrip()
