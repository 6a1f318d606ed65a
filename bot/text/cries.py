"""Cries for help that are the whole message (着火了!): too short to weigh, too grave to miss."""

from __future__ import annotations

import re
from functools import cache

from bot.domain.acts import Category, Grievance, Sureness, Urgency
from bot.text.lexicon import load
from bot.text.reading import Reading


def find_cry(reading: Reading) -> Grievance | None:
    """The emergency cried out, when the message is nothing but the cry."""
    text = re.sub(r"[\s!,。、~.…]+", "", reading.text)
    if not text or reading.text.rstrip().endswith("?"):
        return None
    for category, cry in _cries().items():
        if cry.fullmatch(text):
            whole = reading.plain.written(0, len(reading.text))
            return Grievance(
                Category(category), Urgency.EMERGENCY, None, False, whole, Sureness.SURE, evidence=(text,)
            )
    return None


@cache
def _cries() -> dict[str, re.Pattern[str]]:
    lists = load("cries")
    around = "|".join(sorted(lists["around"], key=len, reverse=True))
    return {
        category: re.compile(f"(?:{around})*(?:(?:{'|'.join(cries)})(?:{around})*)+")
        for category, cries in lists["alone"].items()
    }
