"""The ladder of a matter: its two clocks, its warnings, its steps up, and the calls of an emergency.

A matter that nobody has taken on (status `open`) runs its **acknowledge** clock; from then on, until
somebody says that it is solved, its **solve** clock. A clock that runs out moves the matter one rung
up, where both questions are asked anew: the new holder has a full acknowledge clock from the moment
of the step. So after the program has stood still nobody is jumped over: one step is taken, and the
next holder has all their time. At the top the time stays what it was, and passed; reminders have a
time of their own. How long the clocks run is told by `bot.domain.ladder_times`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.acts import Urgency
from bot.domain.ladder_times import TOWN, Clock, LadderRules, Rung
from bot.domain.matters import MatterStatus


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """A matter as the ladder sees it.

    above: the rungs above its own that somebody new can take, the nearest first.
    warned_for: the deadline that the holder has been warned of.
    remind_at: when a holder at the top is reminded again of what is late; null: not reminded yet.
    next_call_at: when everybody is called again; null: no calls are running.
    calls: how often everybody has been called again so far.
    """

    urgency: Urgency
    status: MatterStatus
    above: Sequence[Rung]
    acknowledge_by: datetime | None
    solve_by: datetime | None
    warned_for: datetime | None = None
    remind_at: datetime | None = None
    next_call_at: datetime | None = None
    calls: int = 0


@dataclass(frozen=True, slots=True)
class Warn:
    """Tell the holder that `clock` ends at `deadline`, and that `next` is told at `step_at`."""

    clock: Clock
    deadline: datetime
    step_at: datetime
    next: Rung


@dataclass(frozen=True, slots=True)
class Climb:
    """`clock` has run out: the matter goes to `to`, whose clocks end as given."""

    clock: Clock
    to: Rung
    acknowledge_by: datetime
    solve_by: datetime


@dataclass(frozen=True, slots=True)
class Remain:
    """`clock` has run out and nobody is above: the holder is reminded, and again at `remind_at`."""

    clock: Clock
    remind_at: datetime


@dataclass(frozen=True, slots=True)
class Call:
    """Call everybody who has been told of an emergency again, for the `number`th time.

    next_call_at: null after the last call; then the holder is reminded at `remind_at`.
    """

    number: int
    next_call_at: datetime | None
    remind_at: datetime | None


Decision = Warn | Climb | Remain | Call

_RUNNING = (MatterStatus.OPEN, MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND)


def decide(facts: MatterFacts, rules: LadderRules, now: datetime) -> list[Decision]:
    """What time has brought about for this matter at `now`; a call comes after the step it may go with."""
    decisions: list[Decision] = []
    running = running_clock(facts)
    if running is not None:
        clock, deadline = running
        if facts.above:
            to = _next_rung(facts)
            if now >= rules.step_at(facts.urgency, clock, deadline, to):
                decisions.append(_climb(facts, rules, clock, now))
            else:
                decisions += _warning(facts, rules, clock, deadline, now)
        elif now >= (facts.remind_at or deadline) and now >= deadline and not _calling(facts):
            decisions.append(Remain(clock, rules.remind_at(facts.urgency, clock, now)))
    if _calling(facts) and facts.next_call_at is not None and now >= facts.next_call_at:
        decisions.append(_call(facts, rules, now))
    return decisions


def next_due(facts: MatterFacts, rules: LadderRules) -> datetime | None:
    """The earliest moment at which `decide` has something to say; null: never, as things stand.

    It may lie in the past, when that has not been done yet.
    """
    moments: list[datetime | None] = []
    running = running_clock(facts)
    if running is not None:
        clock, deadline = running
        if facts.above:
            to = _next_rung(facts)
            moments.append(rules.step_at(facts.urgency, clock, deadline, to))
            if facts.warned_for != deadline:
                moments.append(rules.warn_at(facts.urgency, clock, deadline, to))
        elif not _calling(facts):
            moments.append(max(deadline, facts.remind_at or deadline))
    if _calling(facts):
        moments.append(facts.next_call_at)
    return min((moment for moment in moments if moment is not None), default=None)


def running_clock(facts: MatterFacts) -> tuple[Clock, datetime] | None:
    """The clock that counts now, and when it ends; null: none does."""
    if facts.status not in _RUNNING:
        return None
    if facts.status is MatterStatus.OPEN and facts.acknowledge_by is not None:
        return Clock.ACKNOWLEDGE, facts.acknowledge_by
    return None if facts.solve_by is None else (Clock.SOLVE, facts.solve_by)


def _calling(facts: MatterFacts) -> bool:
    return facts.status is MatterStatus.OPEN and facts.next_call_at is not None


def _next_rung(facts: MatterFacts) -> Rung:
    """Who is told when the clock runs out."""
    if _calling(facts):
        # Everybody up to the secretary was told when it was raised: the next to be told is above.
        return TOWN if TOWN in facts.above else facts.above[-1]
    return facts.above[0]


def _warning(
    facts: MatterFacts, rules: LadderRules, clock: Clock, deadline: datetime, now: datetime
) -> list[Warn]:
    if facts.warned_for == deadline:
        return []
    to = _next_rung(facts)
    moment = rules.warn_at(facts.urgency, clock, deadline, to)
    if moment is None or now < moment:
        return []
    step_at = rules.step_at(facts.urgency, clock, deadline, to)
    loud = facts.urgency is Urgency.URGENT and rules.quiet.is_quiet(step_at)
    held = rules.quiet.is_quiet(now) and not loud
    return [] if held else [Warn(clock, deadline, step_at, to)]


def _climb(facts: MatterFacts, rules: LadderRules, clock: Clock, now: datetime) -> Climb:
    to = _next_rung(facts)
    above = facts.above[facts.above.index(to) + 1 :]
    acknowledge_by = rules.acknowledge_by(facts.urgency, now, above[0] if above else None)
    if clock is Clock.SOLVE or facts.solve_by is None:
        return Climb(clock, to, acknowledge_by, rules.solve_by(facts.urgency, now))
    # The time to solve is the resident's and goes on, but nobody takes on a matter that is lost already.
    spare = rules.spans[facts.urgency].warn_solve or timedelta()
    return Climb(clock, to, acknowledge_by, max(facts.solve_by, acknowledge_by + spare))


def _call(facts: MatterFacts, rules: LadderRules, now: datetime) -> Call:
    number = facts.calls + 1
    if number < rules.calls:
        return Call(number, now.astimezone(rules.quiet.zone) + rules.call_every, None)
    return Call(number, None, rules.remind_at(facts.urgency, Clock.ACKNOWLEDGE, now))
