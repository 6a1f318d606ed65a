"""`make opinion`: learn the weights of the second opinion from the project's own labelled messages.

A fifth of the messages is set aside and never learned from (`labelled.held_out`); figures on it, with the
model and without, are printed by `make bench`.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.domain.acts import Category, Urgency
from bot.text import opinion
from bot.text.messages import Context, Message, Speaker
from bot.text.opinion import BIAS, KINDS, SCALE, URGENCIES, signs
from bot.text.reading import read
from tests.text.labelled import Labelled, learned_from

_WRITTEN_TO = Path(opinion.__file__).with_name("opinion.tsv")
_SEEN_AT_LEAST = 3  # messages a sign must stand in
_ROUNDS = 10
_STEP = 0.3
_DECAY = 3e-5  # pulls weights that nothing supports back to nought
_SEED = 11
_WORTH_KEEPING = 0.5  # weights all smaller than this are left out


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


def seen_in(message: Labelled) -> list[str]:
    """What the model sees of a labelled message."""
    speaker = Speaker(message.speaker)
    heard = Message(message.text, datetime.fromisoformat(message.at), speaker, message.reply_to)
    return signs(read(heard, Context()).text, speaker)


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights by sign; kinds: one for each of `KINDS`."""

    matter: Mapping[str, float]
    kinds: Mapping[str, tuple[float, ...]]


def train(messages: list[Labelled]) -> Learned:
    """Learn whether a message tells a matter, of which category, and how urgent: one output each."""
    counted = [(Counter(seen_in(each)), each) for each in messages]
    standing_in = Counter(sign for seen, _ in counted for sign in seen)
    examples = [(_known(seen, standing_in), each) for seen, each in counted]
    matter, kinds = Learner(), {kind: Learner() for kind in KINDS}
    shuffler = random.Random(_SEED)
    for _ in range(_ROUNDS):
        shuffler.shuffle(examples)
        for seen, each in examples:
            matter.learn(seen, gold=bool(each.categories))
            if each.categories:
                for kind, learner in kinds.items():
                    learner.learn(seen, gold=_share_of(kind, each))
    every = {sign for learner in kinds.values() for sign in learner.weights}
    return Learned(
        dict(matter.weights),
        {sign: tuple(learner.weights.get(sign, 0.0) for learner in kinds.values()) for sign in every},
    )


def _known(seen: Counter[str], standing_in: Counter[str]) -> dict[str, float]:
    """How much of each sign that stands in several messages, as the model reckons it at run time."""
    share = 1 / math.sqrt(seen.total())
    return {sign: n * share for sign, n in sorted(seen.items()) if standing_in[sign] >= _SEEN_AT_LEAST}


def _share_of(kind: Category | Urgency, message: Labelled) -> float:
    """How much of the message is of this category; whether this is its gravest urgency."""
    if isinstance(kind, Category):
        return message.categories.count(kind) / len(message.categories)
    return kind is min(message.urgencies, key=URGENCIES.index)


def write(weights: Learned, path: Path) -> None:
    """Write the weights worth keeping, one sign a line, in order."""
    lines = []
    for sign in sorted(weights.matter.keys() | weights.kinds.keys()):
        first, rest = weights.matter.get(sign, 0.0), weights.kinds.get(sign, ())
        told = rest if sign == BIAS or max(map(abs, rest), default=0.0) >= _WORTH_KEEPING else ()
        if told or abs(first) >= _WORTH_KEEPING:
            lines.append("\t".join([sign, *(str(round(number * SCALE) or "") for number in (first, *told))]))
    path.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    write(train(learned_from()), _WRITTEN_TO)
