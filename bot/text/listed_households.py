"""Households as whoever has a numbered list of them calls them: by number ("1、3", "第2到5户") or by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.text.households import Candidate, Resolved, resolve
from bot.text.lexicon import load
from bot.text.numbers import read_numeral

_NUMERAL = "[0-9]{1,3}|[一二两三四五六七八九十]{1,3}"
_LONGEST_NAME = 14
_LONGEST_RUN, _LONGEST_PART = 24, 5  # characters of names run together, and of one of them


@dataclass(slots=True)
class Listed:
    """The speaker's own list, in its order, and the other households.

    by_number: numbers of the list have been used.
    """

    numbered: Sequence[Candidate]
    others: Sequence[Candidate]
    by_number: bool = False

    def at_numbers(self, subject: str, *, loose: bool) -> list[int] | None:
        """The households numbered so; null when the words are no numbers of the list."""
        if not self.numbered:
            return None
        parts = [part for part in re.split(_subjects()["between"], subject.strip(": ")) if part]
        found: list[int] = []
        for part in parts:
            reach = re.fullmatch(rf"第?({_NUMERAL})号?(?:[-~—–]+|到|至)第?({_NUMERAL})(?:号|户|家)*", part)
            one = re.fullmatch(_subjects()["numbered"], part)
            if reach is not None:
                first, last = read_numeral(reach[1]) or 0, read_numeral(reach[2]) or 0
                numbers = list(range(first, min(last, len(self.numbered)) + 1))
            elif one is not None:
                if one["c"] and len(parts) == 1 and part != one["c"] and not (loose or self.by_number):
                    return None  # "3户已转移" counts them
                numbers = [read_numeral(one["a"] or one["b"] or one["c"]) or 0]
            else:
                return None
            found += [self.numbered[n - 1].id for n in numbers if 0 < n <= len(self.numbered)]
        self.by_number = self.by_number or bool(parts)
        return found if parts else None

    def find(self, name: str) -> Resolved:
        """The household, with what may stand beside its name left out bit by bit."""
        edges = _subjects()["edges"]
        latest = Resolved(None)
        while name and len(name) <= _LONGEST_NAME:
            latest = resolve(name, self.numbered, self.others)
            if latest.household_id is not None or latest.ambiguous:
                return latest
            shorter = re.sub(rf"^(?:{edges})|(?:{edges})$", "", name, count=1)
            if shorter == name:
                return latest
            name = shorter
        return latest

    def run_together(self, names: str) -> list[int]:
        """Names without marks between them (王德福周大山), all of which are somebody's; else none."""
        if not 4 <= len(names) <= _LONGEST_RUN:
            return []
        for length in range(min(_LONGEST_PART, len(names) - 2), 1, -1):
            first, rest = resolve(names[:length], self.numbered, self.others).household_id, names[length:]
            if first is None:
                continue
            last = resolve(rest, self.numbered, self.others).household_id
            others = [last] if last is not None else self.run_together(rest)
            if others and first not in others:
                return [first, *others]
        return []


@cache
def _subjects() -> dict[str, str]:
    subjects: dict[str, str] = load("roll_call")["subjects"]
    return subjects
