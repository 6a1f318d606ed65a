"""What was said, written down by whoever let it be said: the ledger is held against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.playground.messages import Message


@dataclass(frozen=True, slots=True)
class Said:
    """A message that belongs in the ledger. households: heads visited. trouble: whether it tells a matter."""

    village: str
    person: str
    message: Message
    day: date
    households: tuple[str, ...] = ()
    trouble: bool = False

    @property
    def source(self) -> tuple[int, int]:
        """Chat and message, as the ledger names where a row comes from."""
        return self.message.chat.id, self.message.id


@dataclass(slots=True)
class Book:
    """Everything that was said. sent: what the bot wrote, as it read first, by chat and message."""

    said: list[Said] = field(default_factory=list)
    sent: dict[tuple[int, int], str] = field(default_factory=dict)

    def visits(self, village: str) -> int:
        """How many households were said to have been visited."""
        return sum(len(each.households) for each in self.said if each.village == village)

    def matters(self, village: str) -> int:
        """How many matters were told."""
        return sum(each.trouble for each in self.said if each.village == village)
