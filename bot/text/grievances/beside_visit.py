"""What a report on visits tells of a household without a word of trouble: 小虎的棉袄小了没得换."""

from __future__ import annotations

from itertools import pairwise

from bot.domain.acts import Grievance, Sureness
from bot.text.clauses import Clause
from bot.text.grievances.weighing import LIKELY
from bot.text.lexicon import load
from bot.text.lexicon.patterns import patterns
from bot.text.notes import Account, Effect, Note
from bot.text.opinion import Opinion
from bot.text.reading import Reading
from bot.text.signs import Beside

_P = patterns("grievances")
_LIKE_A_MATTER: float = load("urgency")["beside_visit"]["unworded"]
_MOST = 16  # clauses looked at: each costs as much as a short message does
_SHORTEST = 5  # characters
_AFTER = 10  # characters in which it may be said what the visitor did about it


def matter_beside_visit(reading: Reading) -> tuple[Grievance, float] | None:
    """The clause, or two, most like a matter, if any is like one at all; always a `probably`."""
    text = reading.text
    windows = [each for each in _windows(reading.clauses.clauses[:_MOST]) if each[1] - each[0] >= _SHORTEST]
    opinions = [
        (Opinion(text[start:end], Beside(reading.message.speaker)), start, end)
        for start, end in windows
        if not _P["deed"].search(text, start, end + _AFTER)
    ]
    if not opinions:
        return None
    opinion, start, end = max(opinions, key=lambda each: each[0].told.matter)
    if opinion.told.matter < _LIKE_A_MATTER:
        return None
    named = (name for name in reading.names if name.start >= start and name.end <= end)
    first = next(named, None)
    grievance = Grievance(
        category=max(opinion.category, key=opinion.category.__getitem__),
        urgency=max(opinion.urgency, key=opinion.urgency.__getitem__),
        about=None if first is None else reading.written(first),
        resolved=False,
        span=reading.plain.written(start, end),
        sureness=Sureness.PROBABLY,
    )
    note = Note("told_beside_visit", Effect.MAKES, ((start, end),))
    reading.accounts.append(Account("grievance", reading.text, [note], grievance))
    return grievance, LIKELY


def _windows(clauses: tuple[Clause, ...]) -> list[tuple[int, int]]:
    """Each clause alone, and with the next of its sentence."""
    out = [(clause.start, clause.end) for clause in clauses]
    for clause, following in pairwise(clauses):
        if clause.sentence == following.sentence:
            out.append((clause.start, following.end))
    return out
