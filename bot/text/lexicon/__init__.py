"""The word lists (`*.toml` beside this file) and what finds them in a text.

A list file may have

* `[words]`: classes of words, `name = "word word …"`. A class is known to all files.
* `[unions]`: a class made of others, `name = ["class", …]`.
* `mask`: words inside which no other word counts (火 in 火车).
* `polar`: names of classes that a "not" just before takes away (没坏).
* `[[frames]]`: patterns over classes, see `Frame`.

Matching is by characters, not by segmented words: segmenters cut 煤气味 and 没去成 in ways that hide
what matters.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Set
from functools import cache, cached_property
from importlib import resources
from typing import Any

from bot.text import segmenter
from bot.text.lexicon.frames import Frame, Match, parse_frame
from bot.text.lexicon.scanning import Hits, Scanner, heads

__all__ = ["Frame", "Hits", "Lexicon", "Match", "Scanner", "heads", "lexicon", "load"]


@cache
def load(name: str) -> dict[str, Any]:
    """The list file `name`.toml."""
    return tomllib.loads(resources.files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))


class Lexicon:
    """All list files together."""

    def __init__(self, files: dict[str, dict[str, Any]]) -> None:
        words: dict[str, set[str]] = {}
        polar: set[str] = set()
        masks: set[str] = set()
        unions: dict[str, list[str]] = {}
        raw: list[tuple[str, dict[str, Any]]] = []
        for name, content in files.items():
            for key, listed in content.get("words", {}).items():
                words.setdefault(key, set()).update(listed.split())
            unions.update(content.get("unions", {}))
            polar.update(content.get("polar", ()))
            masks.update(content.get("mask", "").split())
            raw += [(name, {**content.get("defaults", {}), **frame}) for frame in content.get("frames", ())]
        for name, parts in unions.items():
            words[name] = words.get(name, set()).union(*(words[part] for part in parts))
            if polar.intersection(parts):
                polar.add(name)
        self.frames: tuple[Frame, ...] = tuple(
            parse_frame(pattern, name, frame, words, polar) for name, frame in raw for pattern in frame["any"]
        )
        self.words = words
        self.scanner = Scanner(words, frozenset(polar), frozenset(masks))
        # each frame waits for the one of its classes that is met least often
        self._by_rarest: dict[str, list[Frame]] = {}
        for frame in self.frames:
            rarest = min((name for name, _ in frame.elements), key=lambda name: _frequency(words[name]))
            self._by_rarest.setdefault(rarest, []).append(frame)

    def dangers(self, names: Set[str]) -> bool:
        """Whether the classes found are enough for a frame that tells of danger to life or limb."""
        return any(
            frame.classes <= names for name in self._dangers.keys() & names for frame in self._dangers[name]
        )

    def may_endanger(self, text: str, known: tuple[str, ...]) -> bool:
        """Whether such a frame may hold in a text with these `heads`: quicker than to look for all words."""
        waited_for = self._waited_for
        if waited_for.keys().isdisjoint(known):
            return False
        for head in known:
            for word, needed in waited_for.get(head, ()):
                if word in text and not any(one_of.isdisjoint(known) for one_of in needed):
                    return True
        return False

    @cached_property
    def _waited_for(self) -> dict[str, list[tuple[str, tuple[frozenset[str], ...]]]]:
        """By their heads the words that such frames wait for, with the heads of each other class needed."""
        heads_of = {
            name: frozenset(word[:2] for word in self.words[name])
            for frames in self._dangers.values()
            for frame in frames
            for name in frame.classes
        }
        out: dict[str, list[tuple[str, tuple[frozenset[str], ...]]]] = {}
        for name, frames in self._dangers.items():
            needed = [tuple(heads_of[other] for other in frame.classes - {name}) for frame in frames]
            for word in self.words[name]:
                out.setdefault(word[:2], []).extend((word, each) for each in needed)
        return out

    @cached_property
    def _dangers(self) -> dict[str, list[Frame]]:
        found = {
            name: [frame for frame in frames if frame.data.get("urgency") == "emergency"]
            for name, frames in self._by_rarest.items()
        }
        return {name: frames for name, frames in found.items() if frames}

    def scanner_of(self, names: Iterable[str]) -> Scanner:
        """A scanner for these classes alone."""
        return Scanner({name: self.words[name] for name in names}, frozenset(), frozenset())

    def matches(self, hits: Hits, breaks: frozenset[int]) -> list[Match]:
        """All frames that hold, in the order of the list files."""
        names = hits.names
        found = [
            match
            for name in self._by_rarest.keys() & names
            for frame in self._by_rarest[name]
            if frame.classes <= names
            for match in frame.find(hits, breaks)
        ]
        return sorted(found, key=lambda m: (m.frame.source, m.frame.pattern, m.start))


def _frequency(words: set[str]) -> int:
    """How often one of the words is met, by the segmenter's counts; an unlisted one is rare."""
    return sum(segmenter.frequency(word) for word in words)


@cache
def lexicon() -> Lexicon:
    """The lists, read once."""
    names = sorted(
        entry.name.removesuffix(".toml")
        for entry in resources.files(__name__).iterdir()
        if entry.name.endswith(".toml")
    )
    return Lexicon({name: load(name) for name in names})
