"""What an answer answers: 还没 means one thing after a question, another after word that it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.text.gist import LONGEST
from bot.text.lexicon import lexicon
from bot.text.lexicon.patterns import patterns
from bot.text.normalise import normalise

_P = patterns("answered")


class Does(StrEnum):
    """What the message answered does, in the order in which it is looked for."""

    ASKS = "asks"
    MENDS = "mends"
    REPORTS = "reports"
    TELLS = "tells"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Answered:
    """The message answered. text: in plain spelling."""

    text: str
    does: Does


def answered(reply_to: str | None) -> Answered | None:
    """What is answered; null when nothing is."""
    if reply_to is None:
        return None
    text = normalise(reply_to[:LONGEST]).text
    return Answered(text, _does(text))


def _does(text: str) -> Does:
    if _P["asks"].search(text):
        return Does.ASKS
    hits = lexicon().scanner.scan(text)
    if "fixed" in hits:
        return Does.MENDS
    if _P["reports"].search(text):
        return Does.REPORTS
    return Does.TELLS if lexicon().may_match(hits) else Does.OTHER
