"""What is asked about links: checks, proposals, who takes over, homes that moved, who answers for whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from bot.text.dates import days
from bot.text.lexicon import load
from bot.text.normalise import normalise

_TRADE = re.compile(r"([一-鿿]{1,6}?(?:协会|合作社|商会))")
_NUMBER_LAST = re.compile(r"(.*?)(\d+)\D{0,2}")


class Asks(StrEnum):
    """What a message asks about links."""

    CHECK = "check"
    PROPOSE = "propose"
    HAND_OVER = "hand_over"  # all that one member has
    REMOVE = "remove"  # and off the roster with them
    ONE_HOME = "one_home"  # to another member
    CHOICE_OF_RESIDENT = "choice_of_resident"
    CHOICE_OF_MEMBER = "choice_of_member"
    MOVED = "moved"
    RESPONSIBLE = "responsible"


@dataclass(frozen=True, slots=True)
class LinksAsked:
    """What a message asks about links; names as written, empty where none is given.

    from_name: who lets go. to_name: who shall take. home: the household. address: where it moved.
    day: of which day; null: today.
    """

    asks: Asks
    from_name: str = ""
    to_name: str = ""
    home: str = ""
    address: str = ""
    day: date | None = None


def read_links(text: str, today: date) -> LinksAsked | None:
    """What a message asks about links; null when it is about something else."""
    plain = normalise(text).text.strip()
    if len(plain) > 60 or "\n" in plain:
        return None
    for asks, pattern in _patterns():
        found = pattern.fullmatch(plain)
        if found is not None:
            given = found.groupdict()
            return LinksAsked(
                asks,
                given.get("from") or "",
                given.get("to") or "",
                (given.get("home") or "").removesuffix("家"),
                given.get("address") or "",
            )
    return _responsible(plain, today)


def _responsible(plain: str, today: date) -> LinksAsked | None:
    day = None
    found = days(plain, today)
    if len(found) == 1:
        day = found[0].day
        plain = (plain[: found[0].start] + plain[found[0].end :]).strip(" ,")
    words = re.fullmatch(f"(?:{load('linking')['responsible']}){load('linking')['closing']}", plain)
    if words is None:
        return None
    home = (words["home"] or words["home2"]).removesuffix("家")
    return LinksAsked(Asks.RESPONSIBLE, home=home, day=day)


def needs_in(note: str, kinds: frozenset[str]) -> frozenset[str]:
    """What a household could use, by its notes and kinds; in the words in which it is told."""
    return frozenset(
        each["name"]
        for each in load("linking")["abilities"].values()
        if kinds & set(each["kinds"]) or any(word in note for word in each["household"])
    )


def abilities_in(note: str) -> frozenset[str]:
    """What a member is good at, by the roster's notes."""
    return frozenset(
        each["name"]
        for each in load("linking")["abilities"].values()
        if any(word in note for word in each["member"])
    )


def trades_in(note: str) -> frozenset[str]:
    """The trade associations that a note names."""
    parts = re.split(r"[,，。;；、\s是在]", note)
    return frozenset(found[1] for part in parts if (found := _TRADE.search(part)) is not None)


def street_and_number(address: str) -> tuple[str, int | None]:
    """An address in two: all before its last number, and that number; null when it has none."""
    plain = "".join(normalise(address).text.split())
    found = _NUMBER_LAST.fullmatch(plain)
    return (plain, None) if found is None else (found[1], int(found[2][:6]))


@cache
def _patterns() -> tuple[tuple[Asks, re.Pattern[str]], ...]:
    words = load("linking")
    found = []
    for asks in Asks:
        if asks is Asks.RESPONSIBLE:
            continue
        given = words[asks]
        for pattern in given if isinstance(given, list) else [given]:
            whole = pattern.replace("{who}", words["who"])
            found.append((asks, re.compile(f"(?:{whole}){words['closing']}")))
    return tuple(found)
