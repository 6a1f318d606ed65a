"""The rules of contact with households beside its cadence."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.occasions import OccasionKind
from bot.domain.roster import HouseholdKind


@dataclass(frozen=True, slots=True)
class ContactRules:
    """How households are contacted.

    twice_daily: kinds of household to be looked in on twice a day; theirs is a period of one day.
    fever_from: °C from which a temperature is a fever.
    occasions: what makes a visit due at once when a message tells of it; none: nothing does.
    occasion_days: days after the telling that such a visit is in time; 0: on the same day.
    """

    twice_daily: frozenset[HouseholdKind]
    fever_from: float
    occasions: frozenset[OccasionKind]
    occasion_days: int
