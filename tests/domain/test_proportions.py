"""Shares of few answers, against values of Wilson's interval worked out elsewhere."""

from __future__ import annotations

import pytest

from bot.domain.proportions import Proportion, proportion


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (1, 10, 0.0179, 0.4042),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (2, 2, 0.3424, 1.0),
        (1, 1, 0.2065, 1.0),
        (81, 263, 0.2553, 0.3662),  # Newcombe (1998), table I
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_bounds_are_wilsons(count: int, of: int, low: float, high: float) -> None:
    found = proportion(count, of)
    assert (found.value, found.low, found.high) == (
        pytest.approx(count / of),
        pytest.approx(low, abs=1e-4),
        pytest.approx(high, abs=1e-4),
    )


def test_a_share_of_nothing_is_not_nought() -> None:
    assert proportion(0, 0) == Proportion(0, 0, None, None, None)


@pytest.mark.parametrize(("count", "of"), [(-1, 5), (6, 5), (1, 0)])
def test_a_part_is_no_more_than_the_whole(count: int, of: int) -> None:
    with pytest.raises(ValueError, match="is not a part"):
        proportion(count, of)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ((9, 10), (7, 10), False),  # noise
        ((90, 100), (70, 100), True),
        ((0, 3), (3, 3), False),  # 0–56 % and 44–100 %: three answers each do not tell them apart
        ((0, 6), (6, 6), True),
        ((0, 0), (6, 6), False),
    ],
)
def test_two_shares_differ_when_their_bounds_are_apart(one, other, differ: bool) -> None:
    assert proportion(*one).differs_from(proportion(*other)) is differ
    assert proportion(*other).differs_from(proportion(*one)) is differ
