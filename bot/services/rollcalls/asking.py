"""Asks people in a roll-call: one message to each that changes as answers come in, and short reminders of it.

Kinds (subject `roll_call_ask`): `rollcall.<role>` (the message itself, by `domain.roll_call.AskedAs`),
`rollcall.call` (to look at it again). All of a roll-call breaks quiet hours and counts in no budget; it goes
out as an emergency, a drill as a matter does, so that it never stands before a real one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roll_call import AskedAs, EventKind
from bot.services.chat.answering import rewrite
from bot.services.rollcalls.boards import listing
from bot.services.rollcalls.cards import Card, card
from bot.services.rollcalls.standing import ASK, WHO_IS_CALLED, Row, Standing, id_of
from bot.services.rollcalls.who_is_asked import Asked
from storage import outbox
from storage.outbox import Draft, Priority
from storage.tables import Notice, Person, RollCall, RollCallAsk, RollCallEvent

CALL = "rollcall.call"
_LISTS = (AskedAs.OPENER, AskedAs.SECRETARY, AskedAs.TOWN)
_NAMED = 12  # households named in a reminder


def priority_of(call: RollCall) -> Priority:
    """How urgent the messages of a roll-call are."""
    return Priority.MATTER if call.drill else Priority.EMERGENCY


def kind_of(role: str) -> str:
    """The kind of the message that asks somebody."""
    return f"rollcall.{role}"


async def ask_all(
    session: AsyncSession, standing: Standing, asked: Asked, role: AskedAs, asks: list[RollCallAsk]
) -> int:
    """Ask people about their households. Whoever is asked already is only told of those that are new to them.

    asks: all of this roll-call; new ones are added.

    Returns:
        How many were asked, anew or about more.
    """
    known = {(ask.person_id, ask.role): ask for ask in asks}
    count = 0
    for person_id, household_ids in asked.households.items():
        ask = known.get((person_id, role))
        if ask is None:
            asks.append(await _ask(session, standing, asked.people[person_id], role, household_ids, asks))
            count += 1
            continue
        new = [one for one in household_ids if one not in ask.household_ids]
        if new:
            ask.household_ids = [*ask.household_ids, *new]
            session.add(ask)
            await show(session, standing, ask, asks)
            await remind(session, standing, ask, standing.within(new), sentence="nudge_more")
            count += 1
    return count


async def ask_to_decide(
    session: AsyncSession,
    standing: Standing,
    people: Collection[Person],
    role: AskedAs,
    asks: list[RollCallAsk],
) -> int:
    """Show people how it stands; whoever sees that already is left alone. Returns how many are new."""
    seeing = {ask.person_id for ask in asks if ask.role in _LISTS}
    new = [person for person in people if person.id not in seeing]
    for person in new:
        asks.append(await _ask(session, standing, person, role, [], asks))
    return len(new)


async def show(
    session: AsyncSession,
    standing: Standing,
    ask: RollCallAsk,
    asks: Sequence[RollCallAsk],
    *,
    changing: int | None = None,
) -> bool:
    """Let somebody's message say what holds now. Returns whether that is anything new.

    asks: all that the same person is asked in this roll-call; for those who decide, all that anybody is.
    """
    wanted = _card(standing, ask, asks, changing)
    shows, _, mark = ask.shown.partition(":")
    if mark == _mark(wanted) or ask.notice_id is None:
        return False
    notice = await session.get_one(Notice, ask.notice_id)
    ask.shown = f"{int(shows) + 1}:{_mark(wanted)}"
    session.add(ask)
    await rewrite(session, notice, wanted.text, mark=ask.shown, now=standing.now, buttons=wanted.buttons)
    if not any(row.state.is_missing for row in standing.within(ask.household_ids)):
        await outbox.cancel(
            session, subject_kind=ASK, subject_id=id_of(ask), kinds=[CALL], by="reported", now=standing.now
        )
    return True


async def remind(
    session: AsyncSession,
    standing: Standing,
    ask: RollCallAsk,
    rows: Sequence[Row],
    *,
    sentence: str = "nudge",
    expires_at: datetime | None = None,
) -> bool:
    """Draw somebody's attention to their message, in a short reply to it. Returns whether that is new.

    Whoever has not been sent the message yet is not reminded of it.
    """
    notice = None if ask.notice_id is None else await session.get_one(Notice, ask.notice_id)
    if notice is None or notice.state == outbox.PENDING:
        return False
    names = [row.head for row in rows[:_NAMED]]
    more = [standing.say("missing_more", count=len(rows) - _NAMED)] if len(rows) > _NAMED else []
    text = standing.say(sentence, head=standing.head, count=len(rows), names="、".join([*names, *more]))
    person = await session.get_one(Person, ask.person_id)
    draft = Draft(
        key=f"{CALL}:{ASK}:{ask.id}:{sentence}:{standing.now.isoformat()}",
        kind=CALL,
        priority=priority_of(standing.call),
        text=text,
        person_id=person.id,
        recipient=person.name,
        reply_to=notice.message_id,
        subject_kind=ASK,
        subject_id=id_of(ask),
        branch_id=standing.call.branch_id,
        breaks_quiet=True,
        expires_at=expires_at,
    )
    return await outbox.put(session, draft, now=standing.now) is not None


def first_number(ask: RollCallAsk, asks: Sequence[RollCallAsk]) -> int:
    """The number of somebody's first household: their lists are counted through."""
    if ask.role not in WHO_IS_CALLED:
        return 1
    before = [
        one
        for one in asks
        if one.person_id == ask.person_id and one.role == AskedAs.MEMBER and ask.role == AskedAs.GROUP
    ]
    return 1 + sum(len(one.household_ids) for one in before)


async def _ask(
    session: AsyncSession,
    standing: Standing,
    person: Person,
    role: AskedAs,
    household_ids: Sequence[int],
    asks: Sequence[RollCallAsk],
) -> RollCallAsk:
    ask = RollCallAsk(
        roll_call_id=standing.id,
        person_id=id_of(person),
        role=role,
        household_ids=list(household_ids),
        asked_at=standing.now,
    )
    session.add(ask)
    await session.flush()
    wanted = _card(standing, ask, asks, None)
    draft = Draft(
        key=f"{kind_of(role)}:{ASK}:{ask.id}",
        kind=kind_of(role),
        priority=priority_of(standing.call),
        text=wanted.text,
        person_id=person.id,
        recipient=person.name,
        buttons=wanted.buttons,
        subject_kind=ASK,
        subject_id=id_of(ask),
        branch_id=standing.call.branch_id,
        breaks_quiet=True,
    )
    notice = await outbox.put(session, draft, now=standing.now)
    ask.notice_id = None if notice is None else notice.id
    ask.shown = f"0:{_mark(wanted)}"
    session.add_all(
        [
            ask,
            RollCallEvent(
                roll_call_id=standing.id,
                at=standing.now,
                kind=EventKind.ASKED,
                by_id=person.id,
                by_name=person.name,
                note=f"{role} {len(household_ids)}",
            ),
        ]
    )
    return ask


def _card(
    standing: Standing,
    ask: RollCallAsk,
    asks: Sequence[RollCallAsk],
    changing: int | None,
) -> Card:
    if ask.role in _LISTS:
        reported = {one for other in asks if other.role == AskedAs.MEMBER for one in other.household_ids}
        return listing(standing, ask, [row for row in standing.missing if row.id not in reported])
    return card(standing, ask, first=first_number(ask, asks), changing=changing)


def _mark(wanted: Card) -> str:
    return hashlib.blake2s(repr(wanted).encode(), digest_size=8).hexdigest()
