"""Word boundaries by jieba, loaded when first needed and kept quiet."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import cache
from itertools import repeat
from typing import Any


@cache
def _tokenizer() -> Any:
    import jieba

    jieba.setLogLevel(logging.CRITICAL)  # it reports its loading, and an unwritable cache, on stderr
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
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
