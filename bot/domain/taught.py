"""A village's own words, as its secretary has taught them, and what a message was read as."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.acts import Category, Urgency


class Meaning(StrEnum):
    """What a taught word means."""

    PLACE = "place"
    NICKNAME = "nickname"
    TROUBLE = "trouble"
    NO_TROUBLE = "no_trouble"


@dataclass(frozen=True, slots=True)
class TaughtWord:
    """A word in one spelling (simplified, half width) and what it means.

    household, household_id: of a nickname, the head and the key of the household called so; else null.
    category, urgency: of a kind of trouble; else null.
    """

    word: str
    meaning: Meaning
    household: str | None = None
    household_id: int | None = None
    category: Category | None = None
    urgency: Urgency | None = None


@dataclass(frozen=True, eq=False)
class Taught:
    """The words of one branch at one time. The same until they change, so that it can be compiled once."""

    words: tuple[TaughtWord, ...] = ()

    def with_word(self, word: TaughtWord) -> Taught:
        """These words and one more, which takes the place of what it meant before."""
        return Taught((*(one for one in self.words if one.word != word.word), word))

    def household_called(self, name: str) -> int | None:
        """The key of the household that a nickname means; null: it is none of these words."""
        return next((one.household_id for one in self.words if one.word == name), None)

    @property
    def mark(self) -> str:
        """Tells these words from all others, in whatever branch or process; empty when there are none."""
        if not self.words:
            return ""
        plain = sorted(
            [
                one.word,
                one.meaning,
                one.household or "",
                one.household_id or 0,
                one.category or "",
                one.urgency or "",
            ]
            for one in self.words
        )
        return hashlib.sha256(json.dumps(plain).encode()).hexdigest()[:32]
