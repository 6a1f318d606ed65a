"""Duties: what fell to a member, what of it was done, and how members stand to one another.

Members are not compared by their points, which grow with the number of households, but by the **share of what
fell to them that they did**; and whoever differs by no more than chance is not ranked apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor

from bot.domain.cadence import ReminderRule
from bot.domain.leave import Days
from bot.domain.points import Charge, counts
from bot.domain.proportions import Proportion, proportion


@dataclass(frozen=True, slots=True)
class Duties:
    """What fell to a member in a time, and what of it was done; both counted, not weighted."""

    contacts: int = 0
    contacted: int = 0
    matters: int = 0
    settled: int = 0
    meetings: int = 0
    attended: int = 0

    @property
    def share(self) -> Proportion:
        """The part that was done, with what so few leave open."""
        done = self.contacted + self.settled + self.attended
        return proportion(done, self.contacts + self.matters + self.meetings)

    def __add__(self, other: Duties) -> Duties:
        return Duties(
            self.contacts + other.contacts,
            self.contacted + other.contacted,
            self.matters + other.matters,
            self.settled + other.settled,
            self.meetings + other.meetings,
            self.attended + other.attended,
        )


def contacts_expected(charge: Charge, away: Sequence[Days], *, share: float) -> int:
    """How many contacts of a household fell to a member in the days of a charge.

    Days of leave, and those on which nobody was at home, don't count. A period falls to them when so
    much of it lay in their days that they would have been reminded.

    Args:
        away: days that don't count; they may meet.
        share: part of a period after which the first reminder comes.
    """
    length = (charge.last - charge.first).days + 1
    days = (charge.first + timedelta(days=number) for number in range(length))
    present = sum(not any(one.first <= day <= one.last for one in away) for day in days)
    return floor(present / charge.period + (1 - share) + 1e-9)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a member stands. place: one more than there are members who certainly did better.

    better, worse: how many of the `others` certainly did better and worse; the rest differ by no more
        than chance.
    """

    person_id: int
    share: Proportion
    place: int
    better: int
    worse: int
    others: int

    @property
    def is_low(self) -> bool:
        """Whether at least half of the others certainly did better."""
        return self.better > 0 and self.better >= self.others / 2


def contacts_done(charge: Charge, expected: int, days: Sequence[date], rule: ReminderRule) -> int:
    """How many of the contacts that fell to a member were made, by whomever; more than fell count nothing.

    Args:
        days: all days on which the household was contacted.
    """
    within = [day for day in days if charge.first <= day <= charge.last]
    return min(expected, sum(counts(day, days, charge, rule) for day in within))


def ranking(shares: Mapping[int, Proportion]) -> list[Placed]:
    """Members by the share of what fell to them that they did, the best first.

    Two are told apart when the intervals of their shares are, so that most of those who are close share a
    place. Those to whom nothing fell are left out.
    """
    ranked = {key: share for key, share in shares.items() if share.of > 0}
    found = []
    for key, share in ranked.items():
        apart = [other for other in ranked.values() if share.differs_from(other)]
        better = sum((other.value or 0.0) > (share.value or 0.0) for other in apart)
        found.append(Placed(key, share, better + 1, better, len(apart) - better, len(ranked) - 1))
    return sorted(found, key=lambda one: (one.place, -(one.share.value or 0.0), one.person_id))


def first_of(placed: Sequence[Placed]) -> list[Placed]:
    """Those who share the first place; none when nobody can be told apart from the others."""
    if all(one.place == 1 for one in placed):
        return []
    return [one for one in placed if one.place == 1 and one.worse > 0]
