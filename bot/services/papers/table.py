"""A table as offices print them and keep them in spreadsheets: heading, columns, rows, a sum, notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Cell = str | int | float | date | None
"""What stands in a table; a number that is not whole is a share."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. width: in millimetres on paper; a share of the whole when there is more room or less."""

    title: str
    width: int
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table to print, or for a spreadsheet.

    under: lines under the title, such as the unit and the day. total: a last row with sums; null: none.
    notes: sentences under it that say how it was reckoned. signs: places for signatures.
    landscape: which way the paper lies.
    """

    title: str
    under: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    total: tuple[Cell, ...] | None = None
    notes: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    landscape: bool = False
