"""A digest: headed sections of lines, in as many messages as they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.long_texts import LONGEST, fitting, units


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what belongs under it. Without lines it is left out."""

    heading: str
    lines: Sequence[str]


def in_messages(
    title: str,
    sections: Sequence[Section],
    *,
    numbered: Callable[[int, int], str],
    longest: int = LONGEST,
) -> list[str]:
    """The digest's messages in order; none when no section has a line. Nothing is cut off.

    Args:
        title: the first line of every message.
        numbered: what follows the title when there are several: of (which, how many).
        longest: how much a message holds, in UTF-16 units.
    """
    lines = [line for section in sections if section.lines for line in (section.heading, *section.lines)]
    if not lines:
        return []
    # The number's own length is not known before the parts are: this is more than it needs.
    room = longest - units(title) - units(numbered(999, 999)) - 1
    parts: list[list[str]] = [[]]
    for piece in (piece for line in lines for piece in _pieces(line, room)):
        if parts[-1] and units("\n".join([*parts[-1], piece])) > room:
            parts.append([])
        parts[-1].append(piece)
    if len(parts) == 1:
        return ["\n".join([title, *parts[0]])]
    return [
        "\n".join([title + numbered(number, len(parts)), *part]) for number, part in enumerate(parts, start=1)
    ]


def _pieces(line: str, room: int) -> list[str]:
    """A line in pieces that fit."""
    pieces = []
    while (end := fitting(line, room)) < len(line):
        pieces.append(line[:end])
        line = line[end:]
    return [*pieces, line]
