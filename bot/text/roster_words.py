"""What people write in rosters in place of the words that are asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from bot.text.lexicon import load
from bot.text.numbers import read_numeral

_ALIKE = 0.5  # how like a word must be to be taken for what was meant
_NUMBERED = re.compile(r"第?([0-9]+|[一二两三四五六七八九十百]+)(?:村民|党|生产)?(?:小组|组|队|小队)")


def header_meant(name: str) -> str:
    """The column that a heading stands for; the heading itself when it is none we know another word for."""
    return str(load("roster")["headers"].get(name, name))


def says_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing to say ("无", "-")."""
    return text in load("roster")["words"]["nothing"]


def is_total(text: str) -> bool:
    """Whether a cell begins a row of sums ("合计")."""
    return text in load("roster")["words"]["totals"]


def word_meant(word: str, known: Iterable[str], *, table: str) -> str | None:
    """Which of the known words was meant; null when none is like it.

    table: `roles` or `kinds`, where other words for the known ones are listed.
    """
    right = load("roster")[table].get(word)
    if right is not None:
        return str(right)
    words = list(known)
    within = next((one for one in words if one in word or word in one), None)
    found = process.extractOne(word, words, scorer=JaroWinkler.similarity, score_cutoff=_ALIKE)
    return within or (None if found is None else str(found[0]))


def group_key(name: str) -> str:
    """What a group's name says: 1组, 一组 and 第一小组 are one group."""
    name = "".join(unicodedata.normalize("NFKC", name).split())
    return "/".join(_one(part) for part in name.split("/"))


def _one(name: str) -> str:
    found = _NUMBERED.fullmatch(name)
    number = None if found is None else read_numeral(found[1])
    return name if number is None else f"{number}组"
