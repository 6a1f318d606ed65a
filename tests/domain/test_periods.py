from __future__ import annotations

from datetime import date

import pytest

from bot.domain.periods import days_of

# As written, first day, last day.
PERIODS = [
    ("2026-11", (11, 1), (11, 30)),
    ("2026-02", (2, 1), (2, 28)),
    ("2024-02", (2, 1), (2, 29)),
    ("2026-Q4", (10, 1), (12, 31)),
    ("2026-q1", (1, 1), (3, 31)),
    ("2026-H1", (1, 1), (6, 30)),
    ("2026-H2", (7, 1), (12, 31)),
    ("2026", (1, 1), (12, 31)),
]


@pytest.mark.parametrize(("written", "first", "last"), PERIODS)
def test_a_period_is_read_as_its_days(written: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    year = int(written[:4])
    assert days_of(written) == (date(year, *first), date(year, *last))


@pytest.mark.parametrize("written", ["11", "2026-13", "2026-Q5", "2026-H3", "2026-1", "0000", "2026-11-01"])
def test_anything_else_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=written):
        days_of(written)
