"""A roll-call is opened in one line, at once; what may be a mistake waits for one press.

A flood does not wait for a second press: with an emergency or a drill in the line the roll-call begins, and
can be taken back. Where the line may mean something else ("点名 李建国 到会"), or another is open, a draft is
kept and its opener asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.inbound import Inbound
from bot.domain.roll_call import AskedAs, CallStatus, EventKind, HouseholdState, next_call
from bot.secrets import mask_numbers_in
from bot.services.chat.answering import Buttons
from bot.services.chat.speaker import Speaking
from bot.services.rollcalls.asking import ask_all, ask_to_decide
from bot.services.rollcalls.cards import button
from bot.services.rollcalls.households_called import Called, households_called
from bot.services.rollcalls.show_calls import show_boards
from bot.services.rollcalls.standing import Standing, head_of, id_of, load
from bot.services.rollcalls.who_is_asked import Asked, deciding, residents, responsible
from bot.text.roll_call import residents_in
from bot.wording import say
from storage.queries import roll_calls, roster
from storage.tables import Person, RollCall, RollCallEvent, RollCallHousehold


@dataclass(frozen=True, slots=True)
class Opened:
    """What is said to whoever has asked for a roll-call, and the buttons below.

    told: they have a message of their own that shows how it stands, with all buttons.
    """

    text: str
    buttons: Buttons = ()
    told: bool = False


async def open_roll_call(
    session: AsyncSession, said: str, speaking: Speaking, inbound: Inbound, *, command: bool, now: datetime
) -> Opened:
    """Open what a line asks for, or keep it until its opener has pressed.

    said: the line, or what follows the command.

    Raises:
        NotEntitled: somebody else opens roll-calls.
        NotFound, NotPossible: it can't be so, with what to write instead.
    """
    asked_for = await households_called(session, said, speaking, command=command)
    answers = [await _draft_or_open(session, called, inbound, now=now) for called in asked_for]
    if len(answers) == 1:
        return answers[0]
    lines = [say("roll_call.opened_villages", villages=len(answers)), *(one.text for one in answers)]
    return Opened("\n".join(lines), tuple(row for one in answers for row in one.buttons))


async def start(session: AsyncSession, call: RollCall, *, now: datetime) -> Standing:
    """A draft begins: its households are asked for, and everybody is told."""
    call.status, call.opened_at = CallStatus.OPEN, now
    session.add(
        RollCallEvent(
            roll_call_id=id_of(call),
            at=now,
            kind=EventKind.OPENED,
            by_id=call.asked_by_id,
            by_name=call.asked_by_name,
            note=call.title,
            chat_id=call.chat_id,
            message_id=call.message_id,
        )
    )
    await _add_households(session, call, call.household_ids)
    standing = await load(session, call, now=now)
    call.next_call_at = next_call(now, 0, standing.preset.roll_call)
    call.shown_at = now
    session.add(call)
    await ask_everybody(session, standing)
    await show_boards(session, standing)
    return standing


async def join(session: AsyncSession, into: RollCall, draft: RollCall, *, now: datetime) -> int:
    """The households of a draft are asked for in a roll-call that is open. Returns how many are new there."""
    added = await _add_households(session, into, draft.household_ids)
    if added:
        into.completed_at = None
        into.scope = say("roll_call.scope_joined", first=into.scope, second=draft.scope)
        standing = await load(session, into, now=now)
        session.add_all(
            [
                into,
                RollCallEvent(
                    roll_call_id=id_of(into),
                    at=now,
                    kind=EventKind.JOINED,
                    by_id=draft.asked_by_id,
                    by_name=draft.asked_by_name,
                    note=draft.title,
                    chat_id=draft.chat_id,
                    message_id=draft.message_id,
                ),
            ]
        )
        await ask_everybody(session, standing)
        await show_boards(session, standing)
    return added


async def ask_everybody(session: AsyncSession, standing: Standing) -> None:
    """Ask those who report and those who live there, and show whoever opened it how it stands."""
    today = standing.now.astimezone(standing.preset.zone).date()
    households = [row.household for row in standing.rows.values()]
    asks = await roll_calls.asks_of(session, standing.id)
    asked = await responsible(session, standing.call.branch_id, households, today)
    await ask_all(session, standing, asked, AskedAs.MEMBER, asks)
    at_home = await residents(session, households)
    for person_id in asked.households:  # who reports on a list has their own home among what they know
        at_home.households.pop(person_id, None)
    await ask_all(session, standing, at_home, AskedAs.RESIDENT, asks)
    opener = None
    if standing.call.asked_by_id is not None:
        opener = await session.get(Person, standing.call.asked_by_id)
    if opener is not None and await roll_calls.writable(session, [opener.telegram_id or 0]):
        await ask_to_decide(session, standing, [opener], AskedAs.OPENER, asks)
    if opener is None or opener.branch_id != standing.call.branch_id:  # the town has opened it
        here = await deciding(session, standing.call.branch_id, today)
        await ask_to_decide(session, standing, here, AskedAs.SECRETARY, asks)


async def _draft_or_open(session: AsyncSession, called: Called, inbound: Inbound, *, now: datetime) -> Opened:
    place, opening, households = called.place, called.opening, called.households
    name, branch_id = place.preset.name, place.branch_id
    already = await roll_calls.calls_of_message(session, inbound.chat_id, inbound.message_id)
    if any(one.branch_id == branch_id for one in already):
        return Opened("", told=True)  # the same line came twice
    call = RollCall(
        branch_id=branch_id,
        title=mask_numbers_in(opening.title) or say("roll_call.untitled", name),
        scope=called.words(),
        drill=opening.drill,
        status=CallStatus.DRAFT,
        household_ids=[id_of(one) for one in households],
        asked_by_id=place.actor.person_id,
        asked_by_name=place.actor.name,
        asked_at=now,
        chat_id=inbound.chat_id,
        message_id=inbound.message_id,
        topic_id=inbound.topic_id,
    )
    session.add(call)
    await session.flush()
    others = [
        one for one in await roll_calls.calls_heard(session, [branch_id], since=now) if _beside(one, call)
    ]
    today = place.day_of(now)
    asked = await responsible(session, branch_id, households, today)
    values = {"head": head_of(call, place.preset), "households": len(households), "people": len(asked.people)}
    draft = Standing(call, place.preset, {}, now)
    no = button(draft, "button_no", "no")
    if others:
        choices = (button(draft, "button_join", "join"), button(draft, "button_apart", "open"))
        text = draft.say("ask_join", open=head_of(others[0], place.preset), **values)
        return Opened(text, (choices, (no,)))
    if not opening.sure:
        return Opened(draft.say("ask_open", **values), ((button(draft, "button_open", "open"), no),))
    standing = await start(session, call, now=now)
    text = "\n".join([draft.say("opened", **values), *_alone(standing, asked)])
    opener = place.actor.person_id or 0
    told = any(ask.role == AskedAs.OPENER for ask in await roll_calls.asks_of(session, standing.id, opener))
    return Opened(text, () if told else ((button(draft, "button_undo", "undo"),),), told=told)


def _alone(standing: Standing, asked: Asked) -> list[str]:
    """The households about which nobody can be asked."""
    if not asked.nobody:
        return []
    names = "、".join(row.head for row in standing.within(asked.nobody))
    return [standing.say("opened_alone", households=len(asked.nobody), names=names)]


def _beside(other: RollCall, call: RollCall) -> bool:
    return other.id != call.id and other.status == CallStatus.OPEN and other.drill == call.drill


async def _add_households(session: AsyncSession, call: RollCall, household_ids: Sequence[int]) -> int:
    """Ask for these households as well; those asked for already stay as they are."""
    there = {row.household_id for row, _ in await roll_calls.rows_of(session, id_of(call))}
    new = set(household_ids) - there
    households = [one for one in await roster.households_of_branch(session, call.branch_id) if one.id in new]
    session.add_all(
        RollCallHousehold(
            roll_call_id=id_of(call),
            household_id=id_of(one),
            state=HouseholdState.UNCHECKED,
            residents=residents_in(one.note),
        )
        for one in households
    )
    await session.flush()
    return len(households)
