"""Somebody presses a button of a roll-call: a state, a page, or what is to become of it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Press
from bot.domain.errors import NotEntitled, NotFound, Stale
from bot.domain.roll_call import AskedAs, CallStatus, HouseholdState
from bot.secrets import Secrets, WrongKey
from bot.services.chat.speaker import Speaking
from bot.services.rollcalls.answers import Answering, Said, record
from bot.services.rollcalls.asking import show
from bot.services.rollcalls.cards import PER_PAGE
from bot.services.rollcalls.close_call import close, withdraw
from bot.services.rollcalls.open_call import join, start
from bot.services.rollcalls.run_calls import call_again
from bot.services.rollcalls.standing import Row, Standing, id_of, load, load_some
from bot.services.rollcalls.who_is_asked import may_decide
from storage.queries import roll_calls
from storage.tables import AuditEntry, Person, RollCall, RollCallAsk


async def press_roll_call(session: AsyncSession, press: Press, speaking: Speaking, *, now: datetime) -> str:
    """Do what a button says; returns the words shown to whoever has pressed.

    Raises:
        NotFound: there is no such button.
        NotEntitled: it is not theirs.
        Stale, NotPossible: it can't be done any more.
    """
    call = await session.get(RollCall, press.id)
    if call is None:
        raise NotFound("questions.bad_button")
    if press.choice in _DECISIONS:
        return await _decide(session, call, press.choice, speaking, now)
    if call.status == CallStatus.WITHDRAWN:
        raise Stale("roll_call.gone")
    return await _Pressing(session, call, speaking, now).do(press.choice)


async def show_phone(
    session: AsyncSession, press: Press, speaking: Speaking, secrets: Secrets | None, *, now: datetime
) -> str:
    """A member's phone number, for whoever decides in a roll-call. It is shown, never written anywhere.

    Raises:
        NotEntitled: somebody else has pressed.
        NotFound: there is no such button.
    """
    call = await session.get(RollCall, int(press.choice)) if press.choice.isdecimal() else None
    person = await session.get(Person, press.id)
    if call is None or person is None:
        raise NotFound("questions.bad_button")
    if not await _decides(session, call, speaking):
        raise NotEntitled("roll_call.decide_only")
    standing = await load_some(session, call, (), now=now)
    if person.phone_encrypted is None:
        return standing.say("phone_none", name=person.name)
    try:
        number = None if secrets is None else secrets.decrypt_phone(person.phone_encrypted)
    except WrongKey:
        number = None
    if number is None:
        return standing.say("phone_shut")
    session.add(
        AuditEntry(
            at=now,
            by_person_id=speaking.actor.person_id,
            by_name=speaking.actor.name,
            action="phone.view",
            subject=person.name,
            detail=f"roll-call {call.id}",
        )
    )
    return standing.say("phone", name=person.name, number=number)


_DECISIONS = ("open", "no", "join", "undo", "close", "again")


async def _decide(
    session: AsyncSession, call: RollCall, choice: str, speaking: Speaking, now: datetime
) -> str:
    if not await _decides(session, call, speaking):
        raise NotEntitled("roll_call.decide_only")
    if choice in ("open", "no", "join"):
        return await _settle_draft(session, call, choice, now)
    if call.status != CallStatus.OPEN:
        raise Stale("roll_call.gone" if call.status == CallStatus.WITHDRAWN else "roll_call.over")
    standing = await load(session, call, now=now)
    if choice == "close":
        await close(session, standing, speaking.actor)
        return standing.say("closed")
    if choice == "undo":
        await withdraw(session, standing, speaking.actor)
        return standing.say("withdrawn")
    asks = await roll_calls.asks_of(session, id_of(call))
    count = await call_again(session, standing, asks)
    return standing.say("called_again", count=count) if count else standing.say("called_nobody")


async def _settle_draft(session: AsyncSession, call: RollCall, choice: str, now: datetime) -> str:
    if call.status != CallStatus.DRAFT:
        raise Stale("roll_call.settled")
    standing = await load_some(session, call, (), now=now)
    if choice == "open":
        await start(session, call, now=now)
        return standing.say("started")
    call.status, call.closed_at = CallStatus.WITHDRAWN, now
    session.add(call)
    if choice == "no":
        return standing.say("dropped")
    others = await roll_calls.calls_heard(session, [call.branch_id], since=now)
    into = next((one for one in others if one.status == CallStatus.OPEN and one.drill == call.drill), None)
    if into is None:  # over in the meantime
        await start(session, call, now=now)
        return standing.say("started")
    added = await join(session, into, call, now=now)
    return standing.say("joined", households=added) if added else standing.say("joined_none")


class _Pressing:
    """Somebody presses on the message that asks them."""

    def __init__(self, session: AsyncSession, call: RollCall, speaking: Speaking, now: datetime) -> None:
        self._session, self._call, self._speaking, self._now = session, call, speaking, now

    async def do(self, choice: str) -> str:
        person_id = self._speaking.actor.person_id
        if person_id is None:
            raise NotEntitled("roll_call.decide_only")
        asks = await roll_calls.asks_of(self._session, id_of(self._call), person_id)
        standing = await load_some(self._session, self._call, asks, now=self._now)
        what, rest = choice[:1], choice[1:].lstrip(".")
        if what in ("s", "c"):
            number, _, state = rest.partition(".")
            row = standing.rows.get(int(number)) if number.isdecimal() else None
            if row is None:
                raise NotEntitled("roll_call.not_asked_any_more")
            if what == "c":
                return await self._show(standing, asks, _about(asks, row), changing=row.id)
            return await self._answer(standing, asks, {row.id: _state(state)})
        if what == "a":
            opened = [row for ask in asks if ask.role in _LISTS for row in _unchecked(standing, ask)]
            if not opened:
                return standing.say("rest_none")
            return await self._answer(standing, asks, {row.id: _state(rest) for row in opened})
        if what == "h":
            at_home = [one for ask in asks if ask.role == AskedAs.RESIDENT for one in ask.household_ids]
            return await self._answer(standing, asks, dict.fromkeys(at_home, _state(rest)))
        if what == "p" and rest.isdecimal():
            return await self._turn(standing, asks, int(rest))
        raise NotFound("questions.bad_button")

    async def _answer(
        self, standing: Standing, asks: list[RollCallAsk], states: dict[int, HouseholdState]
    ) -> str:
        decides = await _decides(self._session, self._call, self._speaking)
        by = Answering(self._speaking.actor, self._speaking.person, asks, decides)
        said = {household_id: Said(state) for household_id, state in states.items()}
        changed = await record(self._session, standing, said, by)
        for ask in asks:
            if set(ask.household_ids) & said.keys() or ask.role in _LISTS:
                await show(self._session, standing, ask, asks)
        if not changed:
            return standing.say("same")
        worse = next((row for row in changed if row.state is not states[row.id]), None)
        if worse is not None:
            return standing.say("stands", state=standing.told(worse.state))
        told = _one(standing, changed[0])
        if len(changed) > 1:
            state = standing.say(f"state_{changed[0].state}")
            told = standing.say("noted_rest", count=len(changed), state=state)
        if not standing.is_open:
            return standing.say("noted_late", told=told)
        return standing.say("noted", told=told, left="")

    async def _show(
        self, standing: Standing, asks: list[RollCallAsk], ask: RollCallAsk | None, *, changing: int
    ) -> str:
        if ask is not None:
            await show(self._session, standing, ask, asks, changing=changing)
        return ""

    async def _turn(self, standing: Standing, asks: list[RollCallAsk], page: int) -> str:
        """To another page of whichever list is that long."""
        for ask in asks:
            if ask.page != page and 0 <= page * PER_PAGE < len(ask.household_ids):
                ask.page = page
                await show(self._session, standing, ask, asks)
        return ""


_LISTS = (AskedAs.MEMBER, AskedAs.GROUP)


def _about(asks: list[RollCallAsk], row: Row) -> RollCallAsk | None:
    return next((ask for ask in asks if row.id in ask.household_ids), None)


def _unchecked(standing: Standing, ask: RollCallAsk) -> list[Row]:
    rows = standing.within(ask.household_ids)
    return [row for row in rows if row.state is HouseholdState.UNCHECKED]


def _one(standing: Standing, row: Row) -> str:
    return standing.say("noted_one", household=row.head, state=standing.told(row.state))


def _state(value: str) -> HouseholdState:
    try:
        return HouseholdState(value)
    except ValueError:
        raise NotFound("questions.bad_button") from None


async def _decides(session: AsyncSession, call: RollCall, speaking: Speaking) -> bool:
    opener = call.asked_by_id is not None and call.asked_by_id == speaking.actor.person_id
    return opener or await may_decide(session, speaking, call.branch_id)
