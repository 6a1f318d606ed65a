"""Answers for households: each is kept, and what holds is what they all come to.

Kinds (subject `roll_call`): `rollcall.dispute`, `rollcall.refused`, `rollcall.late`, `rollcall.complete`, to
those who decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roll_call import (
    Answer,
    AskedAs,
    CallStatus,
    EventKind,
    HouseholdState,
    Known,
    Source,
    known_from,
)
from bot.domain.roster import Actor
from bot.services.notices.tell import About, to_person
from bot.services.notices.times import span_words
from bot.services.rollcalls.asking import priority_of
from bot.services.rollcalls.cards import Buttons, button
from bot.services.rollcalls.standing import SUBJECT, Row, Standing
from bot.services.rollcalls.who_is_asked import deciding
from storage.queries import roll_calls
from storage.tables import Person, RollCallAsk, RollCallEvent


@dataclass(frozen=True, slots=True)
class Answering:
    """Somebody who answers in a roll-call, and by what right.

    asks: what they are asked in it. decides: they have the last word.
    chat_id, message_id: the message that says so; null: a press.
    """

    actor: Actor
    person: Person | None
    asks: Sequence[RollCallAsk]
    decides: bool
    chat_id: int | None = None
    message_id: int | None = None

    @property
    def key(self) -> str:
        """Who they are, the same for whatever they say."""
        if self.actor.person_id is not None:
            return f"p{self.actor.person_id}"
        return f"u{self.actor.telegram_id or 0}"

    def source_for(self, standing: Standing, household_id: int, state: HouseholdState) -> Source:
        """As what they answer for a household."""
        person_id = self.actor.person_id
        receives = person_id is not None and person_id == standing.call.receiver_id
        if receives and state is HouseholdState.MOVED:
            return Source.SHELTER
        reports = (AskedAs.MEMBER, AskedAs.GROUP)
        if any(ask.role in reports and household_id in ask.household_ids for ask in self.asks):
            return Source.MEMBER
        if self.person is not None and self.person.household_id == household_id:
            return Source.RESIDENT
        return Source.LEADER if self.decides else Source.NEIGHBOUR


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a household. people: of how many; null: no number was given."""

    state: HouseholdState
    people: int | None = None


async def record(
    session: AsyncSession, standing: Standing, said: Mapping[int, Said], by: Answering
) -> list[Row]:
    """Keep what somebody says of households, and what that comes to; what they have said before is not kept
    twice.

    standing: has at least these households; their rows change.

    Returns:
        The households of which something new was said.
    """
    wanted = {one: said[one] for one in said if one in standing.rows}
    given = await roll_calls.answers_of(session, standing.id, wanted)
    changed: list[Row] = []
    for household_id, what in wanted.items():
        row = standing.rows[household_id]
        before = [_answer(event) for event in given.get(household_id, ())]
        if _is_said(what, by.key, before):
            continue
        event = _event(standing, household_id, what, by)
        known, now_known = known_from(before), known_from([*before, _answer(event)])
        session.add(event)
        _settle(row, now_known, event)
        session.add(row.known)
        changed.append(row)
        await _tell_what_it_means(session, standing, row, known, now_known, event)
    if changed:
        await session.flush()
        await _whether_complete(session, standing)
        if standing.call.show_at is None:
            shown_at = standing.call.shown_at
            every = standing.preset.roll_call.board_every
            standing.call.show_at = standing.now if shown_at is None else max(standing.now, shown_at + every)
        session.add(standing.call)
    if changed and not standing.is_open:
        await _tell_late(session, standing, changed, by)
    return changed


def known_of(events: Sequence[RollCallEvent]) -> Known:
    """What the answers for a household come to, the oldest first."""
    return known_from([_answer(event) for event in events])


async def tell_deciding(
    session: AsyncSession,
    standing: Standing,
    kind: str,
    stage: str,
    text: str,
    *,
    buttons: Buttons = (),
    but: int | None = None,
) -> None:
    """Tell whoever opened the roll-call and the secretaries, but not the person with the key `but`."""
    today = standing.now.astimezone(standing.preset.zone).date()
    people = {one.id: one for one in await deciding(session, standing.call.branch_id, today)}
    if standing.call.asked_by_id is not None and standing.call.asked_by_id not in people:
        opener = await session.get_one(Person, standing.call.asked_by_id)
        if opener.telegram_id is not None:
            people[opener.id] = opener
    about = About(kind, SUBJECT, standing.id, stage, standing.now, standing.call.branch_id)
    for person in people.values():
        if person.id != but:
            await to_person(
                session,
                person,
                about,
                text,
                preset=standing.preset,
                now=standing.now,
                priority=priority_of(standing.call),
                buttons=buttons,
                breaks_quiet=True,
            )


def _is_said(what: Said, by: str, answers: Sequence[Answer]) -> bool:
    """Whether somebody's latest answer was the same, and nobody has said anything else since."""
    for answer in reversed(answers):
        if answer.by == by:
            return answer.state is what.state and what.people in (None, answer.people)
        if answer.state is not what.state:
            return False
    return False


def _event(standing: Standing, household_id: int, what: Said, by: Answering) -> RollCallEvent:
    return RollCallEvent(
        roll_call_id=standing.id,
        household_id=household_id,
        at=standing.now,
        kind=EventKind.ANSWER if standing.call.status == CallStatus.OPEN else EventKind.LATE,
        state=what.state,
        people=what.people,
        source=by.source_for(standing, household_id, what.state),
        clears=by.decides,
        by_id=by.actor.person_id,
        by_user_id=None if by.actor.person_id is not None else by.actor.telegram_id,
        by_name=by.actor.name,
        chat_id=by.chat_id,
        message_id=by.message_id,
    )


def _answer(event: RollCallEvent) -> Answer:
    return Answer(
        by=f"p{event.by_id}" if event.by_id is not None else f"u{event.by_user_id or 0}",
        source=Source(event.source or Source.NEIGHBOUR),
        state=HouseholdState(event.state or HouseholdState.UNCHECKED),
        at=event.at,
        people=event.people,
        clears=event.clears,
    )


def _settle(row: Row, known: Known, event: RollCallEvent) -> None:
    one = row.known
    if known.at == event.at and known.by == _answer(event).by:
        one.by_id, one.by_name = event.by_id, event.by_name
    one.state, one.state_at = known.state, known.at
    one.source, one.people = known.source, known.people
    one.confirmed, one.disputed = known.confirmed, known.doubted_by is not None


async def _tell_what_it_means(
    session: AsyncSession, standing: Standing, row: Row, before: Known, known: Known, event: RollCallEvent
) -> None:
    """A contradiction, and a household that will not go, are told to those who decide."""
    say = standing.say
    if known.doubted_by is not None and before.doubted_by is None:
        better, worse = sorted(
            (before.state, HouseholdState(event.state or "")), key=list(HouseholdState).index, reverse=True
        )
        stands = row.known.by_name or ""
        other = event.by_name if known.by == before.by else await _name_of(session, before.by)
        first = stands if known.state is worse else other
        text = say(
            "dispute",
            head=standing.head,
            household=row.head,
            first=first,
            first_state=standing.told(worse),
            second=other,
            second_state=standing.told(better),
            state=standing.told(known.state),
        )
        await tell_deciding(session, standing, "rollcall.dispute", f"h{row.id}.{event.at.timestamp()}", text)
    elif known.state is HouseholdState.REFUSED and before.state is not HouseholdState.REFUSED:
        text = say("refused_told", head=standing.head, household=row.head, by=event.by_name)
        stage = f"h{row.id}.{event.at.timestamp()}"
        await tell_deciding(session, standing, "rollcall.refused", stage, text, but=event.by_id)


async def _name_of(session: AsyncSession, speaker: str | None) -> str:
    if speaker is None or not speaker.startswith("p"):
        return ""
    return (await session.get_one(Person, int(speaker[1:]))).name


async def _whether_complete(session: AsyncSession, standing: Standing) -> None:
    call, missing = standing.call, await roll_calls.count_missing(session, standing.id)
    if missing:
        call.completed_at = None if call.status == CallStatus.OPEN else call.completed_at
        return
    if call.completed_at is not None or call.status != CallStatus.OPEN:
        return
    call.completed_at = standing.now
    total = len(await roll_calls.rows_of(session, standing.id))
    session.add(RollCallEvent(roll_call_id=standing.id, at=standing.now, kind=EventKind.COMPLETE))
    text = standing.say("complete", head=standing.head, total=total, span=span_words(standing.went_on))
    close = ((button(standing, "button_close", "close"),),)
    await tell_deciding(session, standing, "rollcall.complete", "complete", text, buttons=close)


async def _tell_late(session: AsyncSession, standing: Standing, rows: Sequence[Row], by: Answering) -> None:
    say = standing.say
    told = "、".join(say("noted_one", household=row.head, state=standing.told(row.state)) for row in rows)
    text = say("late_told", head=standing.head, told=told, by=by.actor.name)
    stage = f"{by.key}.{rows[0].id}.{await roll_calls.latest_event(session, standing.id)}"
    await tell_deciding(session, standing, "rollcall.late", stage, text, but=by.actor.person_id)
