"""How well messages are read that nothing was learned from, with the second opinion and without it."""

from __future__ import annotations

from dataclasses import dataclass
from unittest.mock import patch

from bot.text import opinion
from bot.text.opinion import ACTIVITIES, CATEGORIES, Weights, laid_out
from bot.text.signs import BIAS
from tests.text.figures import Figures, measure
from tests.text.labelled import held_out

# of telling anything, of each act, of each kind, of an end, pauses and parts: neither for it nor against it,
# as the lexicon weighs them
_OF_ACTS, _OF_URGENCIES, _OF_PARTS = (0, 9, -20, -22, 0, -20), (-80, -60, 0), (-80, 0, -200, 0, 0, -80, 0)
_NEUTRAL = (*_OF_ACTS, *[0] * len(CATEGORIES), *_OF_URGENCIES, *[0] * len(ACTIVITIES), *_OF_PARTS)
_NO_OPINION = Weights(*laid_out({BIAS: _NEUTRAL}))


@dataclass(frozen=True, slots=True)
class Row:
    """Figures of the messages of one file of the fifth set aside, or of all (`all`)."""

    written_in: str
    messages: int
    rules_alone: Figures
    with_opinion: Figures


def rows() -> list[Row]:
    """All messages together, then file by file."""
    every = held_out()
    files = sorted({each.written_in for each in every})
    groups = {"all": every, **{name: [m for m in every if m.written_in == name] for name in files}}
    out = []
    for name, messages in groups.items():
        with patch.object(opinion, "shipped", lambda: _NO_OPINION):
            alone = measure(messages)
        out.append(Row(name, len(messages), alone, measure(messages)))
    return out
