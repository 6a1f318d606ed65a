"""A second opinion where the rules end: does a message tell a matter, though no word or frame says so?

A linear model over character n-grams, up to three long. The rules decide and explain what they know; the
model moves *no* to *probably* and back (see `second_opinion`), and has a voice in what kind of matter it is,
since what it goes by can be told to nobody in words. Its weights stand in `opinion.tsv`, made by
`make opinion` from the project's own labelled messages; nothing is learned at run time.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import repeat
from operator import add

from bot.domain.acts import Category, Urgency
from bot.text.lanes import columns, packed
from bot.text.messages import Speaker
from bot.text.once import once

CATEGORIES, URGENCIES = tuple(Category), tuple(Urgency)
KINDS = (*CATEGORIES, *URGENCIES)
BIAS = "|bias"  # stands for every message; no n-gram contains the stroke
SCALE = 20  # weights are kept as whole twentieths
_READ = 240  # characters of a message: by then it is said what it is about
_LEVELLED = {
    **dict.fromkeys(map(ord, ",。、;:!…~.\"'()[]【】「」《》“”"), " "),
    **dict.fromkeys(map(ord, "123456789"), "0"),
}
_NOUGHTS = re.compile("00+")


@dataclass(frozen=True, slots=True)
class Weights:
    """What the model has learned, by sign, in whole parts of `SCALE`.

    kinds: one weight for each of `KINDS`, packed as `lanes` has it.
    """

    matter: Mapping[str, int]
    kinds: Mapping[str, int]


def signs(text: str, speaker: Speaker) -> list[str]:
    """What the model sees of a plain text: its n-grams, with numbers and marks levelled, and who speaks."""
    levelled = text[:_READ].translate(_LEVELLED)
    if "00" in levelled:
        levelled = _NOUGHTS.sub("0", levelled)
    levelled = f"^{' '.join(levelled.split())}$"  # the quickest way to make one blank of a run of marks
    pairs = list(map(add, levelled, levelled[1:]))
    whose = "|resident" if speaker is Speaker.RESIDENT else "|member"
    return [whose, *levelled, *pairs, *map(add, pairs, levelled[2:])]


def log_odds_of(likelihood: float) -> float:
    """Natural logarithm of the odds of what is so likely (above 0, below 1)."""
    return math.log(likelihood / (1 - likelihood))


class Opinion:
    """What the model holds of one message.

    log_odds: natural logarithm of the odds that it tells a matter: nought is even.
    """

    def __init__(self, seen: list[str], weights: Weights | None = None) -> None:
        self._seen = seen
        self._weights = weights or shipped()
        self._share = 1 / (SCALE * math.sqrt(len(seen)))
        matter = self._weights.matter
        self.log_odds = matter.get(BIAS, 0) / SCALE + self._share * sum(map(matter.get, seen, repeat(0)))

    @property
    def matter(self) -> float:
        """How likely, from 0 to 1, it tells a matter."""
        return 1 / (1 + math.exp(-self.log_odds))

    @once
    def category(self) -> dict[Category, float]:
        """How likely each kind of matter is, if it tells one; they sum to 1."""
        return dict(zip(CATEGORIES, _shares(self._kinds[: len(CATEGORIES)]), strict=True))

    @once
    def urgency(self) -> dict[Urgency, float]:
        """How likely each urgency is, if it tells a matter; they sum to 1."""
        return dict(zip(URGENCIES, _shares(self._kinds[len(CATEGORIES) :]), strict=True))

    @once
    def _kinds(self) -> list[float]:
        weights = self._weights.kinds
        sums = columns(list(filter(None, map(weights.get, self._seen))), len(KINDS))
        biases = columns([weights[BIAS]], len(KINDS))
        return [bias / SCALE + self._share * total for bias, total in zip(biases, sums, strict=True)]


def _shares(scores: list[float]) -> list[float]:
    raised = [math.exp(score) for score in scores]
    whole = sum(raised)
    return [one / whole for one in raised]


@cache
def shipped() -> Weights:
    """The weights that come with the package."""
    matter: dict[str, int] = {}  # a weight of nought is left out
    kinds: dict[str, int] = {}
    with (resources.files("bot.text") / "opinion.tsv").open(encoding="utf-8") as rows:
        for row in rows:
            sign, first, *rest = row.rstrip("\n").split("\t")
            if first:
                matter[sign] = int(first)
            if rest:
                kinds[sign] = packed([int(number or 0) for number in rest])
    return Weights(matter, kinds)
