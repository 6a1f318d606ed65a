"""Rows of numbers added all at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.lanes import columns, packed

NUMBERS = st.integers(-32767, 32767)


@given(rows=st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), max_size=30))
def test_columns_are_summed_each_by_itself(rows: list[tuple[int, int, int]]) -> None:
    sums = tuple(sum(row[column] for row in rows) for column in range(3))
    assert columns(sum(map(packed, rows)), 3) == sums


@pytest.mark.parametrize("number", [-32768, 32768])
def test_a_number_that_does_not_fit_its_lane_is_refused(number: int) -> None:
    with pytest.raises(OverflowError):
        packed([0, number])
