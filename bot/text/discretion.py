"""What in a message is not for everybody's eyes."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from functools import cache

from bot.text.lexicon import load
from bot.text.normalise import normalise

_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")


class Office(StrEnum):
    """What people call somebody by instead of their name; keys of `offices` in the word list."""

    MEMBER = "member"
    LEADER = "leader"
    SECRETARY = "secretary"
    TOWN = "town"


def is_personal(text: str) -> bool:
    """Whether it tells somebody's illness, ID number or phone number."""
    return has_id_number(text) or has_phone(text) or bool(_words("illness").search(text))


def has_id_number(text: str) -> bool:
    """Whether it gives an ID number."""
    return _ID_NUMBER.search(text) is not None


def has_phone(text: str) -> bool:
    """Whether it gives the number of a mobile phone."""
    return _PHONE.search(text) is not None


def is_family_quarrel(text: str) -> bool:
    """Whether it tells of a quarrel within a family, which is nobody else's business."""
    return any(re.search(one, normalise(text).text) for one in load("discretion")["family_quarrel"])


def offices_named(text: str) -> frozenset[Office]:
    """The offices by which it speaks of somebody ("组长", "书记")."""
    plain = normalise(text).text
    offices = load("discretion")["offices"]
    return frozenset(one for one in Office if any(word in plain for word in offices[one]))


def person_named(name: str, text: str, *, others: Collection[str]) -> bool:
    """Whether a text speaks of somebody: by name, given name, or surname with an office or with 老, 小.

    others: the names of those whom it may speak of as well; a surname that one of them has is not enough
        where nothing else stands with it than 老 or 小.
    """
    plain = normalise(text).text
    if name in plain:
        return True
    surname, given = name[:1], name[1:]
    if len(given) > 1 and given in plain:
        return True
    titles = "|".join(load("discretion")["titles"])
    if re.search(f"{re.escape(surname)}({titles})", plain):
        return True
    shared = any(other[:1] == surname for other in others)
    return not shared and re.search(f"[老小]{re.escape(surname)}(?!家)", plain) is not None


def accuses(text: str) -> bool:
    """Whether what it says of somebody it names is an accusation."""
    return any(re.search(one, normalise(text).text) for one in load("discretion")["accusing"])


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, load("discretion")[key])))
