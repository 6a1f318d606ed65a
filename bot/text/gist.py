"""How much of an overlong message is read.

The grammars read up to `LONGEST` characters. Of a longer message its sentences are taken in order, without
those said before and those with no listed word, as many as fit: reports and letters stay well below, and
nobody holds up a village's chat by pasting a book or a wall of repeated words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.text.lexicon import lexicon
from bot.text.normalise import Plain

LONGEST = 400  # characters of plain text
_SENTENCE = re.compile(r"[^。!?;\n]+[。!?;\n]*|[。!?;\n]+")


def gist(plain: Plain) -> Plain:
    """What is read of the message: all of it, unless it is overlong."""
    if len(plain.text) <= LONGEST:
        return plain
    kept: list[str] = []
    places: list[int] = []
    for start, end in _chosen(plain.text):
        kept.append(plain.text[start:end])
        places += plain.origin[start:end]
    return Plain("".join(kept), plain.source, places)


def _chosen(text: str) -> Iterator[tuple[int, int]]:
    """The stretches that are read, `LONGEST` characters together."""
    left = LONGEST
    said: set[str] = set()
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.start(), min(sentence.end(), sentence.start() + left)
        piece = text[start:end]
        if piece in said or not lexicon().scanner.scan(piece).words:
            continue
        said.add(piece)
        yield start, end
        left -= end - start
        if not left:
            return
