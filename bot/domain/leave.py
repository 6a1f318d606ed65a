"""What speaks against a leave: one reason each, the first that holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST = timedelta(days=180)


class Refusal(StrEnum):
    """Why a leave can't be taken so; the sentence `leave.refused_…` says it."""

    REVERSED = "reversed"  # it ends before it begins
    PAST = "past"
    TOO_LONG = "too_long"
    OVERLAPS = "overlaps"  # with a leave of their own
    COVERING = "covering"  # they stand in for somebody on one of its days
    SUBSTITUTE_SELF = "substitute_self"
    SUBSTITUTE_AWAY = "substitute_away"
    SUBSTITUTE_UNREACHED = "substitute_unreached"


@dataclass(frozen=True, slots=True)
class Days:
    """From a day to a day, both included."""

    first: date
    last: date

    def meets(self, other: Days) -> bool:
        """Whether they have a day in common."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class Substitute:
    """Who is to stand in. away: their own leaves."""

    is_self: bool
    reachable: bool
    away: Sequence[Days]


def refusal(
    wanted: Days,
    *,
    today: date,
    own: Sequence[Days],
    covering: Sequence[Days],
    substitute: Substitute | None,
) -> tuple[Refusal, Days | None] | None:
    """What speaks against a leave, and the days that do; null: nothing.

    Args:
        own: the leaves that the person has already.
        covering: the days on which they stand in for others, or have been asked to.
        substitute: null: nobody is named.
    """
    if wanted.last < wanted.first:
        return Refusal.REVERSED, None
    if wanted.last < today:
        return Refusal.PAST, None
    if wanted.last - wanted.first > LONGEST:
        return Refusal.TOO_LONG, None
    for reason, taken in ((Refusal.OVERLAPS, own), (Refusal.COVERING, covering)):
        if met := next((days for days in taken if days.meets(wanted)), None):
            return reason, met
    if substitute is None:
        return None
    if substitute.is_self:
        return Refusal.SUBSTITUTE_SELF, None
    if met := next((days for days in substitute.away if days.meets(wanted)), None):
        return Refusal.SUBSTITUTE_AWAY, met
    return None if substitute.reachable else (Refusal.SUBSTITUTE_UNREACHED, None)
