"""A roll-call in an emergency: what answers come to, when somebody is asked again, and by whom.

Every answer is kept. What holds for a household is what its answers come to, one after the other:

* whoever has spoken for it may change their word, and those who decide (`clears`) have the last;
* "cannot be reached" is no knowledge: whoever knows better puts it right;
* of two who contradict each other the worse holds until one of them, or who decides, clears it;
* the same said by another confirms it, and whoever receives at the shelter confirms by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class CallStatus(StrEnum):
    """Where a roll-call stands. A draft waits for one press."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class HouseholdState(StrEnum):
    """What is known of a household, from the worst."""

    UNCHECKED = "unchecked"
    UNREACHED = "unreached"
    REFUSED = "refused"
    SAFE = "safe"
    MOVED = "moved"

    @property
    def is_missing(self) -> bool:
        """Whether nobody knows where its people are."""
        return self in (HouseholdState.UNCHECKED, HouseholdState.UNREACHED)


class Source(StrEnum):
    """As what somebody answers for a household."""

    MEMBER = "member"  # answers for it, or for whoever does
    LEADER = "leader"  # decides: secretary, deputy, town officer, who opened the roll-call
    RESIDENT = "resident"  # lives there
    NEIGHBOUR = "neighbour"  # anybody else
    SHELTER = "shelter"  # receives at the shelter


class AskedAs(StrEnum):
    """As what somebody is asked, in the order in which a roll-call gets to them."""

    MEMBER = "member"
    RESIDENT = "resident"
    NEIGHBOUR = "neighbour"
    GROUP = "group"
    SECRETARY = "secretary"
    TOWN = "town"
    OPENER = "opener"


class EventKind(StrEnum):
    """What happens in a roll-call."""

    OPENED = "opened"
    JOINED = "joined"  # more households are asked for
    RECEIVER = "receiver"  # it was said who receives at the shelter
    ANSWER = "answer"
    LATE = "late"  # an answer after the end
    ASKED = "asked"  # somebody was asked
    CALLED = "called"  # those with open households were called again
    COMPLETE = "complete"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class RollCallRules:
    """The parameters of roll-calls. Spans count from the opening."""

    call_every: timedelta
    """How long until those with open households are called again."""
    calls: int
    """How many times they are called again at most."""
    neighbours_after: timedelta
    """When neighbours are asked for households that nobody has answered for, and for a second word."""
    neighbours: int
    """How many are asked for each."""
    group_after: timedelta
    secretary_after: timedelta
    town_after: timedelta
    board_every: timedelta
    """How often board and lists are shown anew at most."""
    late_for: timedelta
    """How long after the end words about households are still taken for answers."""

    @property
    def rungs(self) -> dict[AskedAs, timedelta]:
        """Who is told of what is missing, and how long after the opening."""
        return {
            AskedAs.GROUP: self.group_after,
            AskedAs.SECRETARY: self.secretary_after,
            AskedAs.TOWN: self.town_after,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody says of a household.

    by: who, the same for whatever they say; people: of how many it tells (null: it does not say);
    clears: they decide what holds.
    """

    by: str
    source: Source
    state: HouseholdState
    at: datetime
    people: int | None = None
    clears: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What holds for a household.

    by, source, at: of the answer that holds; null: there is none. people: null: nobody has said.
    doubted_by: who says better, which does not hold until it is cleared; null: nobody.
    """

    state: HouseholdState = HouseholdState.UNCHECKED
    by: str | None = None
    source: Source | None = None
    at: datetime | None = None
    people: int | None = None
    confirmed: bool = False
    doubted_by: str | None = None


NOTHING = Known()


def known_from(answers: Sequence[Answer]) -> Known:
    """What these answers come to, the oldest first."""
    known = NOTHING
    for answer in answers:
        known = _after(known, answer)
    latest = {answer.by: answer.state for answer in answers}
    seconded = any(state is known.state for by, state in latest.items() if by != known.by)
    return replace(known, confirmed=known.source is Source.SHELTER or seconded)


def _after(known: Known, answer: Answer) -> Known:
    """What holds once `answer` is given."""
    same_speaker = known.by == answer.by
    decides = answer.clears or answer.source is Source.SHELTER
    if known.by is None:
        return _standing(answer, known)
    if answer.state is known.state:
        agreed = decides or answer.by == known.doubted_by
        return replace(
            known,
            source=answer.source if answer.source is Source.SHELTER else known.source,
            people=known.people if answer.people is None else answer.people,
            doubted_by=None if agreed else known.doubted_by,
        )
    if same_speaker or decides:
        return _standing(answer, known)
    if known.state is HouseholdState.UNREACHED and not answer.state.is_missing:
        return _standing(answer, known)
    if _rank(answer.state) < _rank(known.state):
        return replace(_standing(answer, known), doubted_by=known.by)
    if known.state is HouseholdState.REFUSED:
        return replace(known, doubted_by=answer.by)
    # Taken back by whoever had answered, or safe at home and moved since: no contradiction.
    return _standing(answer, known)


def _standing(answer: Answer, before: Known) -> Known:
    # Who goes on from home to the shelter goes on with as many as were counted.
    counted = None if before.state.is_missing else before.people
    return Known(
        state=answer.state,
        by=answer.by,
        source=answer.source,
        at=answer.at,
        people=counted if answer.people is None else answer.people,
    )


def _rank(state: HouseholdState) -> int:
    return list(HouseholdState).index(state)


@dataclass(frozen=True, slots=True)
class Counted:
    """One household as it counts. residents: by the roster; null: it does not say."""

    state: HouseholdState
    confirmed: bool = False
    people: int | None = None
    residents: int | None = None

    @property
    def accounted_people(self) -> int | None:
        """People whose whereabouts are known; null: their number is not."""
        if self.state.is_missing:
            return 0
        return self.residents if self.people is None else self.people

    @property
    def is_short(self) -> bool:
        """Whether fewer people are told of than live there."""
        told = None if self.state.is_missing else self.people
        return told is not None and self.residents is not None and told < self.residents


@dataclass(frozen=True, slots=True)
class Tally:
    """How a roll-call stands, in households and in people.

    moved_unconfirmed: of the moved. people: accounted for, as far as numbers are known.
    people_expected: who live in all households, as far as the roster says; 0: it says of none.
    without_number: households accounted for whose people nobody has counted.
    """

    total: int
    by_state: dict[HouseholdState, int]
    moved_unconfirmed: int
    people: int
    people_expected: int
    without_number: int
    short: int

    @property
    def missing(self) -> int:
        return sum(count for state, count in self.by_state.items() if state.is_missing)

    @property
    def accounted(self) -> int:
        return self.total - self.missing

    @property
    def is_complete(self) -> bool:
        """Whether every household is accounted for."""
        return self.missing == 0


def tally(households: Sequence[Counted]) -> Tally:
    """How these households stand together."""
    by_state = {state: sum(one.state is state for one in households) for state in HouseholdState}
    numbers = [one.accounted_people for one in households if not one.state.is_missing]
    moved = [one for one in households if one.state is HouseholdState.MOVED]
    return Tally(
        total=len(households),
        by_state=by_state,
        moved_unconfirmed=sum(not one.confirmed for one in moved),
        people=sum(number for number in numbers if number is not None),
        people_expected=sum(one.residents or 0 for one in households),
        without_number=sum(number is None for number in numbers),
        short=sum(one.is_short for one in households),
    )


def calls_made(opened_at: datetime, now: datetime, rules: RollCallRules) -> int:
    """How many times those with open households are to have been called again by `now`."""
    return min(int((now - opened_at) / rules.call_every), rules.calls)


def next_call(opened_at: datetime, calls: int, rules: RollCallRules) -> datetime | None:
    """When those with open households are called again; null: they have been often enough."""
    return None if calls >= rules.calls else opened_at + (calls + 1) * rules.call_every


def rungs_reached(opened_at: datetime, now: datetime, rules: RollCallRules) -> list[AskedAs]:
    """Who besides the members is told by `now` of what is missing."""
    return [rung for rung, span in rules.rungs.items() if now - opened_at >= span]


def next_rung(opened_at: datetime, now: datetime, rules: RollCallRules) -> datetime | None:
    """The earliest moment later than `now` at which neighbours or a rung are asked; null: none is left."""
    moments = (opened_at + span for span in (rules.neighbours_after, *rules.rungs.values()))
    return min((moment for moment in moments if moment > now), default=None)
