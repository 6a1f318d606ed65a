"""Which household has something that calls for a visit (五必到), as people tell it in passing.

Told are weddings and funerals, quarrels, illness, errands and low spirits, of a household that the message
names, or of the speaker's own: "老李家儿子明天结婚", "李大娘住院了", "我妈昨晚摔了一跤". Where a message is
about something else (the television, other villages, years ago, what might be), nothing is told. Whether
the name is anybody's here, the roster has to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.domain.occasions import OccasionKind
from bot.text.lexicon import load
from bot.text.names import Name, NameKind, names
from bot.text.normalise import normalise


@dataclass(frozen=True, slots=True)
class OccasionTold:
    """Something that has happened at a household. name: as written; null: the speaker's own.

    words: the sentence that tells it, as written.
    """

    kind: OccasionKind
    name: str | None
    words: str


_SENTENCE = re.compile(r"[^。!;\n]+[。!;]?")
_CLAUSE = re.compile(r"[^,?]+[,?]?")
_BLOT = "〇"
_FARTHEST = 18
"""Characters between the name and what has happened there."""


def might_tell(text: str) -> bool:
    """Whether a message is worth reading for it; most are not."""
    return _pattern("prefilter").search(normalise(text).text) is not None


def read_occasions(text: str, known: Iterable[str] = ()) -> tuple[OccasionTold, ...]:
    """What a message tells of; most messages are put aside after one look.

    Args:
        known: names on the roster, which are found however they stand.
    """
    plain = normalise(text)
    if not _pattern("prefilter").search(plain.text):
        return ()
    found: dict[tuple[OccasionKind, str | None], OccasionTold] = {}
    for stretch in _SENTENCE.finditer(plain.text):
        if not _anything().search(stretch[0]):  # names are looked for only where that is worth while
            continue
        called = [_household(name) for name in names(stretch[0], known) if name.kind is NameKind.PERSON]
        sentence = _without(stretch[0], called)
        if any(pattern.search(sentence) for pattern in _patterns("void")):
            continue
        for kind, start in _happened(sentence):
            whose = _whose(kind, sentence, start, called)
            if whose is not None:
                words = plain.written(*stretch.span()).strip()
                found.setdefault((kind, whose or None), OccasionTold(kind, whose or None, words))
    return tuple(found.values())


def _household(name: Name) -> Name:
    """The household's name, without whom of it is meant (老李家儿子)."""
    kin = re.fullmatch("(.{2,}?)家.+", name.text)
    if kin is None or name.known:
        return name
    return Name(name.start, name.start + len(kin[1]), kin[1], name.kind)


def _without(sentence: str, called: Sequence[Name]) -> str:
    """The sentence with its names blotted out: what is part of a name tells nothing."""
    for name in called:
        sentence = f"{sentence[: name.start]}{_BLOT * (name.end - name.start)}{sentence[name.end :]}"
    return sentence


def _happened(sentence: str) -> Iterator[tuple[OccasionKind, int]]:
    """What the clauses of a sentence tell, with the place of the words."""
    for clause in _CLAUSE.finditer(sentence):
        if any(pattern.search(clause[0]) for pattern in _patterns("void_clause")):
            continue
        for kind in OccasionKind:
            happened = _pattern("told", kind).search(clause[0])
            if happened is not None:
                yield kind, clause.start() + happened.start()
                break


def _whose(kind: OccasionKind, sentence: str, at: int, called: Sequence[Name]) -> str | None:
    """The name before the words that tell it; empty: the speaker's own; null: nobody's that is named."""
    before = [name for name in called if name.end <= at]
    own = [found.end() for found in _pattern("own", "who").finditer(sentence) if found.end() <= at + 2]
    if before and (not own or before[-1].end > own[-1]):
        near = before[-1]
        return None if _stands_apart(kind, sentence[near.end : at]) else near.text
    return "" if own and not _stands_apart(kind, sentence[own[-1] : at]) else None


def _stands_apart(kind: OccasionKind, between: str) -> bool:
    """Whether the name and what has happened do not belong together."""
    if len(between) > _FARTHEST:
        return True
    if kind is not OccasionKind.QUARREL and _pattern("own", "with").search(between):
        return True
    says_so = kind is OccasionKind.LOW_SPIRITS and between == "说"
    return not says_so and _pattern("own", "other").search(between) is not None


@cache
def _pattern(*path: str) -> re.Pattern[str]:
    value = load("occasions")
    for key in path:
        value = value[key]
    return re.compile(str(value))


@cache
def _patterns(table: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in load("occasions")[table].values())


@cache
def _anything() -> re.Pattern[str]:
    return re.compile("|".join(load("occasions")["told"].values()))
