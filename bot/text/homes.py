"""Households that only their place in the sentence shows: whose home was gone to, whose kin is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.text.lexicon import load

Place = tuple[int, int]


def homes(text: str) -> Iterator[Place]:
    """Where such names stand, in no order; they may lie inside one another."""
    return _standing(text, "homes")


def in_passing(text: str) -> Iterator[Place]:
    """The same of people spoken of in passing, in a message that is known to be a report."""
    return _standing(text, "in_passing")


def _standing(text: str, kind: str) -> Iterator[Place]:
    characters = set(text)
    for needs, pattern in _shapes(kind):
        if needs.isdisjoint(characters):
            continue
        for m in pattern.finditer(text):
            if not _no_name().search(m["name"]):
                yield m.span("name")


@cache
def _shapes(kind: str) -> tuple[tuple[frozenset[str], re.Pattern[str]], ...]:
    """Each with the characters one of which it needs."""
    lists, places = load("names")["lists"], load("names")["homes"]
    passing = load("names")["in_passing"]
    given = "".join(sorted({*lists["given"].replace("\n", "")}))
    pieces = {
        "surname": f"(?:{'|'.join(lists['compound'].split())}|[{''.join(lists['surnames'].split())}])",
        "given": f"[{given}]",
        "gone": f"(?:{'|'.join(places['gone'].split())})(?:了|过|趟|看|看望)?(?:一?趟)?",
        "done_for": f"(?:{'|'.join(places['done_for'].split())})(?:了|着)?",
        "beside": f"(?:{'|'.join(passing['beside'].split())})",
        "then": f"(?:{'|'.join(passing['then'].split())})",
        "opens": r"(?:(?<=[,。;!?:\n、 ])|^)",
    }
    out = []
    for each in load("names")[kind]["shapes"]:
        written = each["shape"].replace("\n", "")
        for key, piece in pieces.items():
            written = written.replace(f"{{{key}}}", piece)
        out.append((frozenset(each["needs"]), re.compile(written)))
    return tuple(out)


@cache
def _no_name() -> re.Pattern[str]:
    return re.compile(load("names")["homes"]["none"].replace("\n", ""))
