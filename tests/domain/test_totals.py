"""How running totals and single reports add up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.periods import Period, first_day
from bot.domain.totals import Told, unclaimed


def told(day: int, count: int | None, *households: int, since: int | None = None) -> Told:
    start = None if since is None else date(2026, 11, since)
    return Told(date(2026, 11, day), count, frozenset(households), start)


@pytest.mark.parametrize(
    ("reports", "rests"),
    [
        ([told(1, 3, 7)], [2]),
        ([told(1, 3, 7), told(5, 10, since=1)], [2, 7]),
        ([told(1, 1, 7), told(2, 1, 7), told(5, 2, since=1)], [0, 0, 1]),  # the same household once
        ([told(1, 9), told(5, 2, since=1)], [9, 0]),  # a total below what is known takes nothing away
        ([told(1, 4), told(9, 2, since=8)], [4, 2]),  # before the period
        ([told(1, 4), told(5, 6, 7, since=1)], [4, 1]),  # its own household is among the six
        ([told(1, None), told(5, 2, since=1)], [0, 2]),
    ],
)
def test_unclaimed_rests(reports: list[Told], rests: list[int]) -> None:
    assert unclaimed(reports) == rests


@given(
    st.lists(st.tuples(st.integers(0, 9), st.frozensets(st.integers(1, 4))), max_size=6), st.integers(0, 30)
)
def test_after_a_total_the_month_has_at_least_that_many(
    singles: list[tuple[int, frozenset[int]]], total: int
) -> None:
    reports = [Told(date(2026, 11, 2), count, households) for count, households in singles]
    reports.append(Told(date(2026, 11, 3), total, frozenset(), date(2026, 11, 1)))
    rests = unclaimed(reports)
    named = frozenset[int]().union(*(report.households for report in reports))
    known = len(named) + sum(rests[:-1])
    assert len(named) + sum(rests) == max(total, known)


@pytest.mark.parametrize(
    ("period", "first"),
    [
        (Period.WEEK, date(2026, 11, 16)),
        (Period.MONTH, date(2026, 11, 1)),
        (Period.QUARTER, date(2026, 10, 1)),
        (Period.HALF_YEAR, date(2026, 7, 1)),
        (Period.YEAR, date(2026, 1, 1)),
    ],
)
def test_first_days(period: Period, first: date) -> None:
    assert first_day(period, date(2026, 11, 21)) == first
