"""`make opinion`: learn the weights of the second opinion from the project's own labelled messages.

A fifth of the messages is set aside and never learned from (`labelled.held_out`); figures on it, with the
model and without, are printed by `make bench`.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.domain.acts import ActivityKind, Category, Urgency
from bot.text import opinion
from bot.text.answered import answered
from bot.text.messages import Context, Message, Speaker
from bot.text.opinion import (
    ACTIVITIES,
    ACTS,
    CATEGORIES,
    KINDS,
    OUTPUTS,
    SCALE,
    URGENCIES,
    write_to,
)
from bot.text.reading import read
from bot.text.signs import BIAS, SPECIAL, Beside, framed, n_grams, signs_of
from tests.text.labelled import Labelled, learned_from

_WRITTEN_TO = Path(opinion.__file__).parent
_SEEN_AT_LEAST = 3  # messages a sign must stand in
_ROUNDS = 12
_STEP = 0.3
_DECAY = 1e-4  # pulls weights that nothing supports back to nought,
_DECAY_OF_THE_RARE = 1e-3  # more so of the rarest outputs, which would be too sure of themselves
_SEED = 11
_ACT_OF = {act: "grievance" if act == "matter" else act for act in ACTS}  # as the labels call it
_BY_MEMBERS = ("visit", "correction")
_ANYTHING, _ACTS, _KINDS = 0, 1, 1 + len(ACTS)  # where the outputs of each sort begin
_TELLING = 1.4  # a sign with smaller weights than this says nothing

_Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A message as it is learned from.

    signs: rows of the weights. much: how much of each sign. gold: what each output should be.
    asked: 1 for the outputs that the message says something of, 0 for the others.
    """

    signs: NDArray[np.intp]
    much: _Numbers
    gold: _Numbers
    asked: _Numbers


class Learner:
    """Logistic regression by stochastic gradient, each weight with a step of its own (AdaGrad)."""

    def __init__(self, signs: int) -> None:
        self.weights = np.zeros((signs, OUTPUTS))
        self._squares = np.full((signs, OUTPUTS), 1e-6)
        self._decay = np.full(OUTPUTS, _DECAY)
        self._decay[_KINDS + len(CATEGORIES) :] = _DECAY_OF_THE_RARE

    def learn(self, example: Example) -> None:
        weights = self.weights[example.signs]
        score = example.much @ weights
        error = (example.gold - 1 / (1 + np.exp(-score))) * example.asked
        gradient = example.much[:, None] * error - self._decay * weights * example.asked
        squares = self._squares[example.signs] + gradient * gradient
        self._squares[example.signs] = squares
        self.weights[example.signs] = weights + _STEP * gradient / np.sqrt(squares)


def train(messages: Sequence[Labelled]) -> dict[str, _Numbers]:
    """Learn whether a message tells anything, which acts, of which category a matter is, and how urgent.

    Weights by sign, one for each output.
    """
    texts = [_plain(each) for each in messages]
    seen = [Counter(signs_of(text, _beside(each))) for text, each in zip(texts, messages, strict=True)]
    standing_in = Counter(sign for signs in seen for sign in signs)
    known = [BIAS, *sorted(sign for sign, times in standing_in.items() if times >= _SEEN_AT_LEAST)]
    rows = {sign: row for row, sign in enumerate(known)}
    examples = [
        _example(signs, len(n_grams(framed(text))), each, rows)
        for signs, text, each in zip(seen, texts, messages, strict=True)
    ]
    learner, shuffler = Learner(len(known)), random.Random(_SEED)
    for _ in range(_ROUNDS):
        shuffler.shuffle(examples)
        for example in examples:
            learner.learn(example)
    return dict(zip(known, learner.weights, strict=True))


def _plain(message: Labelled) -> str:
    """The text that the model is asked about."""
    heard = Message(message.text, datetime.fromisoformat(message.at), Speaker(message.speaker))
    return read(heard, Context()).text


def _beside(message: Labelled) -> Beside:
    return Beside(Speaker(message.speaker), answered(message.reply_to))


def _example(seen: Counter[str], length: int, message: Labelled, rows: Mapping[str, int]) -> Example:
    """How much of each sign, as the model reckons it at run time; length: n-grams of the text.

    Of visits and corrections it learns from members alone: residents make none. Of kinds, from what tells
    one.
    """
    share = 1 / math.sqrt(length)
    known = [(rows[sign], times * share) for sign, times in seen.items() if sign in rows]
    signs, much = zip((rows[BIAS], 1.0), *known, strict=True)
    gold, asked = np.zeros(OUTPUTS), np.ones(OUTPUTS)
    gold[_ANYTHING] = bool(message.acts)
    for at, act in enumerate(ACTS, _ACTS):
        gold[at] = _ACT_OF[act] in message.kinds
        asked[at] = act not in _BY_MEMBERS or message.speaker != Speaker.RESIDENT
    for at, kind in enumerate(KINDS, _KINDS):
        tells = message.activities if kind in ACTIVITIES else message.categories
        gold[at] = _share_of(kind, message) if tells else 0
        asked[at] = bool(tells)
    gold[-1] = bool(message.categories) and message.ended
    asked[-1] = bool(message.categories)
    return Example(np.array(signs), np.array(much), gold, asked)


def _share_of(kind: Category | Urgency | ActivityKind, message: Labelled) -> float:
    """How much of the message is of this category; whether this is its gravest urgency, or its activity."""
    if isinstance(kind, ActivityKind):
        return kind in message.activities
    if isinstance(kind, Category):
        return message.categories.count(kind) / len(message.categories)
    return kind is min(message.urgencies, key=URGENCIES.index)


def worth_keeping(learned: Mapping[str, _Numbers]) -> dict[str, tuple[int, ...]]:
    """The weights of signs that say much, in whole parts of `SCALE`; those of kinds that say little are 0."""
    kept = {}
    for sign, weights in learned.items():
        told, kinds = weights[:_KINDS], weights[_KINDS:]
        if sign not in SPECIAL and np.abs(kinds).max() < _TELLING:
            if np.abs(told).max() < _TELLING:
                continue
            kinds = np.zeros(len(kinds))
        kept[sign] = tuple(round(float(each) * SCALE) for each in (*told, *kinds))
    return kept


if __name__ == "__main__":
    write_to(_WRITTEN_TO, worth_keeping(train(learned_from())))
