"""A share with what few answers leave open about it.

The bounds are Wilson's score interval (E. B. Wilson, 1927), which keeps within 0 and 1 and says something
sensible of two answers out of two, where the textbook's interval would claim to be certain.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

_Z = 1.959963984540054
"""Standard deviations either side of the middle between which 95 % of a normal distribution lie."""


@dataclass(frozen=True, slots=True)
class Proportion:
    """`count` of `of`, and between what the true share lies with 95 % confidence.

    value, low, high: from 0 to 1; null when `of` is 0, where there is nothing to be a share of.
    """

    count: int
    of: int
    value: float | None
    low: float | None
    high: float | None

    def differs_from(self, other: Proportion) -> bool:
        """Whether the two intervals are apart, so that the difference is more than chance; else a tie."""
        if self.low is None or self.high is None or other.low is None or other.high is None:
            return False
        return self.low > other.high or other.low > self.high


def proportion(count: int, of: int) -> Proportion:
    """The share of `count` in `of`.

    Raises:
        ValueError: when `count` is not from 0 to `of`.
    """
    if not 0 <= count <= of:
        raise ValueError(f"{count} is not a part of {of}")
    if of == 0:
        return Proportion(count, of, None, None, None)
    share = count / of
    squared = _Z * _Z / of
    middle = (share + squared / 2) / (1 + squared)
    reach = _Z * sqrt(share * (1 - share) / of + squared / (4 * of)) / (1 + squared)
    # At the ends the bound is the share itself; rounding would leave it a hair beyond.
    low = 0.0 if count == 0 else middle - reach
    high = 1.0 if count == of else middle + reach
    return Proportion(count, of, share, low, high)
