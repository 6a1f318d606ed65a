"""What a report on visits passes on: 小虎的棉袄小了没得换 is a matter, 小虎写作业呢 is none.

The model has learned from reports which of their passages tell a matter, whatever stands around it.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.domain.acts import Grievance, Sureness
from bot.text.clauses import Clauses, cut
from bot.text.grievances.weighing import LIKELY
from bot.text.lexicon import load
from bot.text.names import Name
from bot.text.normalise import normalise
from bot.text.notes import Account, Effect, Note
from bot.text.opinion import Opinion
from bot.text.reading import Reading
from bot.text.signs import Beside

_PASSED_ON: dict[str, float] = load("urgency")["beside_visit"]
_MOST = 16  # clauses looked at: each costs as much as a short message does
_SHORTEST = 5  # characters


class Passage(NamedTuple):
    """A clause of a report, or two. odds: natural logarithm of those that it passes on a matter."""

    start: int
    end: int
    odds: float
    opinion: Opinion


def passages_of(clauses: Clauses) -> list[tuple[int, int]]:
    """Start and end of what the model is asked about, as it has learned."""
    return [(start, end) for start, end in clauses.passages(_MOST) if end - start >= _SHORTEST]


def matters_beside_visit(reading: Reading) -> list[tuple[Grievance, float]]:
    """The matters that passages tell without a word of trouble, in order; always a `probably`."""
    passages = _passages(reading, reading.text, reading.clauses)
    chosen: list[Passage] = []
    for each in sorted(passages, key=_narrow_first):
        if each.odds < _PASSED_ON["further" if chosen else "unworded"]:
            continue
        if all(each.end <= other.start or other.end <= each.start for other in chosen):
            chosen.append(each)
    return [(_grievance(reading, each), LIKELY) for each in sorted(chosen)]


def _narrow_first(passage: Passage) -> float:
    """What is said of other households beside it makes a passage no better."""
    return _PASSED_ON["breadth"] * (passage.end - passage.start) - passage.odds


def passed_on(reading: Reading, span: str) -> float:
    """Natural logarithm of the odds that the words of `span` pass on a matter."""
    text = normalise(span).text
    odds = [each.odds for each in _passages(reading, text, cut(text))]
    return max(odds, default=_odds(reading, Opinion(text, Beside(reading.message.speaker))))


def _passages(reading: Reading, text: str, clauses: Clauses) -> list[Passage]:
    beside = Beside(reading.message.speaker)
    out = []
    for start, end in passages_of(clauses):
        opinion = Opinion(text[start:end], beside)
        out.append(Passage(start, end, _odds(reading, opinion), opinion))
    return out


def _odds(reading: Reading, opinion: Opinion) -> float:
    """The whole has a say in what its passages tell."""
    return opinion.passed_on + _PASSED_ON["whole"] * reading.told.matter


def _household(reading: Reading, start: int, end: int) -> Name | None:
    """The first named in the passage, or the only one named before it."""
    inside = [name for name in reading.names if start <= name.start and name.end <= end]
    before = [name for name in reading.names if name.end <= start]
    if inside:
        return inside[0]
    return before[0] if len(before) == 1 else None


def _grievance(reading: Reading, passage: Passage) -> Grievance:
    start, end, _, opinion = passage
    whose = _household(reading, start, end)
    grievance = Grievance(
        category=max(opinion.category, key=opinion.category.__getitem__),
        urgency=max(opinion.urgency, key=opinion.urgency.__getitem__),
        about=None if whose is None else reading.written(whose),
        resolved=False,
        span=reading.plain.written(start, end),
        sureness=Sureness.PROBABLY,
    )
    note = Note("told_beside_visit", Effect.MAKES, ((start, end),))
    reading.accounts.append(Account("grievance", reading.text, [note], grievance))
    return grievance
