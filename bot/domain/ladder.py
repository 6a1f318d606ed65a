"""The ladder of a matter: its two clocks, its warnings, its steps up, and the calls of an emergency.

A matter that nobody has taken on (status `open`) runs its **acknowledge** clock; from then on, until
somebody says that it is solved, its **solve** clock. A clock that runs out moves the matter one step
up, where both questions are asked anew: the new holder has a full acknowledge clock from the moment
of the step. So after the program has stood still nobody is jumped over: one step is taken, and the
next holder has all their time.

An acknowledge clock counts hours and, for normal matters, pauses in quiet time. A solve clock counts
days: 7 days are a week, whatever the nights; for normal matters it ends outside quiet time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.acts import Urgency
from bot.domain.matters import MatterStatus, Step
from bot.domain.quiet import QuietHours


class Clock(StrEnum):
    """Which of a matter's two clocks."""

    ACKNOWLEDGE = "acknowledge"
    SOLVE = "solve"


@dataclass(frozen=True, slots=True)
class Spans:
    """How long the clocks of one urgency run.

    warn_acknowledge, warn_solve: how long before the end the holder is warned; null: never. No warning
        comes before half of its clock has run.
    pauses: whether quiet time is left out.
    """

    acknowledge: timedelta
    solve: timedelta
    warn_acknowledge: timedelta | None = None
    warn_solve: timedelta | None = None
    pauses: bool = False

    def cut_to(self, share: float) -> Spans:
        """The same with clocks that run for a part of their time; warnings keep their lead."""
        return Spans(
            self.acknowledge * share,
            self.solve * share,
            self.warn_acknowledge,
            self.warn_solve,
            self.pauses,
        )


@dataclass(frozen=True, slots=True)
class LadderRules:
    """The parameters of a branch's ladder.

    call_every: emergencies: how long until everybody is called again.
    calls: emergencies: how many times they are called again.
    """

    spans: Mapping[Urgency, Spans]
    quiet: QuietHours
    call_every: timedelta = timedelta(minutes=15)
    calls: int = 8

    def acknowledge_by(self, urgency: Urgency, start: datetime) -> datetime:
        """When somebody must have taken on a matter that comes to them at `start`."""
        spans = self.spans[urgency]
        return (
            self.quiet.add_working(start, spans.acknowledge)
            if spans.pauses
            else self._local(start) + spans.acknowledge
        )

    def solve_by(self, urgency: Urgency, start: datetime) -> datetime:
        """When a matter that comes to a holder at `start` must be solved."""
        spans = self.spans[urgency]
        end = self._local(start) + spans.solve
        return self.quiet.after_quiet(end) if spans.pauses else end

    def warn_at(self, urgency: Urgency, clock: Clock, deadline: datetime) -> datetime | None:
        """When the holder is warned of `deadline`; null: not at all.

        A warning that would fall into quiet time comes after it, or not at all when that is too late.
        """
        spans = self.spans[urgency]
        acknowledge = clock is Clock.ACKNOWLEDGE
        lead = spans.warn_acknowledge if acknowledge else spans.warn_solve
        if lead is None or urgency is Urgency.EMERGENCY:
            return None
        lead = min(lead, (spans.acknowledge if acknowledge else spans.solve) / 2)
        if acknowledge and spans.pauses:
            moment = self.quiet.subtract_working(deadline, lead)
        else:
            moment = self._local(deadline) - lead
        moment = self.quiet.after_quiet(moment)
        return moment if moment < deadline else None

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.quiet.zone)


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """A matter as the ladder sees it.

    steps_above: the steps above its own that somebody new can take, the nearest first.
    warned_for: the deadline that the holder has been warned of.
    next_call_at: when everybody is called again; null: no calls are running.
    calls: how often everybody has been called again so far.
    """

    urgency: Urgency
    status: MatterStatus
    step: Step
    steps_above: Sequence[Step]
    acknowledge_by: datetime | None
    solve_by: datetime | None
    warned_for: datetime | None = None
    next_call_at: datetime | None = None
    calls: int = 0


@dataclass(frozen=True, slots=True)
class Warn:
    """Tell the holder that `clock` ends at `deadline`, and that `next_step` is told then."""

    clock: Clock
    deadline: datetime
    next_step: Step


@dataclass(frozen=True, slots=True)
class Climb:
    """`clock` has run out: the matter goes to `to`, whose clocks end as given."""

    clock: Clock
    to: Step
    acknowledge_by: datetime
    solve_by: datetime


@dataclass(frozen=True, slots=True)
class Remain:
    """`clock` has run out and nobody is above: the holder is reminded, and has until the times given.

    A null time is one that does not change.
    """

    clock: Clock
    acknowledge_by: datetime | None
    solve_by: datetime | None


@dataclass(frozen=True, slots=True)
class Call:
    """Call everybody who has been told of an emergency again, for the `number`th time.

    next_call_at: null after the last call; then the holder's acknowledge clock ends at `acknowledge_by`.
    """

    number: int
    next_call_at: datetime | None
    acknowledge_by: datetime | None


Decision = Warn | Climb | Remain | Call

_RUNNING = (MatterStatus.OPEN, MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND)


def decide(facts: MatterFacts, rules: LadderRules, now: datetime) -> list[Decision]:
    """What time has brought about for this matter at `now`; a call comes after the step it may go with."""
    decisions: list[Decision] = []
    running = _running(facts)
    if running is not None:
        clock, deadline = running
        if now < deadline:
            decisions += _warning(facts, rules, clock, deadline, now)
        elif facts.steps_above:
            decisions.append(_climb(facts, rules, clock, now))
        elif not _calling(facts):
            decisions.append(_remain(facts, rules, clock, now))
    if _calling(facts) and facts.next_call_at is not None and now >= facts.next_call_at:
        decisions.append(_call(facts, rules, now))
    return decisions


def next_due(facts: MatterFacts, rules: LadderRules) -> datetime | None:
    """The earliest moment at which `decide` has something to say; null: never, as things stand.

    It may lie in the past, when that has not been done yet.
    """
    moments: list[datetime | None] = []
    running = _running(facts)
    if running is not None and (facts.steps_above or not _calling(facts)):
        clock, deadline = running
        moments.append(deadline)
        if facts.steps_above and facts.warned_for != deadline:
            moments.append(rules.warn_at(facts.urgency, clock, deadline))
    if _calling(facts):
        moments.append(facts.next_call_at)
    return min((moment for moment in moments if moment is not None), default=None)


def _running(facts: MatterFacts) -> tuple[Clock, datetime] | None:
    """The clock that counts now, and when it ends."""
    if facts.status not in _RUNNING:
        return None
    if facts.status is MatterStatus.OPEN and facts.acknowledge_by is not None:
        return Clock.ACKNOWLEDGE, facts.acknowledge_by
    return None if facts.solve_by is None else (Clock.SOLVE, facts.solve_by)


def _calling(facts: MatterFacts) -> bool:
    return facts.status is MatterStatus.OPEN and facts.next_call_at is not None


def _warning(
    facts: MatterFacts, rules: LadderRules, clock: Clock, deadline: datetime, now: datetime
) -> list[Warn]:
    if not facts.steps_above or facts.warned_for == deadline or rules.quiet.is_quiet(now):
        return []
    moment = rules.warn_at(facts.urgency, clock, deadline)
    return [Warn(clock, deadline, facts.steps_above[0])] if moment is not None and now >= moment else []


def _climb(facts: MatterFacts, rules: LadderRules, clock: Clock, now: datetime) -> Climb:
    to = facts.steps_above[0]
    if _calling(facts):
        # Everybody up to the secretary was told when it was raised: the next to be told is above.
        to = next((step for step in facts.steps_above if step is Step.TOWN), facts.steps_above[-1])
    acknowledge_by = rules.acknowledge_by(facts.urgency, now)
    if clock is Clock.SOLVE or facts.solve_by is None:
        return Climb(clock, to, acknowledge_by, rules.solve_by(facts.urgency, now))
    # The time to solve is the resident's and goes on, but nobody takes on a matter that is lost already.
    spare = rules.spans[facts.urgency].warn_solve or timedelta()
    return Climb(clock, to, acknowledge_by, max(facts.solve_by, acknowledge_by + spare))


def _remain(facts: MatterFacts, rules: LadderRules, clock: Clock, now: datetime) -> Remain:
    again = rules.solve_by(facts.urgency, now)
    if clock is Clock.SOLVE:
        return Remain(clock, None, again)
    # At the top the daily digest shows it as well, so the holder is not reminded by the hour.
    spare = rules.spans[facts.urgency].warn_solve or timedelta()
    return Remain(clock, again, max(facts.solve_by or again, again + spare))


def _call(facts: MatterFacts, rules: LadderRules, now: datetime) -> Call:
    number = facts.calls + 1
    if number < rules.calls:
        return Call(number, now.astimezone(rules.quiet.zone) + rules.call_every, None)
    return Call(number, None, rules.solve_by(facts.urgency, now))
