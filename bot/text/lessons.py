"""What a secretary writes to teach the bot a word: 教 掉档 是 供电问题 急."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.domain.acts import Category, Grievance, Urgency
from bot.domain.taught import Meaning
from bot.text.lexicon import load
from bot.text.messages import Message
from bot.text.normalise import normalise, to_simplified

SHORTEST, LONGEST = 2, 12  # characters of a word
_QUOTES = "“”\"'‘’「」《》 "


@dataclass(frozen=True, slots=True)
class Lesson:
    """A word and as much of its meaning as was written.

    word: in one spelling; empty when none was given. meaning: null when it has to be asked for, or when
    `rest` may name a household. urgency: null when it was not said.
    """

    word: str
    meaning: Meaning | None = None
    category: Category | None = None
    urgency: Urgency | None = None
    rest: str = ""


def read_lesson(text: str) -> Lesson | None:
    """The lesson that a message teaches; null when it is none."""
    told = _after(text, "teach")
    if told is None:
        return None
    for pattern in _splits():
        found = pattern.fullmatch(told)
        if found:
            return _lesson(_bare(found["word"]), _bare(found["rest"] or ""))
    return Lesson("")


def read_forgetting(text: str) -> str | None:
    """The word that is to be forgotten (it may be empty); null when the message asks for no such thing."""
    told = _after(text, "forget")
    return None if told is None else _bare(told)


def asks_for_words(text: str) -> bool:
    """Whether the whole message asks for the list of the village's words."""
    return normalise(text).text.strip(" 。!?") in _words()["list"]


def trouble_like(phrase: str, message: Message) -> tuple[Category, Urgency] | None:
    """What a phrase such as 停电 would be as trouble, read as if a resident had told it; null: none."""
    from bot.text.understand import understand

    found = understand(message).acts if phrase else ()
    # What is said around the phrase makes it trouble of some kind; only listed words say of which.
    matters = [
        act
        for act in found
        if isinstance(act, Grievance) and act.evidence and act.category is not Category.OTHER
    ]
    return (matters[0].category, matters[0].urgency) if matters else None


def _lesson(word: str, rest: str) -> Lesson:
    words = _words()
    if not rest:
        return Lesson(word)
    if _says("no_trouble", rest):
        return Lesson(word, Meaning.NO_TROUBLE)
    if _says("place", rest):
        return Lesson(word, Meaning.PLACE)
    kind, urgency = _urgency(rest)
    tail = re.search(f"{words['trouble_tail']}$", kind)
    named = kind[: tail.start()] if tail else kind
    for category in Category:
        if named in words["category"][category] or kind in words["category"][category]:
            return Lesson(word, Meaning.TROUBLE, category, urgency)
    return Lesson(word, None, None, urgency, kind)


def head_meant(rest: str) -> str:
    """The household's name in what may follow a nickname (张建国家的外号)."""
    found = re.fullmatch("|".join(_words()["nickname"]), rest)
    return found["head"] if found else rest


def _urgency(rest: str) -> tuple[str, Urgency | None]:
    for urgency, patterns in _words()["urgency"].items():
        found = re.search(rf"(?P<before>.*?)[,， 、]*(?:{'|'.join(patterns)})(?:的)?$", rest)
        if found:
            return found["before"].strip(), Urgency(urgency)
    return rest, None


def _says(what: str, rest: str) -> bool:
    return any(re.fullmatch(pattern, rest) for pattern in _words()[what])


def _after(text: str, what: str) -> str | None:
    plain = to_simplified(unicodedata.normalize("NFKC", text)).strip(" \n。!")
    found = re.match(rf"(?:{'|'.join(_words()[what])})(?:[ :,]+|$)", plain)
    return None if found is None else plain[found.end() :].strip()


def _bare(word: str) -> str:
    return normalise(word).text.strip(_QUOTES)


@cache
def _splits() -> tuple[re.Pattern[str], ...]:
    words = _words()
    equals = "|".join(words["is"])
    silent = "|".join(words["no_trouble"])
    return (
        re.compile(rf"(?P<word>\S{{1,}}?)\s*(?P<rest>(?:{silent}))"),
        re.compile(rf"(?P<word>\S{{2,}}?)\s*(?:{equals})\s*(?P<rest>\S.*)"),
        re.compile(r"(?P<word>\S+)\s+(?P<rest>.+)"),
        re.compile(r"(?P<word>\S+)(?P<rest>)"),
    )


@cache
def _words() -> dict[str, Any]:
    return load("teaching")
