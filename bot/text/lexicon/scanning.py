"""Finding listed words in a text, all of them in one pass."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import KeysView, Mapping
from itertools import islice
from operator import add

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
_NOT_ENDS = frozenset(word[-1] for word in _NOT)
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
    def names(self) -> KeysView[str]:
        """The classes found, as a set."""
        return self._places.keys()


class _Word:
    """A listed word and what it counts as."""

    __slots__ = ("classes", "is_mask", "length", "text", "unless_denied")

    def __init__(self, text: str, names: list[str], polar: frozenset[str]) -> None:
        self.text = text
        self.length = len(text)
        self.is_mask = _MASK in names
        self.classes = tuple(name for name in names if name != _MASK and name not in polar)
        self.unless_denied = tuple(name for name in names if name != _MASK and name in polar)


class Scanner:
    """Finds the words of many classes at once.

    Words are looked up by their first two characters, so that the cost depends on how many words stand in
    a text and not on how many are listed.
    """

    def __init__(self, words: Mapping[str, set[str]], polar: frozenset[str], masks: frozenset[str]) -> None:
        classes: dict[str, list[str]] = {}
        for name, listed in words.items():
            for word in listed:
                classes.setdefault(word, []).append(name)
        for word in masks:
            classes.setdefault(word, []).append(_MASK)
        self._singles: dict[str, _Word] = {}
        by_pair: dict[str, list[_Word]] = {}
        for text in sorted(classes, key=lambda text: (-len(text), text)):
            word = _Word(text, classes[text], polar)
            if len(text) == 1:
                self._singles[text] = word
            else:
                by_pair.setdefault(text[:2], []).append(word)
        self._by_pair = {pair: tuple(found) for pair, found in by_pair.items()}

    def scan(self, text: str) -> Hits:
        """All listed words of `text`, save those inside a masking word and negated polar ones."""
        places: dict[str, list[tuple[int, int]]] = {}
        masked_to = -1
        pairs = map(add, text, text[1:] + "\0")
        at_pair, at_single = map(self._by_pair.get, pairs), map(self._singles.get, text)
        for start, longer, single in zip(range(len(text)), at_pair, at_single, strict=True):
            if longer is not None:
                for word in longer:
                    if text.startswith(word.text, start):
                        masked_to = self._take(text, start, word, places, masked_to)
            if single is not None:
                masked_to = self._take(text, start, single, places, masked_to)
        return Hits(places)

    @staticmethod
    def _take(
        text: str, start: int, word: _Word, places: dict[str, list[tuple[int, int]]], masked_to: int
    ) -> int:
        """Note the word unless it is masked; gives where the mask that was last seen ends."""
        end = start + word.length
        if word.is_mask:
            masked_to = max(masked_to, end)
        elif end <= masked_to:  # words are met in the order of their starts
            return masked_to
        hit = (start, end)
        for name in word.classes:
            found = places.get(name)
            if found is None:
                places[name] = [hit]
            else:
                found.append(hit)
        if word.unless_denied and not _denied(text, start):
            for name in word.unless_denied:
                places.setdefault(name, []).append(hit)
        return masked_to


def _denied(text: str, start: int) -> bool:
    return text[start - 1 : start] in _NOT_ENDS and any(
        start >= n and text[start - n : start] in _NOT_SET for n in _NOT_LENGTHS
    )
