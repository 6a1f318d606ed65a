"""What counted when a message was read: rules by name, with their words and weights.

The sums that decide are made of these notes, so what `parse --explain` tells is what decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from bot.domain.acts import Act

Place = tuple[int, int]


class Effect(StrEnum):
    """What a rule does. FOR and AGAINST carry a weight; MAKES and DENIES decide alone."""

    FOR = "for"
    AGAINST = "against"
    MAKES = "makes"
    DENIES = "denies"


class Note(NamedTuple):
    """One rule that counted.

    words: where the words stand that it saw, in the plain text. weight: below zero when it speaks against;
    zero when the rule decides alone. frames: the frames of the word lists that held, `list: pattern`.
    """

    rule: str
    effect: Effect
    words: tuple[Place, ...] = ()
    weight: float = 0.0
    frames: tuple[str, ...] = ()


def outermost(places: Iterable[Place]) -> list[Place]:
    """The places that lie in no other, in order."""
    out: list[Place] = []
    for start, end in sorted(set(places), key=lambda place: (place[0], -place[1])):
        if not out or end > out[-1][1]:
            out.append((start, end))
    return out


@dataclass(slots=True)
class Account:
    """How it was decided on one candidate for an act.

    kind: as the guide names it. text: the plain text that the places of words refer to. notes: in the order
    in which they counted. act: null when nothing came of it. score: weight of the evidence; null where rules
    decide alone. rivals: weight of each value that the act's category could have had.
    """

    kind: str
    text: str
    notes: list[Note]
    act: Act | None = None
    score: float | None = None
    rivals: Mapping[str, float] = field(default_factory=dict)
