"""`make opinion`: learn the weights of the second opinion from the project's own labelled messages.

A fifth of the messages is set aside and never learned from (`labelled.held_out`); figures on it, with the
model and without, are printed by `make bench`.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path

from bot.domain.acts import Category, Urgency
from bot.text import opinion
from bot.text.messages import Context, Message, Speaker
from bot.text.opinion import BIAS, KINDS, SCALE, URGENCIES, Weights, signs
from bot.text.reading import read
from tests.text.labelled import Labelled, learned_from

_WRITTEN_TO = Path(opinion.__file__).with_name("opinion.tsv")
_SEEN_AT_LEAST = 3  # messages a sign must stand in
_ROUNDS = 6
_STEP = 0.6
_DECAY = 3e-5  # pulls weights that nothing supports back to nought
_SEED = 11
_WORTH_KEEPING = 0.5  # weights all smaller than this are left out


class Learner:
    """Logistic regression by stochastic gradient, each weight with a step of its own (AdaGrad)."""

    def __init__(self) -> None:
        self.weights: dict[str, float] = defaultdict(float)
        self._squares: dict[str, float] = defaultdict(lambda: 1e-6)

    def score(self, seen: list[str], share: float) -> float:
        return self.weights[BIAS] + share * sum(self.weights[sign] for sign in seen)

    def learn(self, seen: list[str], share: float, *, gold: float) -> None:
        error = gold - 1 / (1 + math.exp(-self.score(seen, share)))
        self._move(BIAS, error)
        for sign in seen:
            self._move(sign, error * share)

    def _move(self, sign: str, gradient: float) -> None:
        gradient -= _DECAY * self.weights[sign]
        self._squares[sign] += gradient * gradient
        self.weights[sign] += _STEP * gradient / math.sqrt(self._squares[sign])


def seen_in(message: Labelled) -> set[str]:
    """What the model sees of a labelled message."""
    sent_at = datetime.fromisoformat(message.at)
    speaker = Speaker(message.speaker)
    reading = read(Message(message.text, sent_at, speaker, message.reply_to), Context())
    return signs(reading.text, speaker, reading.hits.names)


def train(messages: list[Labelled]) -> Weights:
    """Learn whether a message tells a matter, of which category, and how urgent: one output each."""
    examples = [(seen_in(each), each) for each in messages]
    count = Counter(sign for seen, _ in examples for sign in seen)
    known = [
        (sorted(sign for sign in seen if count[sign] >= _SEEN_AT_LEAST), 1 / math.sqrt(len(seen)), each)
        for seen, each in examples
    ]
    matter, kinds = Learner(), {kind: Learner() for kind in KINDS}
    shuffler = random.Random(_SEED)
    for _ in range(_ROUNDS):
        shuffler.shuffle(known)
        for seen, share, each in known:
            matter.learn(seen, share, gold=bool(each.categories))
            if each.categories:
                for kind, learner in kinds.items():
                    learner.learn(seen, share, gold=_share_of(kind, each))
    every = {sign for learner in kinds.values() for sign in learner.weights}
    return Weights(
        dict(matter.weights),
        {sign: tuple(learner.weights.get(sign, 0.0) for learner in kinds.values()) for sign in every},
    )


def _share_of(kind: Category | Urgency, message: Labelled) -> float:
    """How much of the message is of this category; whether this is its gravest urgency."""
    if isinstance(kind, Category):
        return message.categories.count(kind) / len(message.categories)
    return kind is min(message.urgencies, key=URGENCIES.index)


def write(weights: Weights, path: Path) -> None:
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
