"""How somebody in quarantine was found: "体温36.5 正常", "三十七度八，有点咳嗽"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.text.lexicon import load
from bot.text.normalise import normalise
from bot.text.numbers import read_numeral

_LEAST, _MOST = 34.0, 42.9  # °C: beyond them it is something else


@dataclass(frozen=True, slots=True)
class HealthTold:
    """What a report tells of the health of those visited.

    temperature: °C, the highest told; null: none is. fever: it is said in words. words: what is said besides.
    """

    temperature: float | None
    fever: bool
    words: str


def asks_for_health(text: str) -> bool:
    """Whether a message asks how those in quarantine are."""
    return re.fullmatch(load("health")["asked"], normalise(text).text.strip()) is not None


def read_health(text: str) -> HealthTold | None:
    """What a stretch of a report tells; null when it tells nothing of anybody's health."""
    plain = normalise(text).text
    degrees = [found for match in _pattern("temperature").finditer(plain) if (found := _degrees(match))]
    words = list(dict.fromkeys(match[0] for match in _pattern("words").finditer(plain)))
    if not degrees and not words:
        return None
    fever = _pattern("fever").search(plain) is not None
    return HealthTold(max(degrees, default=None), fever, "、".join(words))


def read_health_of(text: str, names: Sequence[str]) -> dict[str, HealthTold]:
    """What a report tells of each of these households: what stands behind its name, up to the next one.

    Where only the whole message tells it ("郑家、谢家，体温都正常"), it is of all of them.
    """
    places = sorted((text.find(name), name) for name in names if name in text)
    of_all = read_health(text)
    found: dict[str, HealthTold] = {}
    for index, (start, name) in enumerate(places):
        end = places[index + 1][0] if index + 1 < len(places) else len(text)
        own = read_health(text[start + len(name) : end])
        if own is not None:
            found[name] = own
    only_behind_the_last = len(places) > 1 and list(found) == [places[-1][1]]
    if of_all is not None and (only_behind_the_last or not found):
        return dict.fromkeys(names, of_all)
    return found


def _degrees(match: re.Match[str]) -> float | None:
    written = match["number"] or match["alone"] or match["plain"]
    tenth = match["tenth"] or match["alone_tenth"]
    whole, _, part = re.sub("[度点]", ".", written).partition(".")
    number = _number(whole) + _number(part or tenth or "0") / 10
    return number if _LEAST <= number <= _MOST else None


def _number(numeral: str) -> float:
    return 5.0 if numeral == "半" else float(read_numeral(numeral) or 0)


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(load("health")[key])
