"""`make opinion`: learn the weights of the second opinion from the project's own labelled messages.

A fifth of the messages is set aside and never learned from (`labelled.held_out`); figures on it, with the
model and without, are printed by `make bench`.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.domain.acts import Category, Urgency
from bot.text import opinion
from bot.text.messages import Context, Message, Speaker
from bot.text.opinion import ACTS, BIAS, KINDS, SCALE, URGENCIES, Opinion, Weights
from bot.text.reading import read
from tests.text.labelled import Labelled, learned_from

_WRITTEN_TO = Path(opinion.__file__).with_name("opinion.tsv")
_SEEN_AT_LEAST = 3  # messages a sign must stand in
_ROUNDS = 6
_STEP = 0.3
_DECAY = 3e-4  # pulls weights that nothing supports back to nought
_SEED = 11
_ACT_OF = {act: "grievance" if act == "matter" else act for act in ACTS}  # as the labels call it
_BY_MEMBERS = ("visit", "correction")
_TELLING = 1.3  # a sign with smaller weights than this says nothing of what is told,
_SORTING = 1.5  # and with smaller ones than this nothing of what kind of matter


class Learner:
    """Logistic regression by stochastic gradient, each weight with a step of its own (AdaGrad)."""

    def __init__(self) -> None:
        self.weights: dict[str, float] = defaultdict(float)
        self._squares: dict[str, float] = defaultdict(lambda: 1e-6)

    def learn(self, seen: Mapping[str, float], *, gold: float) -> None:
        """seen: how much of each sign."""
        score = self.weights[BIAS] + sum(self.weights[sign] * much for sign, much in seen.items())
        error = gold - 1 / (1 + math.exp(-score))
        self._move(BIAS, error)
        for sign, much in seen.items():
            self._move(sign, error * much)

    def _move(self, sign: str, gradient: float) -> None:
        gradient -= _DECAY * self.weights[sign]
        self._squares[sign] += gradient * gradient
        self.weights[sign] += _STEP * gradient / math.sqrt(self._squares[sign])


_NOTHING = Weights({BIAS: 0}, {BIAS: 0}, {BIAS: 0})


def seen_in(message: Labelled) -> Opinion:
    """What the model sees of a labelled message, before it has learned anything."""
    speaker = Speaker(message.speaker)
    heard = Message(message.text, datetime.fromisoformat(message.at), speaker, message.reply_to)
    return Opinion(read(heard, Context()).text, speaker, _NOTHING)


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights by sign. told: one for each of `ACTS`; kinds: one for each of `KINDS`."""

    anything: Mapping[str, float]
    told: Mapping[str, tuple[float, ...]]
    kinds: Mapping[str, tuple[float, ...]]


def train(messages: list[Labelled]) -> Learned:
    """Learn which acts a message tells, of which category a matter is, and how urgent: one output each.

    Of visits and corrections it learns from members alone: residents make none.
    """
    opinions = [seen_in(each) for each in messages]
    outlines = _known([Counter(each.outline) for each in opinions])
    whole = _known([Counter(each.seen) for each in opinions])
    examples = list(zip(outlines, whole, messages, strict=True))
    anything = Learner()
    told: dict[str, Learner] = {act: Learner() for act in ACTS}
    kinds = {kind: Learner() for kind in KINDS}
    shuffler = random.Random(_SEED)
    for _ in range(_ROUNDS):
        shuffler.shuffle(examples)
        for outline, seen, each in examples:
            anything.learn(outline, gold=bool(each.acts))
            for act, learner in told.items():
                if act not in _BY_MEMBERS or each.speaker != Speaker.RESIDENT:
                    learner.learn(seen, gold=_ACT_OF[act] in each.kinds)
            if each.categories:
                for kind, learner in kinds.items():
                    learner.learn(seen, gold=_share_of(kind, each))
    return Learned(anything.weights, _by_sign(told.values()), _by_sign(kinds.values()))


def _by_sign(learners: Collection[Learner]) -> dict[str, tuple[float, ...]]:
    every = {sign for learner in learners for sign in learner.weights}
    return {sign: tuple(learner.weights.get(sign, 0.0) for learner in learners) for sign in every}


def _known(every: list[Counter[str]]) -> list[dict[str, float]]:
    """How much of each sign that stands in several messages, as the model reckons it at run time."""
    standing_in = Counter(sign for seen in every for sign in seen)
    return [
        {
            sign: n / math.sqrt(seen.total())
            for sign, n in sorted(seen.items())
            if standing_in[sign] >= _SEEN_AT_LEAST
        }
        for seen in every
    ]


def _share_of(kind: Category | Urgency, message: Labelled) -> float:
    """How much of the message is of this category; whether this is its gravest urgency."""
    if isinstance(kind, Category):
        return message.categories.count(kind) / len(message.categories)
    return kind is min(message.urgencies, key=URGENCIES.index)


def write(weights: Learned, path: Path) -> None:
    """Write the weights worth keeping, one sign a line, in order.

    First that of telling anything, then those of the acts, then those of the kinds, each where they say much.
    """
    lines = []
    for sign in sorted(weights.anything.keys() | weights.told.keys()):
        told, kinds = weights.told.get(sign, ()), weights.kinds.get(sign, ())
        first = weights.anything.get(sign, 0.0)
        numbers = [first if sign == BIAS or abs(first) >= _TELLING else 0.0]
        if sign == BIAS or _most(kinds) >= _SORTING:
            numbers += [*told, *kinds]
        elif _most(told) >= _TELLING:
            numbers += told
        if any(numbers):
            lines.append("\t".join([sign, *(str(round(number * SCALE)) for number in numbers)]))
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _most(weights: Iterable[float]) -> float:
    """How far the farthest is from nought."""
    return max(map(abs, weights), default=0.0)


if __name__ == "__main__":
    write(train(learned_from()), _WRITTEN_TO)
