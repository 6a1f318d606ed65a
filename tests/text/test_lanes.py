"""Rows of numbers added all at once."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.lanes import columns, packed

NUMBERS = st.integers(-32768, 32767)


@given(rows=st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), max_size=30))
def test_columns_are_summed_each_by_itself(rows: list[tuple[int, int, int]]) -> None:
    sums = tuple(sum(row[column] for row in rows) for column in range(3))
    assert columns([packed(row) for row in rows], 3) == sums


def test_a_number_below_its_lane_is_refused() -> None:
    with pytest.raises((struct.error, OverflowError)):
        packed([-40000])
