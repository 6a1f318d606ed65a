"""`make opinion`: learn the weights of the second opinion from the project's own labelled messages.

A fifth of the messages is set aside and never learned from (`labelled.held_out`); figures on it, with the
model and without, are printed by `make bench`.
"""

from __future__ import annotations

import math
import random
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.domain.acts import ActivityKind, Category, Urgency
from bot.text import opinion
from bot.text.answered import answered
from bot.text.clauses import cut
from bot.text.grievances.beside_visit import passages_of
from bot.text.lanes import WIDTH
from bot.text.messages import Context, Message, Speaker
from bot.text.opinion import (
    ACTIVITIES,
    ACTS,
    CATEGORIES,
    KINDS,
    OUTPUTS,
    PAUSES,
    SCALE,
    URGENCIES,
    Opinion,
    Weights,
    laid_out,
    write_to,
)
from bot.text.reading import Reading, read
from bot.text.signs import BIAS, SPECIAL, Beside, framed, n_grams, signs_of
from tests.text.labelled import Labelled, learned_from
from tests.text.train_pauses import train_pauses

_WRITTEN_TO = Path(opinion.__file__).parent
_SEEN_AT_LEAST = 4  # messages a sign must stand in
_ROUNDS = 12
_ROUNDS_OF_PASSAGES = 6
_ROUNDS_OF_PARTS = 6
_ONE_IN = 4  # messages of one sentence that the parts of messages are learned from
_FULL_STOP = 4.0
_COMMA, _CLAUSE = re.compile(","), 5  # characters at least on either side of a comma
_STEP = 0.3
_DECAY = 1e-4  # pulls weights that nothing supports back to nought,
_DECAY_OF_THE_RARE = 1e-3  # more so of the rarest outputs, which would be too sure of themselves
_SEED = 11
_ACT_OF = {act: "grievance" if act == "matter" else act for act in ACTS}  # as the labels call it
_BY_MEMBERS = ("visit", "correction")
_ANYTHING, _ACTS, _KINDS = 0, 1, 1 + len(ACTS)  # where the outputs of each sort begin
_ENDED, _PASSED_ON = range(_KINDS + len(KINDS), _KINDS + len(KINDS) + 2)
_BEGINS, _WHOLE = range(OUTPUTS - 2, OUTPUTS)
_PAUSES = slice(PAUSES * WIDTH, (PAUSES + 1) * WIDTH)
_REPORTS = frozenset(("visit", "activity"))
_TELLING = 1.2  # a sign with smaller weights than this says nothing

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
        self._decay[_KINDS + len(CATEGORIES) : _PASSED_ON] = _DECAY_OF_THE_RARE

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
        _example(signs, text, each, rows) for signs, text, each in zip(seen, texts, messages, strict=True)
    ]
    learner, shuffler = Learner(len(known)), random.Random(_SEED)
    for _ in range(_ROUNDS):
        shuffler.shuffle(examples)
        for example in examples:
            learner.learn(example)
    weights = Weights(*laid_out(worth_keeping(dict(zip(known, learner.weights, strict=True)))))
    examples = [each for message in messages for each in _passages(message, rows, weights)]
    for _ in range(_ROUNDS_OF_PASSAGES):
        shuffler.shuffle(examples)
        for example in examples:
            learner.learn(example)
    examples = [each for message in messages for each in _parts(message, rows)]
    for _ in range(_ROUNDS_OF_PARTS):
        shuffler.shuffle(examples)
        for example in examples:
            learner.learn(example)
    return dict(zip(known, learner.weights, strict=True))


def _passages(message: Labelled, rows: Mapping[str, int], weights: Weights) -> Iterator[Example]:
    """The passages of a member's report, each as one that passes on a matter or none.

    Labels say how many matters a report tells, not where: as many passages as that, those most like a matter,
    are held to tell them, and what does not overlap with these to tell none.
    """
    if message.speaker == Speaker.RESIDENT or message.kinds.isdisjoint(_REPORTS):
        return
    text, beside = _plain(message), _speaker(message)
    passages = passages_of(cut(text))
    likeness = {(a, b): Opinion(text[a:b], beside, weights=weights).told.matter for a, b in passages}
    telling: list[tuple[int, int]] = []
    for passage in sorted(passages, key=likeness.__getitem__, reverse=True):
        if len(telling) < len(message.categories) and _apart(passage, telling):
            telling.append(passage)
    for start, end in passages:
        if (start, end) in telling or _apart((start, end), telling):
            words = text[start:end]
            gold, asked = np.zeros(OUTPUTS), np.zeros(OUTPUTS)
            gold[_PASSED_ON], asked[_PASSED_ON] = (start, end) in telling, 1
            yield Example(*_seen(Counter(signs_of(words, beside)), words, rows), gold, asked)


def _parts(message: Labelled, rows: Mapping[str, int]) -> Iterator[Example]:
    """What begins to tell something and what goes on with it; what is whole and what is yet to go on.

    Where nobody has marked it, a message that tells one thing at most is held to go on with it after each
    full stop, and after a comma in its middle. Full stops are rare: all messages with one are learned from,
    and count for more.
    """
    if message.reply_to is not None:
        return
    plain, beside = _read(message).plain, _speaker(message)
    text, sentences = plain.text, cut(plain.text).sentences()
    several = len(sentences) > 1
    if not sentences or not (several or zlib.crc32(message.id.encode()) % _ONE_IN == 0):
        return

    def part(words: str, output: int, *, gold: bool, much: float = 1.0) -> Example:
        golds, asked = np.zeros(OUTPUTS), np.zeros(OUTPUTS)
        golds[output], asked[output] = gold, much
        return Example(*_seen(Counter(signs_of(words, beside)), words, rows), golds, asked)

    yield part(text[slice(*sentences[0])], _BEGINS, gold=True)
    yield part(text, _WHOLE, gold=True)
    if message.begins is None and max(_matters_and_others(message)) > 1:
        return
    start = 0
    for (_, end), (begin, stop) in pairwise(sentences):
        first, last = plain.origin[end - 1], plain.origin[begin]
        over = any(first < place <= last for place in message.begins or ())
        yield part(text[begin:stop], _BEGINS, gold=over, much=_FULL_STOP)
        yield part(text[start:end], _WHOLE, gold=over, much=_FULL_STOP)
        if over:
            start = begin
    commas = [found.start() for found in _COMMA.finditer(text, _CLAUSE, len(text) - _CLAUSE)]
    if commas and not several:
        middle = commas[len(commas) // 2]
        yield part(text[middle + 1 :], _BEGINS, gold=False)
        yield part(text[:middle], _WHOLE, gold=False)


def _matters_and_others(message: Labelled) -> tuple[int, int]:
    """How many acts of either sort."""
    return len(message.categories), len(message.acts) - len(message.categories)


def _apart(passage: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    """Whether it overlaps with none of them."""
    start, end = passage
    return all(end <= begin or stop <= start for begin, stop in others)


def _plain(message: Labelled) -> str:
    """The text that the model is asked about."""
    return _read(message).text


def _read(message: Labelled) -> Reading:
    heard = Message(message.text, datetime.fromisoformat(message.at), Speaker(message.speaker))
    return read(heard, Context())


def _speaker(message: Labelled) -> Beside:
    return Beside(Speaker(message.speaker))


def _beside(message: Labelled) -> Beside:
    return Beside(Speaker(message.speaker), answered(message.reply_to))


def _example(seen: Counter[str], text: str, message: Labelled, rows: Mapping[str, int]) -> Example:
    """What the message as a whole tells.

    Of visits and corrections it learns from members alone: residents make none. Of kinds, from what tells
    one.
    """
    gold, asked = np.zeros(OUTPUTS), np.ones(OUTPUTS)
    gold[_ANYTHING] = bool(message.acts)
    for at, act in enumerate(ACTS, _ACTS):
        gold[at] = _ACT_OF[act] in message.kinds
        asked[at] = act not in _BY_MEMBERS or message.speaker != Speaker.RESIDENT
    for at, kind in enumerate(KINDS, _KINDS):
        tells = message.activities if kind in ACTIVITIES else message.categories
        gold[at] = _share_of(kind, message) if tells else 0
        asked[at] = bool(tells)
    gold[_ENDED] = bool(message.categories) and message.ended
    asked[_ENDED] = bool(message.categories)
    for learned_apart in (_PASSED_ON, _PAUSES, _BEGINS, _WHOLE):
        asked[learned_apart] = 0
    return Example(*_seen(seen, text, rows), gold, asked)


def _seen(signs: Counter[str], text: str, rows: Mapping[str, int]) -> tuple[NDArray[np.intp], _Numbers]:
    """Rows of the weights, and how much of each sign, as the model reckons it at run time."""
    share = 1 / math.sqrt(len(n_grams(framed(text))))
    known = [(rows[sign], times * share) for sign, times in signs.items() if sign in rows]
    places, much = zip((rows[BIAS], 1.0), *known, strict=True)
    return np.array(places), np.array(much)


def _share_of(kind: Category | Urgency | ActivityKind, message: Labelled) -> float:
    """How much of the message is of this category; whether this is its gravest urgency, or its activity."""
    if isinstance(kind, ActivityKind):
        return kind in message.activities
    if isinstance(kind, Category):
        return message.categories.count(kind) / len(message.categories)
    return kind is min(message.urgencies, key=URGENCIES.index)


def learn(messages: Sequence[Labelled]) -> dict[str, tuple[int, ...]]:
    """All weights, in whole parts of `SCALE`, by sign."""
    kept = worth_keeping(train(messages))
    pauses = train_pauses(messages, list(kept))
    return {
        sign: (*weights[: _PAUSES.start], *_scaled(pauses[sign]), *weights[_PAUSES.stop :])
        for sign, weights in kept.items()
    }


def worth_keeping(learned: Mapping[str, _Numbers]) -> dict[str, tuple[int, ...]]:
    """The weights of signs that say much, in whole parts of `SCALE`; those of kinds that say little are 0."""
    kept = {}
    for sign, weights in learned.items():
        told, kinds = weights[:_KINDS], weights[_KINDS:]
        if sign not in SPECIAL and np.abs(kinds).max() < _TELLING:
            if np.abs(told).max() < _TELLING:
                continue
            kinds = np.zeros(len(kinds))
        kept[sign] = _scaled((*told, *kinds))
    return kept


def _scaled(weights: Iterable[float]) -> tuple[int, ...]:
    return tuple(round(float(each) * SCALE) for each in weights)


if __name__ == "__main__":
    write_to(_WRITTEN_TO, learn(learned_from()))
