"""Word boundaries by jieba, loaded when first needed and kept quiet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain, repeat
from operator import itemgetter
from typing import Any

# Of jieba's words those of up to four characters that it met ten times or more: a fourth of them, and of the
# memory that they take. A word rarer than that tells no name from a word.
_COMMON = re.compile("^([^ \n]{1,4}) ([0-9]{2,}) ", re.MULTILINE)
_BEGINNINGS = tuple(itemgetter(slice(length)) for length in (1, 2, 3))


@cache
def _tokenizer() -> Any:
    import jieba

    tokenizer = jieba.Tokenizer()
    with tokenizer.get_dict_file() as dictionary:
        words, times = zip(*_COMMON.findall(dictionary.read().decode()), strict=True)
    # as `gen_pfdict` has it: how often each word stands, and 0 for what other words begin with
    beginnings = chain.from_iterable(map(beginning, words) for beginning in _BEGINNINGS)
    tokenizer.FREQ = dict.fromkeys(beginnings, 0) | dict(zip(words, map(int, times), strict=True))
    tokenizer.total = sum(tokenizer.FREQ.values())
    # so that it neither reads the whole dictionary nor keeps a copy of it on disk
    tokenizer.initialized = True
    return tokenizer


def warm() -> None:
    """Load the dictionary (about half a second)."""
    _tokenizer()


def token_edges(text: str, start: int, end: int) -> frozenset[int]:
    """Where words begin and end around the stretch, as jieba cuts its neighbourhood."""
    left = max(0, start - 12)
    edges = {left}
    at = left
    for word in _tokenizer().cut(text[left : end + 12]):
        at += len(word)
        edges.add(at)
    return frozenset(edges)


def plain_words(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The words of the dictionary around the stretch, each with its place; no name is guessed at."""
    left = max(0, start - 6)
    at, out = left, []
    for word in _tokenizer().cut(text[left : end + 6], HMM=False):
        out.append((at, word))
        at += len(word)
    return out


def frequency(words: Iterable[str]) -> int:
    """How often one of the words stands in the texts that the dictionary was made from."""
    return sum(map(_tokenizer().FREQ.get, words, repeat(0)))
