"""Patterns over word classes, such as "a lamp, and within eight characters, a word for dark"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.domain.acts import Urgency
from bot.text.lexicon.scanning import Hits, Place

# places of one frame in one message: what repeats itself more often says nothing new
_MOST = 60
_CLASS = re.compile(r"<[a-z_0-9]+>")


class Match(NamedTuple):
    """Where a frame was found. words: the places of its words."""

    start: int
    end: int
    frame: Frame
    words: tuple[Place, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A pattern and what it speaks for.

    pattern: classes in angle brackets and words, alternatives separated by |; `~N` allows up to N characters
    between two of them (none by default). Commas may lie between, full stops not.
    label: the pattern with its list file, for explaining.
    elements: the classes in order, each with the characters allowed before it. classes: all it needs.
    weight: of the trouble; nought where it only votes for its category. urgency: null for a normal one.
    title: the kind of letter's title that it is for; null: for all messages. vote: for its category; null: as
    its weight has it.
    """

    pattern: str
    label: str
    elements: tuple[tuple[str, int], ...]
    classes: frozenset[str]
    weight: int
    category: str
    urgency: Urgency | None = None
    title: str | None = None
    vote: float | None = None

    def find(self, hits: Hits, breaks: frozenset[int] | set[int]) -> list[Match]:
        """All places where the frame holds; `breaks` are the positions of full stops."""
        (first_class, _), *further = self.elements
        if not further:
            return [Match(*place, self, (place,)) for place in hits[first_class][:_MOST]]
        following_classes = [(hits[name], gap) for name, gap in further]
        out: list[Match] = []
        for first in hits[first_class]:
            words = [first]
            end = first[1]
            for places, gap in following_classes:
                at = bisect_left(places, (end,))
                following = places[at] if at < len(places) and places[at][0] <= end + gap else None
                if following is None or (gap and breaks and not breaks.isdisjoint(range(end, following[0]))):
                    break
                words.append(following)
                end = following[1]
            else:
                out.append(Match(first[0], end, self, tuple(words)))
                if len(out) == _MOST:
                    break
        return out


class Polar(NamedTuple):
    """What a "not" just before takes away.

    classes: by name; `parse_frame` adds to them. words: of those listed.
    """

    classes: set[str]
    words: Set[str]


def parse_frame(
    pattern: str, source: str, data: Mapping[str, Any], words: dict[str, set[str]], polar: Polar
) -> Frame:
    """Read a pattern. data: what the list file says of it.

    Alternatives written out in it become a class of their own, added to `words`; they are polar
    where one of them is a word of a polar class.
    """
    elements: list[tuple[str, int]] = []
    gap = 0
    for token in pattern.split():
        if token[0] == "~":
            gap = int(token[1:])
            continue
        name = token[1:-1] if _CLASS.fullmatch(token) else "=" + token
        if name[0] == "=" and name not in words:
            listed: set[str] = set()
            for part in token.split("|"):
                if not part:
                    raise ValueError(f"{source}.toml: empty alternative in {pattern!r}")
                listed |= _words_of(part[1:-1], words, source) if _CLASS.fullmatch(part) else {part}
            if not polar.words.isdisjoint(listed):
                polar.classes.add(name)
            words[name] = listed
        _words_of(name, words, source)
        elements.append((name, gap))
        gap = 0
    if not elements:
        raise ValueError(f"{source}.toml: empty pattern")
    vote = data.get("vote")
    return Frame(
        pattern,
        f"{source}: {pattern}",
        tuple(elements),
        frozenset(name for name, _ in elements),
        data["weight"],
        data["category"],
        Urgency(data["urgency"]) if "urgency" in data else None,
        data.get("title"),
        None if vote is None else float(vote),
    )


def _words_of(name: str, words: dict[str, set[str]], source: str) -> set[str]:
    if name not in words:
        raise ValueError(f"{source}.toml: no class <{name}>")
    return words[name]
