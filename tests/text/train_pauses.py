"""Where a pause is heard, learned from the marks of the labelled messages (part of `make opinion`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.text.lanes import WIDTH
from bot.text.normalise import normalise
from bot.text.pauses import FEWEST
from bot.text.signs import BIAS, in_place
from tests.text.labelled import Labelled

_MARKS = re.compile(r"[,。!?;~…\s]+")
_LONGEST = 200  # characters; a longer message is a letter, and none is dictated
_ROUNDS = 4
_AT_ONCE = 2048  # places learned from together
_STEP = 0.3
_DECAY = 1e-3
_SEED = 1
_BEHIND, _BEFORE, _AROUND = range(WIDTH)

_Numbers = NDArray[np.float32]


def train_pauses(messages: Sequence[Labelled], signs: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """Weights by sign: of n-grams that end at a place, that begin there, and of the pair around it.

    Logistic regression by stochastic gradient, each weight with a step of its own (AdaGrad). The bias is the
    first weight of `BIAS`.
    """
    slots = {sign: at * WIDTH for at, sign in enumerate(signs)}
    unknown = len(signs) * WIDTH
    places = [place for message in messages for place in _places(message, slots, unknown)]
    seen = np.array([found for found, _ in places], dtype=np.int32)
    paused = np.array([pause for _, pause in places], dtype=np.float32)
    weights: _Numbers = np.zeros(unknown + 1, dtype=np.float32)
    squares = np.full_like(weights, 1e-6)
    shuffler = np.random.default_rng(_SEED)
    for _ in range(_ROUNDS):
        order = shuffler.permutation(len(paused))
        for start in range(0, len(order), _AT_ONCE):
            these = order[start : start + _AT_ONCE]
            score = weights[seen[these]].sum(axis=1)
            error = paused[these] - 1 / (1 + np.exp(-score))
            known, back = np.unique(seen[these], return_inverse=True)
            gradient = np.bincount(back.ravel(), weights=np.repeat(error, seen.shape[1]))
            gradient -= _DECAY * weights[known]
            squares[known] += gradient * gradient
            weights[known] += _STEP * gradient / np.sqrt(squares[known])
            weights[unknown] = 0
    return {sign: tuple(weights[at : at + WIDTH].tolist()) for sign, at in slots.items()}


def _places(message: Labelled, slots: Mapping[str, int], unknown: int) -> Iterator[tuple[list[int], bool]]:
    """What is seen at each place of a message without its marks, and whether one stood there.

    Of messages without marks nobody knows whether there was nothing to part, or only nobody to part it.
    """
    text = normalise(message.text).text
    if len(text) > _LONGEST or not _MARKS.search(text):
        return
    stretches = [stretch for stretch in _MARKS.split(text) if stretch]
    paused = set(np.cumsum([len(stretch) for stretch in stretches]).tolist())
    framed = in_place("".join(stretches))
    bias = slots[BIAS] + _BEHIND
    for place in range(FEWEST, len(framed) - 2 - FEWEST + 1):
        at = place + 1  # in the framed text
        n_grams = [(framed[max(at - length, 0) : at], _BEHIND) for length in (1, 2, 3)]
        n_grams += [(framed[at : at + length], _BEFORE) for length in (1, 2, 3)]
        n_grams.append((framed[at - 1 : at + 1], _AROUND))
        found = [slots[n_gram] + which if n_gram in slots else unknown for n_gram, which in n_grams]
        yield [bias, *found], place in paused
