"""Over which stretch of the calendar a running total was counted."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.periods import Period
from bot.text.lexicon import load


def read_period(text: str, evidence: Sequence[str] = ()) -> Period:
    """The period that a running total names: in the words that made it one, else anywhere; else the month."""
    for words in ("".join(evidence), text):
        # half_year stands before year in the file: 上半年 is no year
        for name, marks in load("periods").items():
            if any(mark in words for mark in marks):
                return Period(name)
    return Period.MONTH
