"""A figure as the rows that it is made of.

A figure is never a bare number: it is a list of rows, each with what it adds above (`part`) and below
(`whole`) the line. So a figure of a town is made of the rows of its villages and never of their averages, and
whoever asks for the reason of a number gets the very rows that it was counted from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median


class Measure(StrEnum):
    """How a figure is made of its rows: all parts together, parts to wholes, or one of the parts."""

    COUNT = "count"
    SHARE = "share"
    AVERAGE = "average"
    LEAST = "least"
    MEDIAN = "median"
    MOST = "most"


class RowKind(StrEnum):
    """What a row behind a figure is; its id is that of the table."""

    MEMBER = "member"
    GROUP = "group"
    HOUSEHOLD = "household"
    REPORT = "report"
    MATTER = "matter"
    SESSION = "session"
    ROLL_CALL = "roll_call"
    VILLAGE = "village"
    ROUND = "round"  # of appraisal; of single ballots there are no rows


@dataclass(frozen=True, slots=True)
class Behind:
    """A row behind a figure: what it adds above the line, and below it."""

    kind: RowKind
    id: int
    part: float = 1
    whole: float = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its rows, in the order in which they were made."""

    key: str
    measure: Measure
    rows: tuple[Behind, ...]

    @property
    def value(self) -> float | None:
        """The number; a share from 0 to 1. Null when there is nothing that it could be of."""
        parts = [row.part for row in self.rows]
        if self.measure is Measure.COUNT:
            return sum(parts)
        if self.measure in (Measure.SHARE, Measure.AVERAGE):
            places = 4 if self.measure is Measure.SHARE else 2
            return round(sum(parts) / self.denominator, places) if self.denominator else None
        return _CHOSEN[self.measure](parts) if parts else None

    @property
    def numerator(self) -> float | None:
        """What stands above the line; of a count, the count itself. Null where one of the parts is chosen."""
        return None if self.measure in _CHOSEN else sum(row.part for row in self.rows)

    @property
    def denominator(self) -> float | None:
        """What stands below the line; null when the figure is no share and no average."""
        if self.measure not in (Measure.SHARE, Measure.AVERAGE):
            return None
        return sum(row.whole for row in self.rows)


_CHOSEN: Mapping[Measure, Callable[[Sequence[float]], float]] = {
    Measure.LEAST: min,
    Measure.MEDIAN: median,
    Measure.MOST: max,
}
