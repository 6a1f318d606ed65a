"""Finding listed words in a text, all of them in one pass."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from itertools import chain, islice
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


def heads(text: str) -> tuple[str, ...]:
    """The characters and pairs of characters of a text: a word stands in it only if its first two do."""
    return (*text, *map(add, text, text[1:]))


class Hits:
    """Where the words of each class stand in one text: (start, end), in order."""

    __slots__ = ("_places", "_words", "names")

    def __init__(self, places: Mapping[str, list[tuple[int, int]]]) -> None:
        self.names: Set[str] = places.keys()
        self._places = dict(places)
        self._words: Mapping[_Word, list[tuple[int, int]]] = {}

    @classmethod
    def of(cls, words: Mapping[_Word, list[tuple[int, int]]]) -> Hits:
        """The places of words; those of a class are put together when it is asked for."""
        hits = cls({})
        hits.names = frozenset().union(*[word.classes for word in words])
        hits._words = words
        return hits

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __getitem__(self, name: str) -> list[tuple[int, int]]:
        places = self._places.get(name)
        if places is None:
            if name not in self.names:
                return []
            found = [hits for word, hits in self._words.items() if name in word.classes]
            # of those that begin at the same place the longest first
            places = found[0] if len(found) == 1 else sorted(chain(*found), key=_longest_first)
            self._places[name] = places
        return places

    def within(self, name: str, start: int, end: int) -> list[tuple[int, int]]:
        """The hits of class `name` that lie inside the stretch."""
        if name not in self.names:
            return []
        places = self[name]
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
            if name not in self.names:
                continue
            places = self[name]
            for hit in islice(places, bisect_left(places, (start,)), None):
                if hit[0] >= end:
                    break
                if hit[1] <= end:
                    return True
        return False


def _longest_first(hit: tuple[int, int]) -> tuple[int, int]:
    return hit[0], -hit[1]


class _Word:
    """A listed word. classes: what it counts as. denied: the word after a "not"."""

    __slots__ = ("classes", "denied", "is_mask", "length", "text")

    def __init__(self, text: str, names: Iterable[str], polar: frozenset[str]) -> None:
        self.text = text
        self.length = len(text)
        self.is_mask = _MASK in names
        self.classes = frozenset(names) - {_MASK}
        self.denied = self if self.classes.isdisjoint(polar) else _Word(text, {*names} - polar, frozenset())


class Scanner:
    """Finds the words of many classes at once.

    Words are looked up by their first two characters, so that the cost depends on how many words stand in
    a text and not on how many are listed.
    """

    def __init__(self, words: Mapping[str, set[str]], polar: frozenset[str], masks: frozenset[str]) -> None:
        classes: dict[str, list[str]] = {}
        for name, listed in words.items():
            for text in listed:
                classes.setdefault(text, []).append(name)
        for text in masks:
            classes.setdefault(text, []).append(_MASK)
        known = [_Word(text, names, polar) for text, names in classes.items()]
        self._singles = {word.text: (word,) for word in known if word.length == 1}
        by_pair: dict[str, list[_Word]] = {}
        for word in sorted(known, key=lambda word: -word.length):
            if word.length > 1:
                by_pair.setdefault(word.text[:2], []).append(word)
        # all that may begin with a pair, the longest first, so that a mask comes before its parts
        self._by_pair = {pair: (*found, *self._singles.get(pair[0], ())) for pair, found in by_pair.items()}
        self._by_head: dict[str, tuple[str, ...]] = {
            **{text: (text,) for text in self._singles},
            **{pair: tuple(word.text for word in found) for pair, found in by_pair.items()},
        }

    @property
    def words(self) -> frozenset[str]:
        """All words listed, of two characters or more."""
        return frozenset(word.text for words in self._by_pair.values() for word in words if word.length > 1)

    def finds(self, text: str, known: tuple[str, ...]) -> bool:
        """Whether any listed word stands in `text`, masked and negated ones included: quicker than `scan`.

        known: the `heads` of the text.
        """
        if self._by_head.keys().isdisjoint(known):
            return False
        return any(word in text for head in known for word in self._by_head.get(head, ()))

    def scan(self, text: str) -> Hits:
        """All listed words of `text`, save those inside a masking word and negated polar ones."""
        found: dict[_Word, list[tuple[int, int]]] = defaultdict(list)
        masked_to = -1
        may_deny = not _NOT_ENDS.isdisjoint(text)
        at_pair = map(self._by_pair.get, map(add, text, text[1:] + "\0"))
        at_single = map(self._singles.get, text)
        for start, longer, single in zip(range(len(text)), at_pair, at_single, strict=True):
            for word in longer or single or ():
                end = start + word.length
                if word.length > 2 and not text.startswith(word.text, start):
                    continue
                if word.is_mask:
                    masked_to = max(masked_to, end)
                elif end <= masked_to:  # words are met in the order of their starts
                    continue
                denied = may_deny and word.denied is not word and _denied(text, start)
                found[word.denied if denied else word].append((start, end))
        return Hits.of(found)


def _denied(text: str, start: int) -> bool:
    return text[start - 1 : start] in _NOT_ENDS and any(
        start >= n and text[start - n : start] in _NOT_SET for n in _NOT_LENGTHS
    )
