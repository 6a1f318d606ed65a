"""Households that only their place in the sentence shows: whose home was gone to, whose kin is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.text.lexicon import load

Place = tuple[int, int]


def homes(text: str) -> Iterator[Place]:
    """Where such names stand, in no order; they may lie inside one another."""
    no_name = _no_name()
    for pattern in _patterns():
        for m in pattern.finditer(text):
            if not no_name.search(m["name"]):
                yield m.span("name")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    lists = load("names")["lists"]
    places = load("names")["homes"]
    given = "".join(sorted({*lists["given"].replace("\n", "")}))
    pieces = {
        "surname": f"(?:{'|'.join(lists['compound'].split())}|[{''.join(lists['surnames'].split())}])",
        "given": f"[{given}]",
        "gone": f"(?:{'|'.join(places['gone'].split())})(?:了|过|趟|看|看望)?(?:一?趟)?",
        "done_for": f"(?:{'|'.join(places['done_for'].split())})(?:了|着)?",
        "opens": r"(?:(?<=[,。;!?:\n、 ])|^)",
    }
    written: list[str] = places["shapes"]
    for key, piece in pieces.items():
        written = [shape.replace(f"{{{key}}}", piece) for shape in written]
    return tuple(re.compile(shape.replace("\n", "")) for shape in written)


@cache
def _no_name() -> re.Pattern[str]:
    return re.compile(load("names")["homes"]["none"].replace("\n", ""))
