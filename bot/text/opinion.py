"""A second opinion where the rules end: what does a message tell, though no word or frame says so?

A linear model over character n-grams, up to three long. The rules decide and explain what they know; the
model moves *no* to *probably* and back (see `second_opinion`), and has a voice in what kind of matter it is,
since what it goes by can be told to nobody in words. Its signs stand in `opinion.txt`, their weights as plain
arrays in `opinion.bin`: `make opinion` learns both from the project's own labelled messages, and nothing is
learned at run time.
"""

from __future__ import annotations

import math
import re
import sys
from array import array
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import chain
from operator import add, itemgetter
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from bot.domain.acts import Category, Urgency
from bot.text.lanes import WIDTH, columns, packed
from bot.text.messages import Speaker
from bot.text.normalise import PHONE
from bot.text.once import once

CATEGORIES, URGENCIES = tuple(Category), tuple(Urgency)
KINDS: tuple[Category | Urgency, ...] = (*CATEGORIES, *URGENCIES)
SCALE = 20  # weights are kept as whole twentieths
# no n-gram is as long as these: what stands for every message, for who speaks, and for an answer
BIAS, RESIDENT, MEMBER, ANSWER = SPECIAL = ("|bias", "|resident", "|member", "|answer")
_LONGEST = 3  # characters of an n-gram
_READ = 240  # characters of a message: by then it is said what it is about
_LEVELLED = {
    # a telephone number tells of nothing: advertisers give theirs, and so does whoever wants help
    **dict.fromkeys(map(ord, PHONE + ",。、;:!…~.\"'()[]【】「」《》“”"), " "),
    **dict.fromkeys(map(ord, "123456789"), "0"),
}
_COUNTED = re.compile("[一二两三四五六七八九十百俩仨壹贰叁肆伍陆柒捌玖拾佰]+(?=[户家])")
_NOUGHTS = re.compile("00+")
_PLACE = itemgetter(0)


class Told(NamedTuple):
    """For each act the natural logarithm of the odds that a message tells it: nought is even.

    Visits and corrections are learned from members alone: of a resident's message theirs say nothing.
    """

    matter: float
    activity: float
    resolution: float
    visit: float
    correction: float


ACTS = Told._fields
OUTPUTS = 1 + len(ACTS) + len(KINDS)  # weights of a sign: of telling anything, of each act, of each kind
_CATEGORY = 1 + len(ACTS)  # where the outputs for categories begin
_URGENCY = _CATEGORY + len(CATEGORIES)  # and those for urgencies


class Weights:
    """What the model has learned.

    signs: n-grams, and `SPECIAL` at the end. arrays: `OUTPUTS` weights of each sign, in whole parts of
    `SCALE` and packed as `lanes` has it: the first array holds the first three, and so on.
    """

    def __init__(self, signs: Sequence[str], arrays: Sequence[array[int]]) -> None:
        n_grams = len(signs) - len(SPECIAL)
        self.arrays = arrays
        self._automaton = AhoCorasick(signs[:n_grams], store_patterns=False)
        at = {sign: n_grams + place for place, sign in enumerate(SPECIAL)}
        # what is seen beside a text, by whether a resident speaks and whether it is an answer
        self.special = {
            (resident, answers): [at[sign] for sign in special_signs(resident=resident, answers=answers)]
            for resident in (False, True)
            for answers in (False, True)
        }
        # what speaks for each output, by array, whatever the message
        self.biases = [tuple(bias / SCALE for bias in columns(each[at[BIAS]])) for each in arrays]

    def found(self, framed_text: str) -> list[int]:
        """The places in `arrays` of all n-grams of a text, each as often as it stands there."""
        return list(map(_PLACE, self._automaton.find_matches_as_indexes(framed_text, overlapping=True)))


def framed(text: str) -> str:
    """The text as the model sees it: numbers and marks levelled, its beginning and end marked."""
    plain = text[:_READ]
    if "户" in plain or "家" in plain:
        plain = _COUNTED.sub("0", plain)
    # the quickest way to make one blank of a run of marks
    plain = " ".join(plain.translate(_LEVELLED).split())
    return f"^{_NOUGHTS.sub('0', plain) if '00' in plain else plain}$"


def special_signs(*, resident: bool, answers: bool) -> tuple[str, ...]:
    """What the model sees beside the text: whether a resident speaks, and answers another message."""
    whose = RESIDENT if resident else MEMBER
    return (whose, ANSWER) if answers else (whose,)


def n_grams(framed_text: str) -> list[str]:
    """All that the model sees of a text."""
    pairs = list(map(add, framed_text, framed_text[1:]))
    return [*framed_text, *pairs, *map(add, pairs, framed_text[2:])]


class Opinion:
    """What the model holds of one plain text: what it tells, and of which kind the matter is if it tells one.

    anything: natural logarithm of the odds that it tells any act.
    """

    def __init__(
        self, text: str, speaker: Speaker, *, answers: bool = False, weights: Weights | None = None
    ) -> None:
        self._weights = weights = weights or shipped()
        seen = framed(text)
        special = weights.special[speaker is Speaker.RESIDENT, answers]
        self._found = weights.found(seen) + special
        # of n characters there are n + (n - 1) + (n - 2) n-grams, known or not
        self._share = 1 / (SCALE * math.sqrt(_LONGEST * (len(seen) - 1) + len(special)))
        self.anything, self._matter, self._activity = self._outputs(0)

    def _outputs(self, at: int) -> tuple[float, float, float]:
        """Those of one array."""
        weights, share = self._weights, self._share
        one, two, three = columns(sum(map(weights.arrays[at].__getitem__, self._found)))
        bias_one, bias_two, bias_three = weights.biases[at]
        return bias_one + share * one, bias_two + share * two, bias_three + share * three

    @once
    def told(self) -> Told:
        """How likely each act is."""
        return Told(self._matter, self._activity, *self._outputs(1))

    @once
    def category(self) -> dict[Category, float]:
        """How likely each kind of matter is, if it tells one; they sum to 1."""
        return dict(zip(CATEGORIES, _shares(self._between(_CATEGORY, _URGENCY)), strict=True))

    @once
    def urgency(self) -> dict[Urgency, float]:
        """How likely each urgency is, if it tells a matter; they sum to 1."""
        return dict(zip(URGENCIES, _shares(self._between(_URGENCY, OUTPUTS)), strict=True))

    def _between(self, first: int, end: int) -> list[float]:
        """The outputs from `first` on, before `end`."""
        arrays = range(first // WIDTH, -(-end // WIDTH))
        outputs = [output for at in arrays for output in self._outputs(at)]
        skipped = arrays.start * WIDTH
        return outputs[first - skipped : end - skipped]


def _shares(scores: list[float]) -> list[float]:
    raised = [math.exp(score) for score in scores]
    whole = sum(raised)
    return [one / whole for one in raised]


_FOLDER = resources.files("bot.text")
_SIGNS, _ARRAYS_OF_SIGNS = "opinion.txt", "opinion.bin"


@cache
def shipped() -> Weights:
    """The weights that come with the package."""
    return read_from(_FOLDER)


def read_from(folder: Traversable) -> Weights:
    """The weights that `write_to` has written."""
    signs = (folder / _SIGNS).read_text("utf-8").split("\n")
    arrays = []
    with (folder / _ARRAYS_OF_SIGNS).open("rb") as written:
        for _ in range(0, OUTPUTS, WIDTH):
            weights = array("q")
            weights.frombytes(written.read(weights.itemsize * len(signs)))
            if sys.byteorder == "big":
                weights.byteswap()
            arrays.append(weights)
    return Weights(signs, arrays)


def write_to(folder: Path, rows: Mapping[str, Sequence[int]]) -> None:
    """Write weights by sign: the signs a line each, the arrays one after another, lowest byte first."""
    signs, arrays = laid_out(rows)
    every = array("q", chain.from_iterable(arrays))
    if sys.byteorder == "big":
        every.byteswap()
    (folder / _SIGNS).write_text("\n".join(signs), "utf-8")
    (folder / _ARRAYS_OF_SIGNS).write_bytes(every.tobytes())


def laid_out(rows: Mapping[str, Sequence[int]]) -> tuple[list[str], list[array[int]]]:
    """Signs and arrays as `Weights` takes them; signs of `SPECIAL` that are missing weigh nothing."""
    signs = [*sorted(rows.keys() - set(SPECIAL)), *SPECIAL]
    numbers = [rows.get(sign, (0,) * OUTPUTS) for sign in signs]
    places = range(0, OUTPUTS, WIDTH)
    return signs, [array("q", [packed(row[at : at + WIDTH]) for row in numbers]) for at in places]
