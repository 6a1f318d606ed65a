"""Finding listed words in a text, all of them in one pass."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from itertools import islice
from operator import add
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

Place = tuple[int, int]

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


class Word:
    """A listed word. classes: what it counts as."""

    __slots__ = ("classes", "text")

    def __init__(self, text: str, classes: frozenset[str]) -> None:
        self.text = text
        self.classes = classes


class Hits:
    """Where the words of each class stand in one text: (start, end), in order.

    names: the classes found. words: the words found, with their places.
    """

    __slots__ = ("_added", "_of_class", "_places", "names", "words")

    def __init__(self, words: Mapping[Word, list[Place]], of_class: Mapping[str, Set[Word]]) -> None:
        self.words = words
        self.names: Set[str] = frozenset().union(*[word.classes for word in words])
        self._of_class = of_class
        self._places: dict[str, list[Place]] = {}  # put together when a class is asked for
        self._added: dict[str, list[Place]] = {}

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __getitem__(self, name: str) -> list[Place]:
        places = self._places.get(name)
        if places is None:
            if name not in self.names:
                return []
            found = [self.words[word] for word in self.words.keys() & self._of_class[name]]
            if len(found) == 1:
                places = found[0]
            else:  # of those that begin at the same place the longest first
                places = sorted([place for each in found for place in each], key=_longest_first)
            self._places[name] = places
        return places

    def within(self, name: str, start: int, end: int) -> list[Place]:
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

    @property
    def added(self) -> Set[str]:
        """The classes that `changed` has added words to."""
        return self._added.keys()

    def changed(self, *, hidden: Iterable[Place], added: Mapping[str, list[Place]]) -> Hits:
        """These without what lies in or across the hidden stretches, and with words of classes added."""
        stretches = list(hidden)
        kept = {
            word: left
            for word, places in self.words.items()
            if (left := [hit for hit in places if not any(a < hit[1] and hit[0] < b for a, b in stretches)])
        }
        out = Hits(kept, self._of_class)
        out._added = dict(added)
        out.names |= added.keys()
        for name, places in added.items():
            out._places[name] = sorted({*out[name], *places})
        return out


def _longest_first(hit: Place) -> Place:
    return hit[0], -hit[1]


class _Listed(NamedTuple):
    """What a listed text is: the word (null for a mere mask), and the one after a "not" (null for none)."""

    word: Word | None
    denied: Word | None
    is_mask: bool


class Scanner:
    """Finds the words of many classes at once, by the automaton of Aho and Corasick."""

    def __init__(self, words: Mapping[str, Set[str]], polar: Set[str], masks: Set[str]) -> None:
        classes: dict[str, list[str]] = {}
        for name, listed in words.items():
            for text in listed:
                classes.setdefault(text, []).append(name)
        for text in masks:
            classes.setdefault(text, []).append(_MASK)
        of_class: dict[str, set[Word]] = {name: set() for name in words}
        known: dict[frozenset[str], frozenset[str]] = {}  # many words share theirs

        def word_of(text: str, names: Set[str]) -> Word | None:
            shared = frozenset(names)
            return Word(text, known.setdefault(shared, shared)) if names else None

        listed_as = []
        for text in classes:
            names = {name for name in classes[text] if name != _MASK}
            word = denied = word_of(text, names)
            if not polar.isdisjoint(names):
                denied = word_of(text, names - polar)
            for name in names:
                of_class[name].update(
                    each for each in (word, denied if name not in polar else None) if each is not None
                )
            listed_as.append(_Listed(word, denied, _MASK in classes[text]))
        self.of_class: Mapping[str, Set[Word]] = of_class
        self._texts = tuple(classes)
        self._listed = tuple(listed_as)
        self._automaton = AhoCorasick(self._texts, store_patterns=False)

    @property
    def words(self) -> frozenset[str]:
        """All words listed, of two characters or more."""
        return frozenset(text for text in self._texts if len(text) > 1)

    def found(self, text: str) -> list[str]:
        """The listed words that stand in `text`, masked and negated ones included: quicker than `scan`."""
        return [
            self._texts[at] for at, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True)
        ]

    def scan(self, text: str) -> Hits:
        """All listed words of `text`, save those inside a masking word and negated polar ones."""
        found: dict[Word, list[Place]] = defaultdict(list)
        may_deny = not _NOT_ENDS.isdisjoint(text)
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        listed = self._listed
        masks = [(start, end) for at, start, end in matches if listed[at].is_mask]
        for at, start, end in matches:
            word, denied, is_mask = listed[at]
            if masks and not is_mask and any(a <= start and end <= b for a, b in masks):
                continue
            if (
                may_deny
                and denied is not word
                and text[start - 1 : start] in _NOT_ENDS
                and _denied(text, start)
            ):
                word = denied
            if word is not None:
                found[word].append((start, end))
        return Hits(found, self.of_class)


def _denied(text: str, start: int) -> bool:
    return any(start >= n and text[start - n : start] in _NOT_SET for n in _NOT_LENGTHS)
