"""Words about an open roll-call itself: it is over, it was a mistake, somebody receives at the shelter."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled, NotFound, NotPossible
from bot.domain.roll_call import CallStatus, EventKind
from bot.services.chat.speaker import Speaking
from bot.services.notices.tell import About, to_person
from bot.services.rollcalls.asking import priority_of
from bot.services.rollcalls.close_call import close, withdraw
from bot.services.rollcalls.standing import SUBJECT, Standing, load
from bot.services.rollcalls.who_is_asked import may_decide
from bot.text.roll_call import CallOrder
from storage.queries import roll_calls
from storage.queries.units import members_of
from storage.tables import Person, RollCallEvent


async def order_roll_call(
    session: AsyncSession, order: CallOrder, speaking: Speaking, *, now: datetime
) -> str:
    """Close the open roll-call, or take it back; returns the answer.

    Raises:
        NotEntitled: the speaker does not decide.
        NotPossible: none is open, or several.
    """
    calls = await _deciding(session, speaking, now=now)
    if len(calls) > 1:
        raise NotPossible("roll_call.which")
    [standing] = calls
    if order is CallOrder.CLOSE:
        await close(session, standing, speaking.actor)
        return standing.say("closed")
    await withdraw(session, standing, speaking.actor)
    return standing.say("withdrawn")


async def name_receiver(session: AsyncSession, name: str, speaking: Speaking, *, now: datetime) -> str:
    """Somebody receives at the shelter: what they say has arrived is sure; returns the answer.

    Raises:
        NotEntitled: the speaker does not decide.
        NotFound: nobody is called so, or several are.
        NotPossible: no roll-call is open.
    """
    calls = await _deciding(session, speaking, now=now)
    for standing in calls:
        person = await _called(session, standing, name)
        standing.call.receiver_id = person.id
        named = RollCallEvent(
            roll_call_id=standing.id,
            at=now,
            kind=EventKind.RECEIVER,
            by_id=speaking.actor.person_id,
            by_name=speaking.actor.name,
            note=person.name,
        )
        session.add_all([standing.call, named])
        await session.flush()
        example = next((row.head for row in standing.rows.values()), "")
        about = About("rollcall.receiver", SUBJECT, standing.id, str(person.id), now, standing.call.branch_id)
        await to_person(
            session,
            person,
            about,
            standing.say("receiver_told", head=standing.head, example=example),
            preset=standing.preset,
            now=now,
            priority=priority_of(standing.call),
            breaks_quiet=True,
        )
    return calls[0].say("receiver_set", name=name)


async def _called(session: AsyncSession, standing: Standing, name: str) -> Person:
    members = await members_of(session, standing.call.branch_id)
    found = [one for one in members if one.name == name] or [one for one in members if name in one.name]
    if len(found) != 1:
        raise NotFound("roll_call.receiver_unknown", name=name, example=members[0].name if members else "")
    return found[0]


async def _deciding(session: AsyncSession, speaking: Speaking, *, now: datetime) -> list[Standing]:
    places = [speaking.branch] if speaking.branch is not None else list(speaking.villages)
    branches = [one.id for one in places if one.id is not None]
    calls = [
        one
        for one in await roll_calls.calls_heard(session, branches, since=now)
        if one.status == CallStatus.OPEN
    ]
    if not calls:
        raise NotPossible("roll_call.not_open")
    mine = [
        one
        for one in calls
        if (one.asked_by_id is not None and one.asked_by_id == speaking.actor.person_id)
        or await may_decide(session, speaking, one.branch_id)
    ]
    if not mine:
        raise NotEntitled("roll_call.decide_only")
    return [await load(session, one, now=now) for one in mine]
