"""How running totals and single reports add up to one count of households.

A member says "今天走访了老王家" on Monday, "走了3户" on Tuesday and "本月累计走访12户" on Friday. The total
repeats what is known already, so it adds only what is missing:

* **Known** in a period are the *different* households named in it (a total counts 户, so one visited twice
  counts once) and the unclaimed rest of every report, each of which is taken for another household.
* A single report's unclaimed rest is its count less the households it names, at least 0.
* A running total's unclaimed rest is its count less all that is known of its period when it was said,
  its own households included, at least 0. A total below what is known adds nothing and takes nothing away.
* When an earlier report is amended or withdrawn, later totals are reckoned again: what was said of the
  whole stays true.

So the households reached in a period are always: different named ones + the sum of the unclaimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Told:
    """What counts of one report.

    count: households as stated; null: not said. households: ids of those named and known.
    since: first day of the period of a running total; null: a single occasion's report.
    """

    day: date
    count: int | None
    households: frozenset[int]
    since: date | None = None


def unclaimed(reports: Sequence[Told]) -> list[int]:
    """The unclaimed rest of each report, given one member's standing reports in the order they were told."""
    rests: list[int] = []
    for place, report in enumerate(reports):
        if report.count is None:
            rests.append(0)
        elif report.since is None:
            rests.append(max(report.count - len(report.households), 0))
        else:
            earlier = [
                (before, rest)
                for before, rest in zip(reports[:place], rests, strict=True)
                if report.since <= before.day <= report.day
            ]
            named = report.households.union(*(before.households for before, _ in earlier))
            rests.append(max(report.count - len(named) - sum(rest for _, rest in earlier), 0))
    return rests
