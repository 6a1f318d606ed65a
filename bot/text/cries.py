"""Cries for help that are the whole message (着火了!): too short to weigh, too grave to miss."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.domain.acts import Category, Grievance, Sureness, Urgency
from bot.text.lexicon import load
from bot.text.reading import Reading

_MARKS = re.compile(r"[\s!,。、~.…]+")


def find_cry(reading: Reading) -> Grievance | None:
    """The emergency cried out, when the message is nothing but the cry."""
    text = _MARKS.sub("", reading.text)
    cries = _cries()
    if not cries.may_open(text) or reading.text.rstrip().endswith("?"):
        return None
    for category, alone in cries.alone.items():
        if _made_of(text, alone, cries.around):
            whole = reading.plain.written(0, len(reading.text))
            return Grievance(category, Urgency.EMERGENCY, None, False, whole, Sureness.SURE, evidence=(text,))
    return None


@dataclass(frozen=True, slots=True)
class _Cries:
    """alone: the cries by category. around: what may stand beside them. openings: how any of them begins."""

    alone: Mapping[Category, frozenset[str]]
    around: frozenset[str]
    openings: frozenset[str]

    def may_open(self, text: str) -> bool:
        return text[:1] in self.openings or text[:2] in self.openings


@cache
def _cries() -> _Cries:
    lists = load("cries")
    alone = {Category(category): frozenset(cries) for category, cries in lists["alone"].items()}
    around = frozenset(lists["around"])
    return _Cries(alone, around, frozenset(word[:2] for word in around.union(*alone.values())))


def _made_of(text: str, cries: frozenset[str], around: frozenset[str]) -> bool:
    """Whether the text is a row of these words, a cry among them. Linear, however many ways to part it."""
    lengths = {len(word) for word in cries | around}
    calm, cried = {0}, set[int]()  # places reached without and with a cry
    for start in range(len(text)):
        for end in (start + length for length in lengths):
            word = text[start:end]
            if start in cried and (word in cries or word in around):
                cried.add(end)
            if start in calm and word in around:
                calm.add(end)
            if start in calm and word in cries:
                cried.add(end)
    return len(text) in cried
