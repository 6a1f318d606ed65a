"""Where clauses and sentences of a plain text begin and end."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

_HARD = re.compile(r"[。!?;\n…]+|\.{2,}|(?<![0-9])\.(?![0-9])(?=[^A-Za-z]|$)|~{2,}")
_NUMERALS = "0-9一二三四五六七八九十"
_IN_DATE = rf"[~·—](?<=[{_NUMERALS}日末号天月年旬—].)(?=—?[{_NUMERALS}廿日天末周星礼上本这])"
# emoji and other pictures; comma, space, brackets; a slash or dash that is no date's (周一~周三, 11·20)
_SOFT = re.compile(
    r"(?:[,()\[\]【】「」《》“”\"'|☎\u2600-\u27bf\U0001f000-\U0001faff]|"
    rf"(?<![年月])\s|\s(?![{_NUMERALS}到至])|(?!{_IN_DATE})[~·—]|(?<![0-9])/|/(?![0-9]))+"
)
_ITEM = re.compile(
    r"(?:(?:^|(?<=[\n。;,:!? (]))(?:[0-9]{1,2}|[一二三四五六七八九])[、.,:)](?![0-9])|"
    r"[①-⑨]|第[一二三四五]件?事?[,:是、]|[一二三](?:个)?是(?=[^不]))"
)


class Clause(NamedTuple):
    """A stretch between marks. sentence: number of the sentence it belongs to."""

    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Clauses:
    """A text cut up.

    breaks: positions of full stops, which no frame reaches across. starts: where the clauses begin.
    """

    clauses: tuple[Clause, ...]
    breaks: frozenset[int]
    starts: tuple[int, ...]

    def at(self, place: int) -> Clause | None:
        """The clause that `place` lies in; null between clauses."""
        at = bisect_right(self.starts, place) - 1
        return self.clauses[at] if at >= 0 and place < self.clauses[at].end else None

    def passages(self, most: int) -> list[tuple[int, int]]:
        """Start and end of each of the first `most` clauses, alone and with the next of its sentence."""
        clauses = self.clauses[:most]
        alone = [(clause.start, clause.end) for clause in clauses]
        joined = [(one.start, two.end) for one, two in pairwise(clauses) if one.sentence == two.sentence]
        return alone + joined

    def sentences(self) -> list[tuple[int, int]]:
        """Start and end of each sentence."""
        out: dict[int, tuple[int, int]] = {}
        for clause in self.clauses:
            start, _ = out.get(clause.sentence, (clause.start, 0))
            out[clause.sentence] = (start, clause.end)
        return list(out.values())


def cut(text: str) -> Clauses:
    """Cut `text` into clauses at commas and spaces, into sentences at full stops and line ends."""
    breaks: set[int] = set()
    hard: list[tuple[int, int]] = []
    for m in _HARD.finditer(text):
        if "!" not in m[0]:  # shouting doesn't end a thought: 走丢了!穿蓝棉袄!
            breaks.update(range(m.start(), m.end()))
        hard.append((m.start(), m.end()))
    clauses: list[Clause] = []
    start = 0
    for number, (stop, after) in enumerate([*hard, (len(text), len(text))]):
        at = start
        for gap_start, gap_end in [*(m.span() for m in _SOFT.finditer(text, start, stop)), (stop, stop)]:
            if gap_start > at:
                clauses.append(Clause(at, gap_start, number))
            at = gap_end
        start = after
    return Clauses(tuple(clauses), frozenset(breaks), tuple(clause.start for clause in clauses))


def items(text: str) -> list[tuple[int, int]]:
    """The stretches of an enumeration (1、… 2、…); empty when there are fewer than two."""
    marks = _marks(text)
    ends = [start for start, _ in marks[1:]] + [len(text)]
    return [(body, end) for (_, body), end in zip(marks, ends, strict=False)]


def enumeration(text: str) -> tuple[int, int] | None:
    """From its first mark to where the last item begins; null when there is none."""
    marks = _marks(text)
    return (marks[0][0], marks[-1][1]) if marks else None


def _marks(text: str) -> list[tuple[int, int]]:
    """Start and end of the marks of an enumeration; empty when there are fewer than two."""
    marks = [(m.start(), m.end()) for m in _ITEM.finditer(text)]
    return marks if len(marks) > 1 else []
