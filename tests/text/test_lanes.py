"""Rows of numbers added all at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.lanes import columns, packed

NUMBERS = st.integers(-1023, 1023)


@given(rows=st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), max_size=30))
def test_columns_are_summed_each_by_itself(rows: list[tuple[int, int, int]]) -> None:
    sums = tuple(sum(row[column] for row in rows) for column in range(3))
    assert columns(sum(map(packed, rows))) == sums


@pytest.mark.parametrize("farthest", [-1023, 1023])
def test_a_thousand_of_the_farthest_fit(farthest: int) -> None:
    assert columns(1000 * packed([farthest, 0, farthest])) == (1000 * farthest, 0, 1000 * farthest)


@pytest.mark.parametrize("row", [[0, -1024], [0, 1024], [0, 0, 0, 0]])
def test_what_does_not_fit_its_lane_is_refused(row: list[int]) -> None:
    with pytest.raises(OverflowError):
        packed(row)
