"""How many households a report counts when later messages go on with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

TOGETHER_WITHIN = timedelta(minutes=2)
"""Messages of one speaker that follow each other within this time, by their dates, are one telling."""


@dataclass(frozen=True, slots=True)
class More:
    """What a later message adds.

    households: how many it names that were not named before. count: a number it gives; null: none.
    besides: its households come on top of what was counted ("还有老赵家").
    """

    households: int = 0
    count: int | None = None
    besides: bool = False


def count_of(base: int | None, named: int, more: Sequence[More], *, cumulative: bool) -> int | None:
    """The number of households of a report with what followed it; null when nobody has said one.

    The report's own number wins over a list of its names, as it does in one message; names that follow
    a report which has named all of its own come on top.

    Args:
        base: the number of the report's own message; null: it gave none.
        named: households that it named.
        cumulative: the number is a running total, to which names add nothing.
    """
    count = base
    for one in more:
        if base is None and one.count is not None:
            base = count = one.count
        if base is None:
            count = named + one.households or None
        elif count is not None and not cumulative:
            room = max(0, count - named)
            if one.besides and not named:
                count += one.households
            elif named:
                count += max(0, one.households - room)
        named += one.households
    return count
