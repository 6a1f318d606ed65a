"""Codes of door plates (户码): short, and made of characters that nobody takes for one another."""

from __future__ import annotations

from collections.abc import Container
from random import Random

_LETTERS = "ACDEFGHJKMNPQRTUVWXY"  # without B 8, I L 1, O 0, S 5, Z 2
_DIGITS = "34679"
_LENGTH = 5


def new_plate(taken: Container[str], random: Random) -> str:
    """A code that is not among those `taken`. It begins with a letter and has a digit: no word, no number."""
    while True:
        code = random.choice(_LETTERS) + "".join(random.choices(_LETTERS + _DIGITS, k=_LENGTH - 1))
        if any(char in _DIGITS for char in code) and code not in taken:
            return code
