"""What a message adds to what its speaker has just told. Read only where it is known what that was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.text.lexicon import load
from bot.text.names import names
from bot.text.normalise import normalise
from bot.text.replies import read_count, read_reply

_LONGEST = 120  # characters; what is longer tells something of its own
_MARKS = re.compile(r"[\s、，,;；。.！!:：~…()（）]+")


@dataclass(frozen=True, slots=True)
class Addition:
    """What a short message may add; which of it holds depends on what was told before.

    names: households, if its words are known as such. besides: they come on top ("还有").
    count: a number of households and nothing else. well: it says only how they are ("都挺好的").
    place: where something is, as written. picture: it only announces a photo.
    """

    names: tuple[str, ...] = ()
    besides: bool = False
    count: int | None = None
    well: bool = False
    place: str = ""
    picture: bool = False


def read_addition(text: str) -> Addition | None:
    """What a message may add to what was told before it; null when it can be no addition."""
    plain = normalise(text).text.strip()
    if not plain or len(plain) > _LONGEST or re.search("[?？]", plain):
        return None
    count = read_count(plain)
    if count is not None:
        return Addition(count=count)
    bare = _MARKS.sub("", plain)
    if re.fullmatch(_words()["picture"], bare):
        return Addition(picture=True)
    rest = _without_wellbeing(plain)
    if not rest:
        return Addition(well=True)
    besides, listed = _names(rest)
    place = "" if besides or read_reply(plain) is not None else _place(plain)
    return Addition(names=listed, besides=besides, place=place) if listed or place else None


def looks_like_name(word: str) -> bool:
    """Whether a word by itself is somebody's name or an address."""
    found = names(word)
    return bool(found) and found[0].start == 0 and found[-1].end >= len(word.removesuffix("家"))


def _without_wellbeing(plain: str) -> str:
    """What is left of the words when all that says how people are is taken away."""
    parts = [part for part in re.split(r"[,，。.;；!！\n]", plain) if part.strip()]
    pattern = "|".join(f"(?:{one})" for one in _words()["well"])
    return "，".join(part for part in parts if not re.fullmatch(pattern, part.strip()))


def _names(plain: str) -> tuple[bool, tuple[str, ...]]:
    """The words between the marks of a list, as names would stand there, and whether they come on top."""
    words = _words()
    lead = re.match(rf"(?:{words['besides']})[:：,，、 ]*", plain)
    besides, plain = lead is not None, plain[lead.end() :] if lead else plain
    plain = re.sub(rf"^(?:{words['namely']})[:：,，、 ]*(?=..)", "", plain)
    plain = re.sub(rf"{words['been']}[。.!！ ]*$", "", plain)
    plain = re.sub(rf"{words['tally']}$", "", plain)
    pieces = [piece.strip(" :：") for piece in re.split(words["between"], plain)]
    listed = tuple(piece for piece in pieces if piece)
    if not listed or any(len(piece) > 14 for piece in listed):
        return False, ()
    return besides, listed


def _place(plain: str) -> str:
    words: dict[str, Any] = load("continuations")["place"]
    bare = plain.strip("。.!！~ ")
    if len(bare) > words["most"] or "\n" in bare:
        return ""
    led = re.match(words["led"], bare)
    rest = bare[led.end() :] if led else bare
    if re.search(words["no_place"], rest) or not re.search(rf"(?:{words['end']})的?$", rest):
        return ""
    return bare if len(rest) >= (2 if led else 3) else ""


@cache
def _words() -> dict[str, Any]:
    return load("continuations")
