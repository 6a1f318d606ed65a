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
from collections.abc import Iterable, Mapping, Set
from functools import cache
from importlib import resources
from typing import Any

from bot.domain.acts import Urgency
from bot.text import segmenter
from bot.text.lexicon.frames import Frame, Match, Polar, parse_frame
from bot.text.lexicon.scanning import Hits, Scanner, Word, heads

__all__ = ["Frame", "Hits", "Lexicon", "Match", "Needed", "Scanner", "heads", "lexicon", "load"]


@cache
def load(name: str) -> dict[str, Any]:
    """The list file `name`.toml."""
    return tomllib.loads(resources.files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))


Needed = set[tuple[frozenset[str], ...]]
"""For each frame the heads of each class, of one of whose words each has to stand in the text."""


class Lexicon:
    """All list files together."""

    def __init__(self, files: dict[str, dict[str, Any]]) -> None:
        words: dict[str, set[str]] = {}
        polar: set[str] = set()
        masks: set[str] = set()
        unions: dict[str, list[str]] = {}
        raw: list[tuple[str, dict[str, Any]]] = []
        for name, content in files.items():
            for key, listed in _classes(content).items():
                words.setdefault(key, set()).update(listed.split())
            unions.update(content.get("unions", {}))
            polar.update(content.get("polar", ()))
            masks.update(content.get("mask", "").split())
            raw += [(name, {**content.get("defaults", {}), **frame}) for frame in content.get("frames", ())]
        for name, parts in unions.items():
            words[name] = words.get(name, set()).union(*(words[part] for part in parts))
            if polar.intersection(parts):
                polar.add(name)
        denied = Polar(polar, set().union(*(words[name] for name in polar)))
        self.frames: tuple[Frame, ...] = tuple(
            parse_frame(pattern, name, frame, words, denied)
            for name, frame in raw
            for pattern in frame["any"]
        )
        self.scanner = Scanner(words, polar, masks)
        # each frame waits for the one of its classes that is met least often
        self._waiting: dict[str, list[Frame]] = {}
        for frame in self.frames:
            self._waiting.setdefault(_rarest(frame, words), []).append(frame)
        self._waiting_for_word: dict[Word, tuple[Frame, ...]] = {}
        for name, frames in self._waiting.items():
            for word in self.scanner.of_class[name]:
                self._waiting_for_word[word] = (*self._waiting_for_word.get(word, ()), *frames)

    def matches(self, hits: Hits, breaks: frozenset[int]) -> list[Match]:
        """All frames that hold, in the order of the list files."""
        found = [match for frame in self._may_hold(hits) for match in frame.find(hits, breaks)]
        return sorted(found, key=_by_frame)

    def may_match(self, hits: Hits) -> bool:
        """Whether the classes met are enough for a frame: quicker than `matches`, and seldom wrong."""
        return bool(self._may_hold(hits))

    def _may_hold(self, hits: Hits) -> list[Frame]:
        """The frames all whose classes are met."""
        waiting: set[Frame] = set()
        for word in self._waiting_for_word.keys() & hits.words.keys():
            waiting.update(self._waiting_for_word[word])
        for name in hits.added:
            waiting.update(self._waiting.get(name, ()))
        return [frame for frame in waiting if frame.classes <= hits.names]

    def endangers(self, hits: Hits) -> bool:
        """Whether the classes met are enough for a frame that tells of danger to life or limb."""
        return any(map(_tells_danger, self._may_hold(hits)))

    def words_of_danger(self) -> Mapping[str, Needed]:
        """The words that frames of danger wait for, and what else each of the frames needs."""
        waiting: dict[str, Needed] = {}
        for name, frames in self._waiting.items():
            for frame in filter(_tells_danger, frames):
                others = tuple(self._heads_of(other) for other in frame.classes - {name})
                for word in self._texts_of(name):
                    waiting.setdefault(word, set()).add(others)
        return waiting

    @cache  # noqa: B019  # the one lexicon lives as long as the program
    def _heads_of(self, name: str) -> frozenset[str]:
        return frozenset(text[:2] for text in self._texts_of(name))

    def scanner_of(self, names: Iterable[str]) -> Scanner:
        """A scanner for these classes alone."""
        return Scanner({name: self._texts_of(name) for name in names}, frozenset(), frozenset())

    def _texts_of(self, name: str) -> set[str]:
        return {word.text for word in self.scanner.of_class[name]}


def _classes(content: Mapping[str, Any]) -> dict[str, str]:
    """The classes of words of a file; where it means something else by `words`, somebody else reads it."""
    listed = content.get("words")
    if not isinstance(listed, dict):
        return {}
    return {name: words for name, words in listed.items() if isinstance(words, str)}


def _tells_danger(frame: Frame) -> bool:
    return frame.urgency is Urgency.EMERGENCY


def _by_frame(match: Match) -> tuple[str, int]:
    return match.frame.label, match.start


def _rarest(frame: Frame, words: Mapping[str, Set[str]]) -> str:
    names = [name for name, _ in frame.elements]
    return names[0] if len(names) == 1 else min(names, key=lambda name: segmenter.frequency(words[name]))


@cache
def lexicon() -> Lexicon:
    """The lists, read once."""
    names = sorted(
        entry.name.removesuffix(".toml")
        for entry in resources.files(__name__).iterdir()
        if entry.name.endswith(".toml")
    )
    return Lexicon({name: load(name) for name in names})
