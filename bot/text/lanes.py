"""Rows of whole numbers kept as one great integer each, so that a plain sum adds all their columns at once.

Each number has a lane of 32 bits, and is kept raised by `_RAISED`, so that no lane borrows from the next.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

_RAISED = 1 << 15  # no number may be further below nought
_MOST = 1 << 16  # rows that can be summed before a lane runs over


def packed(numbers: Sequence[int]) -> int:
    """One row. Numbers from -32768 to 32767; others raise `struct.error` or OverflowError."""
    lanes = struct.pack(f"<{len(numbers)}I", *(_RAISED + number for number in numbers))
    return int.from_bytes(lanes, "little")


def columns(rows: Sequence[int], width: int) -> tuple[int, ...]:
    """The sum of each of the `width` columns of packed rows, of which there are at most 65,536."""
    if len(rows) > _MOST:
        raise OverflowError(f"{len(rows)} rows")
    lanes = sum(rows).to_bytes(4 * width, "little")
    raised = _RAISED * len(rows)
    return tuple(lane - raised for lane in struct.unpack(f"<{width}I", lanes))
