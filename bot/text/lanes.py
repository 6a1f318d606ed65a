"""Three whole numbers kept as one of 64 bits, so that a plain sum adds all three at the speed of one.

Each has a lane of 21 bits; one below nought borrows from the lane above, which `columns` gives back.
"""

from __future__ import annotations

from collections.abc import Sequence

WIDTH = 3  # numbers in a row
_LANE = 21  # bits
_HALF = 1 << (_LANE - 1)  # the sum of no column may be so far from nought
_MASK = (1 << _LANE) - 1
_RAISED = sum(_HALF << (_LANE * place) for place in range(WIDTH))  # lifts each lane above nought
_FURTHEST = (1 << 10) - 1  # nor any number farther than this: a thousand rows can be summed


def packed(numbers: Sequence[int]) -> int:
    """One row, of `WIDTH` numbers at most. Numbers from -1023 to 1023; others raise OverflowError."""
    if len(numbers) > WIDTH or max(numbers) > _FURTHEST or min(numbers) < -_FURTHEST:
        raise OverflowError(f"{numbers} do not fit their lanes")
    return sum(number << (_LANE * place) for place, number in enumerate(numbers))


def columns(total: int) -> tuple[int, int, int]:
    """Each of the columns of a sum of packed rows."""
    raised = total + _RAISED
    return (
        (raised & _MASK) - _HALF,
        (raised >> _LANE & _MASK) - _HALF,
        (raised >> 2 * _LANE) - _HALF,
    )
