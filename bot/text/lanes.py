"""Rows of whole numbers kept as one great integer each, so that a plain sum adds all their columns at once.

Each number has a lane of 32 bits; one below nought borrows from the lane above, which `columns` gives back.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import cache

_LANE = 32
_HALF = 1 << (_LANE - 1)  # the sum of no column may be so far from nought
_FURTHEST = (1 << 15) - 1  # nor any number farther than this: some 65,000 rows can be summed


def packed(numbers: Sequence[int]) -> int:
    """One row. Numbers from -32767 to 32767; others raise OverflowError."""
    if max(numbers) > _FURTHEST or min(numbers) < -_FURTHEST:
        raise OverflowError(f"{numbers} do not fit their lanes")
    lanes = struct.pack(f"<{len(numbers)}I", *[_HALF + number for number in numbers])
    return int.from_bytes(lanes, "little") - _raised(len(numbers))


def columns(total: int, width: int) -> tuple[int, ...]:
    """Each of the `width` columns of a sum of packed rows."""
    lanes = (total + _raised(width)).to_bytes(4 * width, "little")
    return tuple([lane - _HALF for lane in struct.unpack(f"<{width}I", lanes)])


@cache
def _raised(width: int) -> int:
    """What lifts every lane above nought, so that none borrows."""
    return sum(_HALF << (_LANE * place) for place in range(width))
