"""What in a message is not for everybody's eyes."""

from __future__ import annotations

import re
from functools import cache

from bot.text.lexicon import load
from bot.text.normalise import normalise

_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")


def is_personal(text: str) -> bool:
    """Whether it tells somebody's illness, ID number or phone number."""
    return bool(_ID_NUMBER.search(text) or _PHONE.search(text) or _words("illness").search(text))


def names_secretary(text: str) -> bool:
    """Whether it speaks of the branch's secretary by title."""
    return bool(_words("secretary").search(text))


def accuses(text: str) -> bool:
    """Whether what it says of somebody it names is an accusation."""
    return any(re.search(one, normalise(text).text) for one in load("discretion")["accusing"])


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, load("discretion")[key])))
