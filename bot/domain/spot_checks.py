"""Asking households whether a visit has taken place: which visits, and what the answers come to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.proportions import Proportion, proportion

_PARTS = 2**32


class Answer(StrEnum):
    """What a resident says: somebody came, nobody came, they do not remember."""

    CAME = "came"
    NOT = "not"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Answers:
    """What households have answered. asked: all; of these `unanswered` have said nothing (yet)."""

    asked: int
    came: int
    not_come: int
    unsure: int

    @property
    def unanswered(self) -> int:
        return self.asked - self.came - self.not_come - self.unsure

    @property
    def confirmed(self) -> Proportion:
        """Of those who remember, the share that says somebody came."""
        return proportion(self.came, self.came + self.not_come)


def answers_of(counts: Mapping[str | None, int]) -> Answers:
    """The answers, counted by what was said; null: nothing."""
    return Answers(
        asked=sum(counts.values()),
        came=counts.get(Answer.CAME, 0),
        not_come=counts.get(Answer.NOT, 0),
        unsure=counts.get(Answer.UNSURE, 0),
    )


def is_drawn(visit_id: int, *, seed: str, share: float) -> bool:
    """Whether a visit is among the part that is asked about: as evenly as chance, and always the same.

    seed: what nobody who reports can know beforehand, so that no visit can be seen to be safe.
    """
    drawn = hashlib.sha256(f"{seed}:{visit_id}".encode()).digest()
    return int.from_bytes(drawn[:4]) < share * _PARTS
