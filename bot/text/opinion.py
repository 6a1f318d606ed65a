"""A second opinion where the rules end: what does a message tell, though no word or frame says so?

A linear model over character n-grams, up to three long (see `signs`). The rules decide and explain what they
know; the model moves *no* to *probably* and back (see `second_opinion`), and has a voice in what kind of
matter it is, since what it goes by can be told to nobody in words. Its signs stand in `opinion.txt`, their
weights as plain arrays in `opinion.bin`: `make opinion` learns both from the project's own labelled messages,
and nothing is learned at run time.
"""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from importlib.resources import as_file
from importlib.resources.abc import Traversable
from itertools import chain, islice
from mmap import ACCESS_READ, mmap
from operator import itemgetter, methodcaller
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from bot.domain.acts import ActivityKind, Category, Urgency
from bot.text.lanes import WIDTH, columns, packed
from bot.text.lexicon import load
from bot.text.once import once
from bot.text.signs import BIAS, LONGEST, SPECIAL, Beside, framed, patterns, searched, special_signs

CATEGORIES, URGENCIES, ACTIVITIES = tuple(Category), tuple(Urgency), tuple(ActivityKind)
KINDS: tuple[Category | Urgency | ActivityKind, ...] = (*CATEGORIES, *URGENCIES, *ACTIVITIES)
SCALE = 20  # weights are kept as whole twentieths
_PLACE = itemgetter(0)
USUAL = 16  # characters of a message
_LONGER: float = load("weighing")["opinion"]["longer"]


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
# where the outputs begin, which are a sign's weights: of anything and each act,
_CATEGORY = 1 + len(ACTS)  # of categories,
_URGENCY = _CATEGORY + len(CATEGORIES)  # of urgencies,
_ACTIVITY = _URGENCY + len(URGENCIES)  # of kinds of activities,
_ENDED = _ACTIVITY + len(ACTIVITIES)  # of an end, and of what is passed on,
PAUSES = -(-(_ENDED + 2) // WIDTH)  # of a pause behind, before and around it, in this array of their own,
_BEGINS = (PAUSES + 1) * WIDTH  # of a beginning, and of a whole
OUTPUTS = _BEGINS + 2


class Weights:
    """What the model has learned.

    signs: n-grams, and `SPECIAL` at the end; they are taken one by one, since all of them at once would be
    larger than the automaton. arrays: `OUTPUTS` weights of each sign, in whole parts of `SCALE` and packed as
    `lanes` has it: the first array holds the first three, and so on. n_grams: how many of the signs are such;
    to whoever has learned none, nothing is strange.
    """

    def __init__(self, signs: Iterable[str], arrays: Sequence[Sequence[int]]) -> None:
        self.n_grams = len(arrays[0]) - len(SPECIAL)
        self._automaton = AhoCorasick(patterns(islice(signs, self.n_grams)), store_patterns=False)
        self.arrays = arrays
        # what is seen beside a text
        self.special = {sign: self.n_grams + place for place, sign in enumerate(SPECIAL)}
        # what speaks for each output, by array, whatever the message
        self.biases = [
            tuple(bias / SCALE for bias in columns(each[self.special[BIAS]])) for each in self.arrays
        ]

    def found(self, text: str) -> list[int]:
        """The places in `arrays` of all n-grams of a searched text, each as often as it stands there."""
        return list(map(_PLACE, self.standing(text)))

    def standing(self, text: str) -> list[tuple[int, int, int]]:
        """The places in `arrays` of all n-grams of a searched text, with where each begins and ends."""
        found: list[tuple[int, int, int]] = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return found


class Opinion:
    """What the model holds of one plain text: what it tells, and of which kind the matter is if it tells one.

    anything: natural logarithm of the odds that it tells any act.
    """

    def __init__(self, text: str, beside: Beside, *, weights: Weights | None = None) -> None:
        self._weights = weights = weights or shipped()
        seen = framed(text)
        special = [weights.special[sign] for sign in special_signs(beside)]
        found = weights.found(searched(seen, beside.answered))
        self._found = found + special
        self._length = len(seen) - 2
        # of n characters there are n + (n - 1) + (n - 2) n-grams, known or not
        n_grams = LONGEST * (len(seen) - 1)
        self._share = 1 / (SCALE * math.sqrt(n_grams))
        self._strange = 1 - len(found) / n_grams if weights.n_grams else 0.0
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
        longer = math.log(max(self._length, USUAL) / USUAL)
        return Told(self._matter + _LONGER * longer, self._activity, *self._outputs(1))

    @property
    def strange(self) -> float:
        """The share of the n-grams of a text, answering nothing, that it has never learned of: up to 1."""
        return self._strange

    @once
    def category(self) -> dict[Category, float]:
        """How likely each kind of matter is, if it tells one; they sum to 1."""
        return dict(zip(CATEGORIES, _shares(self._between(_CATEGORY, _URGENCY)), strict=True))

    @once
    def urgency(self) -> dict[Urgency, float]:
        """How likely each urgency is, if it tells a matter; they sum to 1."""
        return dict(zip(URGENCIES, _shares(self._between(_URGENCY, _ACTIVITY)), strict=True))

    @once
    def activity(self) -> dict[ActivityKind, float]:
        """How likely each kind of activity is, if it tells one; they sum to 1."""
        return dict(zip(ACTIVITIES, _shares(self._between(_ACTIVITY, _ENDED)), strict=True))

    @once
    def ended(self) -> float:
        """Natural logarithm of the odds that the matter, if it tells one, is over: mended on the spot."""
        return self._more[0]

    @once
    def passed_on(self) -> float:
        """Natural logarithm of the odds that a passage of a report passes on a matter."""
        return self._more[1]

    @once
    def begins(self) -> float:
        """Natural logarithm of the odds that a sentence goes on with nothing told before it."""
        return self._of_parts[0]

    @once
    def whole(self) -> float:
        """Natural logarithm of the odds that nothing more is to be told of what a text tells."""
        return self._of_parts[1]

    @once
    def _more(self) -> list[float]:
        return self._between(_ENDED, _ENDED + 2)

    @once
    def _of_parts(self) -> list[float]:
        return self._between(_BEGINS, OUTPUTS)

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
    return Weights(_signs(folder), _arrays(folder))


def _signs(folder: Traversable) -> Iterator[str]:
    with as_file(folder / _SIGNS) as path, path.open(encoding="utf-8", newline="\n") as written:
        yield from map(methodcaller("removesuffix", "\n"), written)


def _arrays(folder: Traversable) -> list[Sequence[int]]:
    """Mapped, not read: most weights are seldom asked for."""
    with as_file(folder / _ARRAYS_OF_SIGNS) as path, path.open("rb") as written:
        every = memoryview(mmap(written.fileno(), 0, access=ACCESS_READ)).cast("q")
    if sys.byteorder == "big":
        swapped = array("q", every)
        swapped.byteswap()
        every = memoryview(swapped)
    starts = range(0, OUTPUTS, WIDTH)
    of_each = len(every) // len(starts)
    return [every[at * of_each : (at + 1) * of_each] for at in range(len(starts))]


def write_to(folder: Path, rows: Mapping[str, Sequence[int]]) -> None:
    """Write weights by sign: the signs a line each, the arrays one after another, lowest byte first."""
    signs, arrays = laid_out(rows)
    every = array("q", chain.from_iterable(arrays))
    if sys.byteorder == "big":
        every.byteswap()
    _replace(folder / _SIGNS, "\n".join(signs).encode())
    _replace(folder / _ARRAYS_OF_SIGNS, every.tobytes())


def _replace(path: Path, content: bytes) -> None:
    """Put a new file in its place: a program that has the old one mapped keeps that."""
    written = path.with_name(f"{path.name}.new")
    written.write_bytes(content)
    written.replace(path)


def laid_out(rows: Mapping[str, Sequence[int]]) -> tuple[list[str], list[array[int]]]:
    """Signs and arrays as `Weights` takes them; signs of `SPECIAL` that are missing weigh nothing."""
    signs = [*sorted(rows.keys() - set(SPECIAL)), *SPECIAL]
    numbers = [rows.get(sign, (0,) * OUTPUTS) for sign in signs]
    places = range(0, OUTPUTS, WIDTH)
    return signs, [array("q", [packed(row[at : at + WIDTH]) for row in numbers]) for at in places]
