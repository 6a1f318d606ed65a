"""Finding listed words in a text, all of them in one pass."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from itertools import islice

# what takes a polar word away when it stands just before it
_NOT = (
    "没",
    "未",
    "不",
    "无",
    "没有",
    "没再",
    "不再",
    "并未",
    "未见",
    "没见",
    "没得",
    "不能",
    "别",
    "防",
    "防止",
)
_NOT_LENGTHS = tuple(sorted({len(word) for word in _NOT}))
_NOT_SET = frozenset(_NOT)
_MASK = "mask"


class Hits:
    """Where the words of each class stand in one text: (start, end), in order."""

    __slots__ = ("_places",)

    def __init__(self, places: Mapping[str, list[tuple[int, int]]]) -> None:
        self._places = places

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __getitem__(self, name: str) -> list[tuple[int, int]]:
        return self._places.get(name, [])

    def within(self, name: str, start: int, end: int) -> list[tuple[int, int]]:
        """The hits of class `name` that lie inside the stretch."""
        places = self._places.get(name)
        if not places:
            return []
        out = []
        for hit in islice(places, bisect_left(places, (start,)), None):
            if hit[0] >= end:
                break
            if hit[1] <= end:
                out.append(hit)
        return out

    def any_within(self, start: int, end: int, *names: str) -> bool:
        """Whether a word of one of the classes lies inside the stretch."""
        for name in names:
            places = self._places.get(name)
            if not places:
                continue
            for hit in islice(places, bisect_left(places, (start,)), None):
                if hit[0] >= end:
                    break
                if hit[1] <= end:
                    return True
        return False

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._places)


class Scanner:
    """Finds the words of many classes at once."""

    def __init__(self, words: Mapping[str, set[str]], polar: frozenset[str], masks: frozenset[str]) -> None:
        classes: dict[str, list[str]] = {}
        for name, listed in words.items():
            for word in listed:
                classes.setdefault(word, []).append(name)
        for word in masks:
            classes.setdefault(word, []).append(_MASK)
        self._polar = polar
        self._classes = {word: tuple(names) for word, names in classes.items()}
        lengths: dict[str, set[int]] = {}
        for word in classes:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {char: tuple(sorted(found, reverse=True)) for char, found in lengths.items()}

    def scan(self, text: str) -> Hits:
        """All listed words of `text`, save those inside a masking word and negated polar ones."""
        places: dict[str, list[tuple[int, int]]] = {}
        masked_from, masked_to = -1, -1
        classes, lengths, size = self._classes, self._lengths, len(text)
        for start, char in enumerate(text):
            for length in lengths.get(char, ()):
                word = text[start : start + length]
                names = classes.get(word)
                end = start + length
                if names is None or end > size:  # the last slices of a text are shorter than asked for
                    continue
                if masked_from <= start and end <= masked_to and _MASK not in names:
                    continue
                for name in names:
                    if name == _MASK:
                        if end > masked_to:
                            masked_from, masked_to = start, end
                        continue
                    if name in self._polar and self._negated(text, start):
                        continue
                    places.setdefault(name, []).append((start, end))
        return Hits(places)

    @staticmethod
    def _negated(text: str, start: int) -> bool:
        return any(start >= n and text[start - n : start] in _NOT_SET for n in _NOT_LENGTHS)
