"""Texts longer than one message holds. Lengths are in UTF-16 units, as the platform counts."""

from __future__ import annotations

LONGEST = 4096
"""What one message holds."""


def units(text: str) -> int:
    """The length of a text. It holds no halves of surrogate pairs: storage takes them out."""
    return len(text.encode("utf-16-le")) // 2


def fitting(text: str, longest: int) -> int:
    """How many characters from the start fit into `longest`."""
    taken = 0
    for index, character in enumerate(text):
        taken += 2 if ord(character) > 0xFFFF else 1
        if taken > longest:
            return index
    return len(text)


def split(text: str, longest: int = LONGEST) -> list[str]:
    """The text in parts that fit into a message, broken at line ends where there are any."""
    parts = []
    while units(text) > longest:
        end = fitting(text, longest)
        at_line = text.rfind("\n", 0, end)
        cut = at_line if at_line > end // 2 else end
        parts.append(text[:cut])
        text = text[cut:].removeprefix("\n")
    return [*parts, text]
