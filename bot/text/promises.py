"""Dated promises on a matter: "周五前修好", "后天给您装上". What is hoped, asked or conditional is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.text.coming import coming_day
from bot.text.lexicon import load
from bot.text.normalise import normalise

_FARTHEST = 366  # days
_NUMBERED = re.compile(r"[#第]\s*([0-9]{1,6})号?|(?<![0-9])([0-9]{1,6})号(?:事项|问题|那件|这件)")


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise.

    due: the last day in time. words: the sentence, as written. number: of the matter; null: not said.
    """

    due: date
    words: str
    number: int | None = None


def read_promise(text: str, today: date) -> Promised | None:
    """The first promise of a message; null when there is none. `today`: the day that it is given on."""
    plain = normalise(text)
    for found in re.finditer(f"(?:(?!{load('promises')['ends']}).)+.?", plain.text, re.DOTALL):
        sentence = found[0]
        numbered = _NUMBERED.search(sentence)
        masked = sentence
        if numbered is not None:  # the number of a matter is no day
            start, end = numbered.span()
            masked = sentence[:start] + " " * (end - start) + sentence[end:]
        due = _due(masked, today)
        if due is not None:
            number = None if numbered is None else int(numbered[1] or numbered[2])
            return Promised(due, plain.written(*found.span()).strip(), number)
    return None


def _due(sentence: str, today: date) -> date | None:
    day = coming_day(sentence, today)
    if day is None or not 0 <= (day.day - today).days <= _FARTHEST:
        return None
    if any(_words(kind).search(sentence) for kind in ("hedged", "asked", "denied")):
        return None
    if _words("done").search(sentence) and not _words("future").search(sentence, day.end):
        return None
    return day.day if _words("settled").search(sentence, day.end) else None


@cache
def _words(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(load("promises")[kind]))
