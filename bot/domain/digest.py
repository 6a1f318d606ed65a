"""A digest: headed sections of items with their buttons, in as many messages as they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.long_texts import LONGEST, fitting, units

MOST_BUTTONS = 100
"""What one message holds."""

Rows = Sequence[Sequence[Mapping[str, Any]]]

_ROOM_TO_DECIDE = 60  # by how much an item may grow when its outcome takes the place of what is to be done


@dataclass(frozen=True, slots=True)
class Subject:
    """What an item is about, so that it can be struck out when that is decided.

    kind: matter, household. state: what of it has to change for the item to be decided.
    """

    kind: str
    id: int
    version: int = 0
    state: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A line, the rows of buttons that decide it, and what it is about (null: nothing to decide)."""

    text: str
    buttons: Rows = ()
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what belongs under it. Without items it is left out."""

    heading: str
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Placed:
    """An item under its heading."""

    heading: str
    item: Item


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a digest."""

    text: str
    placed: tuple[Placed, ...]

    @property
    def buttons(self) -> tuple[tuple[dict[str, Any], ...], ...]:
        """The rows of buttons under it, in the order of its items."""
        rows = [row for one in self.placed for row in one.item.buttons]
        return tuple(tuple(dict(button) for button in row) for row in rows)


def in_messages(
    title: str,
    sections: Iterable[Section],
    *,
    numbered: Callable[[int, int], str],
    longest: int = LONGEST,
    most_buttons: int = MOST_BUTTONS,
) -> list[Message]:
    """The digest's messages in order; none when no section has an item. Nothing is cut off.

    A section that goes on in the next message has its heading there too. An item's buttons stand under the
    message that it is in.

    Args:
        title: the first line of every message.
        numbered: what follows the title when there are several: of (which, how many).
        longest: how much a message holds, in UTF-16 units.
        most_buttons: how many buttons it holds.
    """
    # The number's own length is not known before the parts are: this is more than it needs.
    room = longest - units(title) - units(numbered(999, 999)) - 1
    parts = [_Part(room, most_buttons)]
    for section in sections:
        for item in section.items:
            for placed in _pieces(Placed(section.heading, item), room):
                if not parts[-1].takes(placed):
                    parts.append(_Part(room, most_buttons))
                parts[-1].placed.append(placed)
    if not parts[0].placed:
        return []
    heads = [title]
    if len(parts) > 1:
        heads = [title + numbered(at, len(parts)) for at in range(1, len(parts) + 1)]
    return [
        Message(as_text(head, part.placed), tuple(part.placed))
        for head, part in zip(heads, parts, strict=True)
    ]


def as_text(title: str, placed: Iterable[Placed]) -> str:
    """A message's words: the title, and the items with each heading over the first that stands under it."""
    lines, heading = [title], ""
    for one in placed:
        if one.heading != heading:
            lines.append(one.heading)
            heading = one.heading
        lines.append(one.item.text)
    return "\n".join(lines)


@dataclass(slots=True)
class _Part:
    """A message that is being filled."""

    room: int
    most_buttons: int
    placed: list[Placed] = field(default_factory=list)

    def takes(self, one: Placed) -> bool:
        """Whether it has room for an item, and for what becomes of those in it."""
        if not self.placed:
            return True
        together = [*self.placed, one]
        deciding = sum(bool(each.item.buttons) for each in together)
        buttons = sum(len(row) for each in together for row in each.item.buttons)
        length = units(as_text("", together)) - 1 + deciding * _ROOM_TO_DECIDE
        return length <= self.room and buttons <= self.most_buttons


def _pieces(placed: Placed, room: int) -> list[Placed]:
    """An item in pieces that fit under its heading; the buttons stay with the first."""
    room -= units(placed.heading) + 1
    pieces, item = [], placed.item
    while (end := fitting(item.text, room)) < len(item.text):
        pieces.append(Placed(placed.heading, replace(item, text=item.text[:end])))
        item = Item(item.text[end:])
    return [*pieces, Placed(placed.heading, item)]
