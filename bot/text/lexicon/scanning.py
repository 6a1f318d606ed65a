"""Finding listed words in a text, all of them in one pass."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from itertools import islice
from operator import add

from bot.text.once import once

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


# What may begin at a place: its length, its text where two characters do not settle it, the word that it is
# (null for a mere mask) and the one it is after a "not" (null for none), and whether it masks.
# A tuple is unpacked quicker than attributes are looked up.
_Candidate = tuple[int, str | None, Word | None, Word | None, bool]


class Scanner:
    """Finds the words of many classes at once.

    Words are looked up by their first two characters, so that the cost depends on how many words stand in
    a text and not on how many are listed.
    """

    def __init__(self, words: Mapping[str, Set[str]], polar: Set[str], masks: Set[str]) -> None:
        classes: dict[str, list[str]] = {}
        for name, listed in words.items():
            for text in listed:
                classes.setdefault(text, []).append(name)
        for text in masks:
            classes.setdefault(text, []).append(_MASK)
        by_head: dict[str, list[_Candidate]] = {}
        of_class: dict[str, set[Word]] = {name: set() for name in words}
        known: dict[frozenset[str], frozenset[str]] = {}  # many words share theirs

        def word_of(text: str, names: Set[str]) -> Word | None:
            shared = frozenset(names)
            return Word(text, known.setdefault(shared, shared)) if names else None

        # the longest first, so that a mask comes before its parts
        for text in sorted(classes, key=len, reverse=True):
            names = {name for name in classes[text] if name != _MASK}
            word = denied = word_of(text, names)
            if not polar.isdisjoint(names):
                denied = word_of(text, names - polar)
            for name in names:
                of_class[name].update(
                    each for each in (word, denied if name not in polar else None) if each is not None
                )
            longer = text if len(text) > 2 else None
            by_head.setdefault(text[:2], []).append((len(text), longer, word, denied, _MASK in classes[text]))
        self.of_class: Mapping[str, Set[Word]] = of_class
        self._singles = {head: tuple(found) for head, found in by_head.items() if len(head) == 1}
        self._by_pair = {
            head: (*found, *self._singles.get(head[0], ()))
            for head, found in by_head.items()
            if len(head) == 2
        }
        self._texts = tuple(classes)

    @once
    def _by_head(self) -> dict[str, list[str]]:
        by_head: dict[str, list[str]] = {}
        for text in self._texts:
            by_head.setdefault(text[:2], []).append(text)
        return by_head

    @property
    def words(self) -> frozenset[str]:
        """All words listed, of two characters or more."""
        return frozenset(text for text in self._texts if len(text) > 1)

    @property
    def heads(self) -> Set[str]:
        """How the listed words begin."""
        return self._by_head.keys()

    def finds(self, text: str, known: Set[str]) -> bool:
        """Whether any listed word stands in `text`, masked and negated ones included: quicker than `scan`.

        known: the `heads` of the text.
        """
        for head in self._by_head.keys() & known:
            for word in self._by_head[head]:
                if word in text:
                    return True
        return False

    def scan(self, text: str) -> Hits:
        """All listed words of `text`, save those inside a masking word and negated polar ones."""
        found: dict[Word, list[Place]] = defaultdict(list)
        masked_to = -1
        may_deny = not _NOT_ENDS.isdisjoint(text)
        pairs = map(add, text, text[1:] + "\0")
        for start, candidates in enumerate(map(self._by_pair.get, pairs, map(self._singles.get, text))):
            if candidates is None:
                continue
            for length, longer, word, denied, is_mask in candidates:
                if longer is not None and not text.startswith(longer, start):
                    continue
                end = start + length
                if is_mask:
                    masked_to = max(masked_to, end)
                elif end <= masked_to:  # words are met in the order of their starts
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
