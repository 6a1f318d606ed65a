"""What is written about households while a roll-call is open: answers, taken by whoever may know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.inbound import Inbound
from bot.domain.roll_call import AskedAs, CallStatus, HouseholdState
from bot.services.chat.speaker import Speaking, candidates
from bot.services.rollcalls.answers import Answering, Said, record
from bot.services.rollcalls.asking import show
from bot.services.rollcalls.standing import Row, Standing, id_of, load
from bot.services.rollcalls.who_is_asked import may_decide
from bot.text.household_states import StatesTold, read_states
from bot.text.households import Candidate
from storage import outbox
from storage.queries import roll_calls
from storage.tables import RollCall, RollCallAsk

_OWN_LISTS = (AskedAs.MEMBER, AskedAs.GROUP)


@dataclass(slots=True)
class Taken:
    """What a message has come to in roll-calls.

    heard: it told of households, or seemed to. reply: what is to be said about it; unclear: the part of
    that which a group has to hear as well; empty: nothing.
    else_told: words that tell something else, which is for others to read.
    """

    heard: bool = False
    reply: str = ""
    unclear: str = ""
    else_told: str = ""


@dataclass(slots=True)
class _Call:
    """An open roll-call as the speaker may speak of it."""

    standing: Standing
    asks: list[RollCallAsk]
    decides: bool
    said: dict[int, Said] = field(default_factory=dict)

    def own(self) -> list[int]:
        """The households that they report on, in the order in which they are numbered."""
        lists = [
            [one for ask in self.asks if ask.role == role for one in ask.household_ids] for role in _OWN_LISTS
        ]
        return [one for ids in lists for one in ids]

    def all_of_own(self) -> list[int]:
        """What "all of mine" means: what they report on anyway, only else what they were asked to find."""
        for role in _OWN_LISTS:
            if ids := [one for ask in self.asks if ask.role == role for one in ask.household_ids]:
                return ids
        return []


async def take_states(session: AsyncSession, speaking: Speaking, inbound: Inbound, *, now: datetime) -> Taken:
    """Take what a message tells of households; the same message twice does it once."""
    calls = await _calls(session, speaking, inbound, now=now)
    if not calls:
        return Taken()
    main = calls[0]
    people = {one.id: one for one in await _candidates(session, calls)}
    numbered = [people[one] for one in main.own() if one in people]
    others = [one for one in people.values() if one not in numbered]
    told = read_states(inbound.text, numbered, others)
    if not told.anything:
        return _not_understood(main, told)
    lives_in = None if speaking.person is None else speaking.person.household_id
    if told.home is not None and not any(lives_in in call.standing.rows for call in calls):
        return _whose_home(main, told)
    for call in calls:
        call.said = _said_of(call, told, lives_in)
    changed: list[tuple[_Call, Row]] = []
    for call in _counting(calls):
        by = Answering(
            speaking.actor, speaking.person, call.asks, call.decides, inbound.chat_id, inbound.message_id
        )
        rows = await record(session, call.standing, call.said, by)
        changed += [(call, row) for row in rows]
        for ask in call.asks:
            if set(ask.household_ids) & call.said.keys():
                await show(session, call.standing, ask, call.asks)
    unclear = [*_stands(main, changed), *_unclear(main, told)]
    reply = "\n".join([_noted(main, told, changed), *unclear])
    return Taken(True, reply, "\n".join(unclear), told.else_told)


async def _heard(session: AsyncSession, speaking: Speaking, *, now: datetime) -> list[RollCall]:
    branches = set()
    if speaking.branch is not None and speaking.branch.id is not None:
        branches.add(speaking.branch.id)
    branches |= {one.id for one in speaking.villages if one.id is not None}
    if speaking.actor.person_id is not None:
        branches |= await roll_calls.branches_asking(session, speaking.actor.person_id)
    if not branches:
        return []
    late_for = speaking.preset.roll_call.late_for
    return await roll_calls.calls_heard(session, branches, since=now - late_for)


async def _calls(
    session: AsyncSession, speaking: Speaking, inbound: Inbound, *, now: datetime
) -> list[_Call]:
    """The roll-calls that a message may be about: first the one whose message it answers, then those that ask
    the speaker, the newest first. Those that are over count only while none is open."""
    found: list[_Call] = []
    for call in await _heard(session, speaking, now=now):
        standing = await load(session, call, now=now)
        person_id = speaking.actor.person_id
        asks = [] if person_id is None else await roll_calls.asks_of(session, id_of(call), person_id)
        opener = call.asked_by_id is not None and call.asked_by_id == person_id
        decides = opener or await may_decide(session, speaking, call.branch_id)
        found.append(_Call(standing, asks, decides))
    answered = await _answered(session, inbound)
    opened = [one for one in found if one.standing.is_open] or found
    return sorted(opened, key=lambda one: (one.standing.id != answered, not one.own()))


async def _answered(session: AsyncSession, inbound: Inbound) -> int | None:
    """The roll-call whose message a message answers."""
    if inbound.reply_to_id is None:
        return None
    notice = await outbox.notice_of_message(session, inbound.chat_id, inbound.reply_to_id)
    if notice is None or notice.id is None:
        return None
    if notice.subject_kind == "roll_call":
        return notice.subject_id
    ask = await roll_calls.ask_of_notice(session, notice.id)
    return None if ask is None else ask.roll_call_id


async def _candidates(session: AsyncSession, calls: Sequence[_Call]) -> tuple[Candidate, ...]:
    households = {row.id: row.household for call in calls for row in call.standing.rows.values()}
    return await candidates(session, list(households.values()))


def _said_of(call: _Call, told: StatesTold, lives_in: int | None) -> dict[int, Said]:
    """What a message says of each household of a roll-call."""
    said: dict[int, Said] = {}
    if told.every is not None:
        said |= {one: Said(told.every) for one in call.all_of_own()}
    if told.home is not None and lives_in is not None:
        said[lives_in] = Said(told.home, told.home_people)
    said |= {one.household_id: Said(one.state, one.people) for one in told.told}
    if told.rest is not None:
        left = [row for row in call.standing.within(call.all_of_own()) if row.id not in said]
        said |= {row.id: Said(told.rest) for row in left if row.state is HouseholdState.UNCHECKED}
    return {one: what for one, what in said.items() if one in call.standing.rows}


def _counting(calls: Sequence[_Call]) -> list[_Call]:
    """Those in which it counts: a word said in earnest is not also one for a drill."""
    told = [call for call in calls if call.said]
    earnest = [call for call in told if not call.standing.call.drill]
    named = {one for call in earnest for one in call.said}
    for call in told:
        if call.standing.call.drill:
            call.said = {one: what for one, what in call.said.items() if one not in named}
    return told


def _noted(main: _Call, told: StatesTold, changed: Sequence[tuple[_Call, Row]]) -> str:
    """What was noted, and what is left."""
    say = main.standing.say
    rows = list({row.id: row for _, row in changed}.values())
    if not rows:
        return say("same" if told.told or told.every or told.home else "rest_none")
    states = [
        say("noted_one", household=row.head, state=main.standing.told(row.state)) for row in rows[:_MOST]
    ]
    more = [say("missing_more", count=len(rows) - _MOST)] if len(rows) > _MOST else []
    words = "、".join([*states, *more])
    if main.standing.call.status == CallStatus.CLOSED:
        return say("noted_late", told=words)
    left = [row for row in main.standing.within(main.own()) if row.state is HouseholdState.UNCHECKED]
    if left:
        return say("noted", told=words, left=say("noted_left", count=len(left)))
    return say("noted", told=words, left=say("noted_all") if main.own() else "")


def _stands(main: _Call, changed: Sequence[tuple[_Call, Row]]) -> list[str]:
    """That something else holds than what was said, since it contradicts another."""
    for call, row in changed:
        if row.state is not call.said[row.id].state:
            return [main.standing.say("stands", state=main.standing.told(row.state))]
    return []


_MOST = 8  # households named in an answer


def _unclear(main: _Call, told: StatesTold) -> list[str]:
    say, lines = main.standing.say, []
    for name, ids in told.ambiguous:
        heads = "、".join(row.head for row in main.standing.within(ids))
        lines.append(say("ambiguous", name=name, households=heads))
    if told.unknown:
        lines.append(say("unknown", names="、".join(told.unknown)))
    return lines


def _not_understood(main: _Call, told: StatesTold) -> Taken:
    """Names that are nobody's are asked about; all else is no answer."""
    if main.standing.is_open and (told.ambiguous or (told.unknown and main.own())):
        unclear = "\n".join(_unclear(main, told))
        return Taken(True, unclear, unclear, told.else_told)
    return Taken()


def _whose_home(main: _Call, told: StatesTold) -> Taken:
    """Somebody tells of their home, and nobody knows which that is."""
    if not main.standing.is_open or told.told:
        return Taken()
    example = next((row.head for row in main.standing.rows.values()), "")
    text = main.standing.say("which_households" if main.own() else "whose_home", example=example)
    return Taken(True, text, text, told.else_told)
