"""Appraisal of members: by residents (群众评议), by one another (民主评议), and the branch's verdict.

What was voted is told as counts alone, and only from so many votes on that nobody's own can be worked out:
neither from a member's counts, nor from the whole less what was told of the others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.leave import Days
from bot.domain.periods import Period, days_of, first_day
from bot.domain.proportions import Proportion, proportion

LEAST_BALLOTS = 5
"""Fewer votes than this are never told; a preset may ask for more, not for less."""
FEW_BALLOTS = 30
"""Below this a share is told with the words that it is of few."""


class RoundKind(StrEnum):
    """Who appraises."""

    RESIDENTS = "residents"
    MEMBERS = "members"


class RoundState(StrEnum):
    """How far a round is. cancelled: it never opened."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class RoundMove(StrEnum):
    """What the secretary can do with a round, by a press."""

    START = "start"
    POSTPONE = "postpone"
    CANCEL = "cancel"
    CLOSE = "close"


MOVES: Mapping[RoundState, frozenset[RoundMove]] = {
    RoundState.PLANNED: frozenset((RoundMove.START, RoundMove.POSTPONE, RoundMove.CANCEL)),
    RoundState.OPEN: frozenset((RoundMove.CLOSE,)),
    RoundState.CLOSED: frozenset(),
    RoundState.CANCELLED: frozenset(),
}
"""What can be done in which state. Only the members' round is closed by hand, when all are in one room."""


class Opinion(StrEnum):
    """What a household says of the member who answers for it (满意 … 说不清)."""

    CONTENT = "content"
    FAIRLY = "fairly"
    SO_SO = "so_so"
    DISCONTENT = "discontent"
    UNSURE = "unsure"


class Grade(StrEnum):
    """What members give one another, and what the branch's verdict is (优秀、合格、基本合格、不合格)."""

    EXCELLENT = "excellent"
    QUALIFIED = "qualified"
    BASIC = "basic"
    UNQUALIFIED = "unqualified"

    @property
    def is_low(self) -> bool:
        """Whether a next step has to go with it."""
        return self in (Grade.BASIC, Grade.UNQUALIFIED)


CHOICES: Mapping[RoundKind, tuple[str, ...]] = {
    RoundKind.RESIDENTS: tuple(Opinion),
    RoundKind.MEMBERS: tuple(Grade),
}
"""What can be voted, in the order in which it is shown."""
_GOOD = frozenset((Opinion.CONTENT, Opinion.FAIRLY, Grade.EXCELLENT, Grade.QUALIFIED))


@dataclass(frozen=True, slots=True)
class AppraisalRules:
    """When and how a branch appraises.

    days: month and day on which residents' rounds open each year; none: they don't.
    at: when rounds open and close.
    notice_days: days before a round opens when the secretary is told of it.
    open_days, members_open_days: how long a residents' and a members' round is open.
    postpone_days: how far one press puts a round off.
    least: votes from which a result is told; at least `LEAST_BALLOTS`.
    """

    days: tuple[tuple[int, int], ...]
    at: time
    notice_days: int
    open_days: int
    members_open_days: int
    postpone_days: int
    least: int

    def planned_between(self, after: date, until: date) -> list[date]:
        """The days later than `after`, up to and with `until`, for which a residents' round is planned."""
        years = range(after.year, until.year + 1)
        days = (_day(year, month, day) for year in years for month, day in self.days)
        return sorted({day for day in days if after < day <= until})

    def appraised(self, planned: date) -> Days:
        """What a round planned for a day appraises: its half-year; its year when there is but one a year."""
        period = Period.YEAR if len(self.days) < 2 else Period.HALF_YEAR
        return whole(period, planned)


def whole(period: Period, day: date) -> Days:
    """The calendar's year, half-year, quarter or month in which a day lies."""
    first = first_day(period, day)
    written = {
        Period.YEAR: f"{first.year}",
        Period.HALF_YEAR: f"{first.year}-H{(first.month + 5) // 6}",
        Period.QUARTER: f"{first.year}-Q{(first.month + 2) // 3}",
    }.get(period, f"{first:%Y-%m}")
    return Days(*days_of(written))


@dataclass(frozen=True, slots=True)
class Tie:
    """A member answers for a household when a round opens.

    since: when that began. own_home: the member lives there. lent: only for the days of somebody's leave.
    """

    household_id: int
    person_id: int
    since: date
    own_home: bool
    lent: bool


def votes_of_households(
    ties: Sequence[Tie], leaves: Mapping[int, Sequence[Days]], appraised: Days
) -> list[tuple[int, int]]:
    """Which household votes on which member, each once.

    Left out are members who live in the household themselves, those who only stand in for another, and
    those who were on leave on every day for which they would be judged.
    """
    found: dict[tuple[int, int], None] = {}
    for tie in ties:
        judged = Days(max(tie.since, appraised.first), appraised.last)
        away = leaves.get(tie.person_id, ())
        if tie.own_home or tie.lent or not _was_there(judged, away):
            continue
        found[tie.household_id, tie.person_id] = None
    return list(found)


def votes_of_members(member_ids: Collection[int]) -> list[tuple[int, int]]:
    """Which member votes on which: on each of the others."""
    return [(voter, subject) for voter in member_ids for subject in member_ids if voter != subject]


def has_ended(closes_at: datetime | None, now: datetime) -> bool:
    """Whether no vote counts any more, though nobody may have counted yet."""
    return closes_at is not None and now >= closes_at


@dataclass(frozen=True, slots=True)
class Result:
    """What a round says of a member, or of the whole branch.

    entitled: votes there could have been. cast: votes there were.
    counts: of each choice; null when there are too few to tell.
    good: the share of good ones among those that say anything; null when there are too few to tell.
    """

    entitled: int
    cast: int
    counts: Mapping[str, int] | None
    good: Proportion | None

    @property
    def told(self) -> bool:
        """Whether it may be told."""
        return self.good is not None

    @property
    def few(self) -> bool:
        """Whether it has to be told that it is of few."""
        return self.good is not None and self.good.of < FEW_BALLOTS


def result_of(counts: Mapping[str, int], entitled: int, *, least: int) -> Result:
    """What votes say. *Unsure* is a vote that says nothing: it is in no share, and makes none tellable."""
    cast = sum(counts.values())
    saying = cast - counts.get(Opinion.UNSURE, 0)
    if saying < max(least, LEAST_BALLOTS):
        return Result(entitled, cast, None, None)
    good = sum(votes for choice, votes in counts.items() if choice in _GOOD)
    return Result(entitled, cast, dict(counts), proportion(good, saying))


def total_of(each: Sequence[Mapping[str, int]], entitled: int, *, least: int) -> Result:
    """What the votes on all members together say.

    Votes on members of whom nothing is told are in it only when they are many enough together: else
    the whole, less what is told of the others, would tell them.
    """
    told = [counts for counts in each if result_of(counts, 0, least=least).told]
    hidden = [counts for counts in each if not result_of(counts, 0, least=least).told]
    together = _sum(hidden)
    shown = [*told, together] if result_of(together, 0, least=least).told else told
    cast = sum(sum(counts.values()) for counts in each)
    found = result_of(_sum(shown), entitled, least=least)
    return Result(entitled, cast, found.counts, found.good)


def _sum(each: Sequence[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for counts in each:
        for choice, votes in counts.items():
            total[choice] = total.get(choice, 0) + votes
    return total


def _was_there(judged: Days, away: Sequence[Days]) -> bool:
    day = judged.first
    while day <= judged.last:
        met = next((leave for leave in away if leave.first <= day <= leave.last), None)
        if met is None:
            return True
        day = met.last + timedelta(days=1)
    return judged.last < judged.first  # taken on after the time judged: nothing says that they were away


def _day(year: int, month: int, day: int) -> date:
    """29 February is the 28th where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 28)
