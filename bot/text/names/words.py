"""What names are made of, from lexicon/names.toml."""

from __future__ import annotations

from functools import cache

from bot.text.lexicon import load


@cache
def lists() -> dict[str, str]:
    """The lists as they are written, words apart by spaces or not at all."""
    found: dict[str, str] = load("names")["lists"]
    return found


@cache
def surnames() -> frozenset[str]:
    """Single-character surnames."""
    return frozenset("".join(lists()["surnames"].split()))


def sure_surname(char: str) -> bool:
    """Whether it is a surname, and not more often another word."""
    return char in surnames() and char not in lists()["doubtful"]


@cache
def compound_surnames() -> frozenset[str]:
    return frozenset(lists()["compound"].split())


@cache
def given() -> str:
    """The characters of given names, each once."""
    return "".join(sorted(set("".join(lists()["given"].split()))))


@cache
def kinship() -> tuple[str, ...]:
    """Words people are called by after a surname, longest first."""
    return tuple(sorted(set(lists()["kin"].split()), key=len, reverse=True))


@cache
def none() -> frozenset[str]:
    """What looks like a name and is none."""
    return frozenset(lists()["none"].split())


def is_no_name(word: str) -> bool:
    """Whether it looks like a name and is listed as none (老人, 方便)."""
    return word in none()


@cache
def long_none() -> dict[str, tuple[str, ...]]:
    """Those of more than two characters, by their first two."""
    out: dict[str, tuple[str, ...]] = {}
    for word in sorted(w for w in none() if len(w) > 2):
        out[word[:2]] = (*out.get(word[:2], ()), word)
    return out
