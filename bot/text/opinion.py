"""A second opinion where the rules end: what does a message tell, though no word or frame says so?

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
from typing import NamedTuple

from bot.domain.acts import Category, Urgency
from bot.text.lanes import columns, packed
from bot.text.messages import Speaker
from bot.text.once import once

CATEGORIES, URGENCIES = tuple(Category), tuple(Urgency)
KINDS: tuple[Category | Urgency, ...] = (*CATEGORIES, *URGENCIES)
BIAS = "|bias"  # stands for every message; no n-gram contains the stroke
SCALE = 20  # weights are kept as whole twentieths
_READ = 240  # characters of a message: by then it is said what it is about
_LEVELLED = {
    **dict.fromkeys(map(ord, ",。、;:!…~.\"'()[]【】「」《》“”"), " "),
    **dict.fromkeys(map(ord, "123456789"), "0"),
}
_COUNTED = re.compile("[一二两三四五六七八九十百俩仨壹贰叁肆伍陆柒捌玖拾佰]+(?=[户家])")
_NOUGHTS = re.compile("00+")


class Told(NamedTuple):
    """For each act the natural logarithm of the odds that a message tells it: nought is even.

    Visits and corrections are learned from members alone: of a resident's message theirs say nothing.
    """

    matter: float
    visit: float
    correction: float
    resolution: float
    activity: float


ACTS = Told._fields


@dataclass(frozen=True)
class Weights:
    """What the model has learned, by sign, in whole parts of `SCALE`.

    anything: that any act is told. told: one weight for each of `ACTS`, packed as `lanes` has it.
    kinds: one for each of `KINDS`, packed, of signs that tell a kind.
    """

    anything: Mapping[str, int]
    told: Mapping[str, int]
    kinds: Mapping[str, int]

    @once
    def biases(self) -> tuple[float, ...]:
        """What speaks for each act whatever the message."""
        return tuple(bias / SCALE for bias in columns(self.told[BIAS], len(ACTS)))


def levelled(text: str) -> str:
    """The text with numbers and marks levelled, as the model sees it."""
    plain = _COUNTED.sub("0", text) if "户" in text or "家" in text else text
    plain = plain.translate(_LEVELLED)
    return _NOUGHTS.sub("0", plain) if "00" in plain else plain


class Opinion:
    """What the model holds of one plain text: what it tells, and of which kind the matter is if it tells one.

    outline: who speaks, and the characters and pairs of the text, with numbers and marks levelled.
    anything: natural logarithm of the odds that it tells any act, by its outline alone: this costs least.
    """

    def __init__(self, text: str, speaker: Speaker, weights: Weights | None = None) -> None:
        self._weights = weights or shipped()
        # the quickest way to make one blank of a run of marks
        self._plain = f"^{' '.join(levelled(text[:_READ]).split())}$"
        self._pairs = list(map(add, self._plain, self._plain[1:]))
        whose = "|resident" if speaker is Speaker.RESIDENT else "|member"
        self.outline = [whose, *self._plain, *self._pairs]
        share = 1 / (SCALE * math.sqrt(len(self.outline)))
        anything = self._weights.anything
        self.anything = anything[BIAS] / SCALE + share * sum(map(anything.get, self.outline, repeat(0)))

    @once
    def seen(self) -> list[str]:
        """All that the model sees of the text: the outline, and every three characters."""
        return [*self.outline, *map(add, self._pairs, self._plain[2:])]

    @once
    def _share(self) -> float:
        """How much one of what is seen counts."""
        return 1 / (SCALE * math.sqrt(len(self.seen)))

    @once
    def told(self) -> Told:
        """How likely each act is."""
        sums = columns(sum(map(self._weights.told.get, self.seen, repeat(0))), len(ACTS))
        biases = self._weights.biases
        return Told(*[bias + self._share * each for bias, each in zip(biases, sums, strict=True)])

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
        sums = columns(sum(filter(None, map(weights.get, self.seen))), len(KINDS))
        biases = columns(weights[BIAS], len(KINDS))
        return [bias / SCALE + self._share * total for bias, total in zip(biases, sums, strict=True)]


def _shares(scores: list[float]) -> list[float]:
    raised = [math.exp(score) for score in scores]
    whole = sum(raised)
    return [one / whole for one in raised]


@cache
def shipped() -> Weights:
    """The weights that come with the package."""
    anything: dict[str, int] = {}
    told: dict[str, int] = {}
    kinds: dict[str, int] = {}
    with (resources.files("bot.text") / "opinion.tsv").open(encoding="utf-8") as rows:
        for row in rows:
            sign, *numbers = row.rstrip("\n").split("\t")
            first, *weights = map(int, numbers)
            if first:
                anything[sign] = first
            if weights:
                told[sign] = packed(weights[: len(ACTS)])
            if len(weights) > len(ACTS):
                kinds[sign] = packed(weights[len(ACTS) :])
    return Weights(anything, told, kinds)
