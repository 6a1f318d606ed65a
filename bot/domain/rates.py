"""The three rates of the 12345 hotlines: response (响应率), solution (解决率), satisfaction (满意率).

They are of the matters **raised** in a period, as these stand when the figures are asked for:

* **response** = taken on within the time first given / due to be taken on. Due is what has been taken on, or
  whose time is over; what is still in time is in neither. A matter of which no time is known is left out.
* **solution** = matters said by their people to be settled / matters they have answered about. Half
  settled (好了一半) and not settled are answers, and not solutions.
* **satisfaction** = people who are content / people who have answered: each reporter for their own side.

Silence, and *can't be solved, explained*, are no answers: they are counted apart and in no rate. Matters
withdrawn or merged into another are in no rate either; private ones are, as numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.matters import MatterStatus, Outcome

FEW = 10
"""Below this denominator a rate says little."""

_ANSWERS = (Outcome.SATISFIED, Outcome.PARTLY, Outcome.NOT_SOLVED)
_GONE = (MatterStatus.WITHDRAWN, MatterStatus.MERGED)


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """What the rates ask of one matter.

    acknowledge_by: until when it was to be taken on, as first said; null: not known.
    taken_at: when somebody first took it on, or said that it was dealt with; null: nobody has.
    outcome: the verdict of all sides; `not_solved` when it is open again because of one; null: none yet.
    said: what each side has said last, silence included.
    """

    status: MatterStatus
    private: bool
    acknowledge_by: datetime | None
    taken_at: datetime | None
    outcome: Outcome | None
    said: Sequence[Outcome] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with what it is made of."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """From 0 to 1, to four places; null when there is nothing that it could be a share of."""
        return None if self.denominator == 0 else round(self.numerator / self.denominator, 4)

    @property
    def few(self) -> bool:
        """Whether it is of so few that it says little."""
        return 0 < self.denominator < FEW


@dataclass(frozen=True, slots=True)
class Rates:
    """The figures of some matters.

    raised: all of them. withdrawn, merged: of these, in no rate. private: of these, in the rates.
    not_due: still in time to be taken on. no_time_known: from before the first deadline was kept.
    partly, not_solved: answers that are no solutions. silent, cannot_explained: in no rate.
    unanswered: nobody has been asked, or has answered yet.
    """

    raised: int
    withdrawn: int
    merged: int
    private: int
    response: Rate
    not_due: int
    no_time_known: int
    solution: Rate
    partly: int
    not_solved: int
    silent: int
    cannot_explained: int
    unanswered: int
    satisfaction: Rate


def rates_of(matters: Iterable[MatterFacts], now: datetime) -> Rates:
    """The figures of matters as they stand at `now`."""
    everything = list(matters)
    counted = [one for one in everything if one.status not in _GONE]
    timed = [one for one in counted if one.acknowledge_by is not None]
    due = [one for one in timed if one.taken_at is not None or _over(one, now)]
    answered = [one for one in counted if one.outcome in _ANSWERS]
    people = [said for one in counted for said in one.said if said in _ANSWERS]

    def ended(outcome: Outcome | None) -> int:
        return sum(one.outcome is outcome for one in counted)

    return Rates(
        raised=len(everything),
        withdrawn=sum(one.status is MatterStatus.WITHDRAWN for one in everything),
        merged=sum(one.status is MatterStatus.MERGED for one in everything),
        private=sum(one.private for one in counted),
        response=Rate(sum(_in_time(one) for one in due), len(due)),
        not_due=len(timed) - len(due),
        no_time_known=len(counted) - len(timed),
        solution=Rate(ended(Outcome.SATISFIED), len(answered)),
        partly=ended(Outcome.PARTLY),
        not_solved=ended(Outcome.NOT_SOLVED),
        silent=ended(Outcome.SILENT),
        cannot_explained=ended(Outcome.CANNOT_EXPLAINED),
        unanswered=ended(None),
        satisfaction=Rate(sum(said is Outcome.SATISFIED for said in people), len(people)),
    )


def _over(matter: MatterFacts, now: datetime) -> bool:
    return matter.acknowledge_by is not None and matter.acknowledge_by < now


def _in_time(matter: MatterFacts) -> bool:
    return (
        matter.taken_at is not None
        and matter.acknowledge_by is not None
        and matter.taken_at <= matter.acknowledge_by
    )
