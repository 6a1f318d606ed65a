"""A village's own words at work: what its secretary has taught is read as it was taught.

The words come with each message's context, so that one village's never reach another's reading. A place or
nickname hides what other words stand in it; a kind of trouble is a matter wherever it is not denied; what
is no trouble hides the words of trouble that it is made of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from bot.domain.acts import Grievance, Sureness, Urgency
from bot.domain.taught import Meaning, Taught, TaughtWord
from bot.text.grievances import LIKELY
from bot.text.lexicon import load
from bot.text.messages import Context, Speaker
from bot.text.names import NameKind
from bot.text.normalise import normalise
from bot.text.reading import Reading

_SURELY, _MAYBE = LIKELY + 1, LIKELY - 0.1  # weights of evidence, as `find_grievances` gives them
# What else speaks against a matter: the word may be told of, joked with or announced.
_TOLD_ABOUT = ("joke", "story", "elsewhere", "hypothetical", "notice", "advert", "wish", "lostfound")
_MOST = 40  # places of taught words looked at in one message


@dataclass(frozen=True, slots=True)
class Place:
    """Where a taught word stands in the plain text."""

    start: int
    end: int
    word: TaughtWord


def knowing(context: Context) -> Context:
    """The context with the village's nicknames among the names to look for."""
    called = () if context.taught is None else _compiled(context.taught).nicknames
    return replace(context, households=(*context.households, *called)) if called else context


def places(text: str, taught: Taught | None) -> list[Place]:
    """Where taught words stand in a plain text, the longest first where several could."""
    if taught is None or not taught.words:
        return []
    words = _compiled(taught)
    out = []
    for found in words.pattern.finditer(text):
        out.append(Place(found.start(), found.end(), words.by_word[found[0]]))
        if len(out) == _MOST:
            break
    return out


def silenced(standing: Sequence[Place]) -> bool:
    """Whether a word stands that is no trouble: then nothing is to be guessed from the message as a whole."""
    return any(one.word.meaning is Meaning.NO_TROUBLE for one in standing)


def mark(reading: Reading, standing: Sequence[Place]) -> None:
    """Let the grammars see the taught words instead of the listed ones that they are made of."""
    if not standing:
        return
    hiding = [one for one in standing if one.word.meaning is not Meaning.TROUBLE]
    added: dict[str, list[tuple[int, int]]] = {}
    for one in standing:
        for name in _CLASSES.get(one.word.meaning, ()):
            added.setdefault(name, []).append((one.start, one.end))
    hidden = [(one.start, one.end) for one in hiding]
    reading.hits = reading.hits.changed(hidden=hidden, added=added)
    no_names = [one for one in standing if one.word.meaning is not Meaning.NICKNAME]
    reading.names = [name for name in reading.names if not _touches(name.start, name.end, no_names)]


_CLASSES = {Meaning.PLACE: ("place",), Meaning.TROUBLE: ("trouble_thing",)}


def with_taught_trouble(
    reading: Reading, standing: Sequence[Place], found: Sequence[tuple[Grievance, float]]
) -> list[tuple[Grievance, float]]:
    """The matters found, as the taught words have them, and those that only taught words tell."""
    out = list(found)
    for one in standing:
        if one.word.meaning is not Meaning.TROUBLE or _denied(reading, one) or _mended(reading, one):
            continue
        told = _as_taught(reading, one)
        for place, (grievance, weight) in enumerate(out):
            if one.word.word in normalise(grievance.span).text:
                out[place] = _joined(grievance, told[0]), max(weight, told[1])
                break
        else:
            out.append(told)
    return out


@dataclass(frozen=True, slots=True)
class _Words:
    """A village's words, ready to be looked for."""

    pattern: re.Pattern[str]
    by_word: dict[str, TaughtWord]
    nicknames: tuple[str, ...]


@lru_cache(maxsize=1024)
def _compiled(taught: Taught) -> _Words:
    by_word = {one.word: one for one in taught.words}
    longest_first = sorted(by_word, key=len, reverse=True)
    return _Words(
        re.compile("|".join(map(re.escape, longest_first)) or r"(?!)"),
        by_word,
        tuple(one.word for one in taught.words if one.meaning is Meaning.NICKNAME),
    )


def _touches(start: int, end: int, standing: Sequence[Place]) -> bool:
    return any(one.start < end and start < one.end for one in standing)


def _as_taught(reading: Reading, one: Place) -> tuple[Grievance, float]:
    assert one.word.category is not None
    start, end = _told_in(reading, one)
    resolved = any(hit[0] >= one.end for hit in reading.hits.within("fixed", one.end, end))
    about_it = any(name in reading.hits for name in _TOLD_ABOUT)
    grievance = Grievance(
        one.word.category,
        Urgency.NORMAL if resolved else one.word.urgency or Urgency.NORMAL,
        _about(reading, one, start),
        resolved,
        reading.plain.written(start, end),
        Sureness.PROBABLY if about_it else Sureness.SURE,
        (one.word.word,),
    )
    return grievance, _MAYBE if about_it else _SURELY


def _joined(found: Grievance, told: Grievance) -> Grievance:
    """A matter found by the lists as well: of the kind that was taught, unless life or limb is at stake."""
    if found.urgency is Urgency.EMERGENCY:
        return found
    urgency = Urgency.NORMAL if found.resolved else told.urgency
    surer = Sureness.SURE if Sureness.SURE in (found.sureness, told.sureness) else Sureness.PROBABLY
    evidence = (*found.evidence, *told.evidence)
    return replace(
        found,
        category=told.category,
        urgency=urgency,
        sureness=surer,
        evidence=tuple(dict.fromkeys(evidence)),
    )


def _denied(reading: Reading, one: Place) -> bool:
    before, after = _denials()
    return bool(before.search(reading.text, max(0, one.start - 6), one.start)) or bool(
        after.match(reading.text, one.end)
    )


def _mended(reading: Reading, one: Place) -> bool:
    """掉档修好了: told as mended at once, it is no trouble any more but the end of one."""
    return any(hit[0] <= one.end + 3 for hit in reading.hits.within("fixed", one.end, one.end + 12))


def _told_in(reading: Reading, one: Place) -> tuple[int, int]:
    """The clauses that tell it: from the one before, unless that tells a visit, to the sentence's end."""
    clauses = reading.clauses.clauses
    index = next((i for i, c in enumerate(clauses) if c.start <= one.start < c.end), None)
    if index is None:
        return one.start, one.end
    own = clauses[index]
    first = own
    if index and clauses[index - 1].sentence == own.sentence:
        before = clauses[index - 1]
        if not reading.hits.any_within(before.start, before.end, "visit_strong", "visit_move"):
            first = before
    return first.start, max(c.end for c in clauses if c.sentence == own.sentence)


def _about(reading: Reading, one: Place, start: int) -> str | None:
    """The household named before the word; null where the speaker's own is meant."""
    if _denials_own().search(reading.text, start, one.start):
        return None
    resident = reading.message.speaker is Speaker.RESIDENT
    named = [
        name for name in reading.names if name.end <= one.start and (name.start >= start or not resident)
    ]
    if resident:
        named = [name for name in named if name.kind is NameKind.PERSON]
    return reading.written(named[-1]) if named else None


@cache
def _denials() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = load("teaching")["denied"]
    return re.compile(f"(?:{'|'.join(lists['before'])})$"), re.compile("|".join(lists["after"]))


@cache
def _denials_own() -> re.Pattern[str]:
    return re.compile("|".join(load("teaching")["own"]))
