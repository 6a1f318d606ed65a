"""Odd names (石头娘, 栾大个) that stand in lists beside names that are plain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.text.names.words import compound_surnames, given, kinship, none, sure_surname, surnames
from bot.text.numbers import read_numeral
from bot.text.segmenter import frequency

Place = tuple[int, int]

_CJK = re.compile(r"[一-龥]+")
_CELL = re.compile(r"(?:(?!还有|以及|[和跟与])[^、,。;!?:()\n /+\"'“”—-])+")
_LIST_MARK = re.compile(r"(?:、|和|跟|与|还有|以及)+")
_TAIL = re.compile(
    r"(?:(?:他|她|它)?家里?(?:各)?|那儿|那里|处|户|等(?:[一二两三四五六七八九十0-9]{1,6}户)?|"
    r"[共计一这]{0,3}[一二两俩三仨四五六七八九十0-9]{1,6}[户家](?:[都全也均].{0,4})?|各家|屋|那)$"
)
_LIST_MARK_BEFORE = re.compile(r"家?(?:、|和|跟|与|还有|以及)+$")
_LISTS = re.compile("[和跟与、]")
_TOLD = re.compile(r"([0-9]{1,2}|[二两俩三仨四五六七八九十]+)[户家个位人]?")
_LIST = re.compile(r"(?:^|[,:;。(])([^,:;。()\n]{3,60}?)(?=[,;。)\n]|$)")
_SURNAMES = re.compile("[一-龥]家(?:[和跟与、][一-龥]家)+")
_ANOTHER_HOME = re.compile("(?<=[走去看访到跑]了)[一-龥]家(?=[,。;!\\n ]|$)")
_COMMON = 3000  # a word that stands so often in the texts of the dictionary is no name
_LEAD = re.compile(r"^(?:还有|以及|和|跟|与|[^、]{1,6}的|[东西南北前后][头街院边])")
_NO_PART = re.compile("[了过着的是没有不在去到看走访都还也能会要想说给家户送]")


def listed(text: str, taken: bytearray) -> Iterator[Place]:
    """Where they stand; `taken` holds 1 where a plain name does, and may grow while this goes on."""
    yield from _as_many_as_told(text, taken)
    yield from _by_surnames(text, taken)
    if 1 not in taken:
        return
    for line in re.finditer(r"[^\n。;!?]+", text):
        cells = [(line.start() + c.start(), line.start() + c.end()) for c in _CELL.finditer(line[0])]
        if len(cells) > 1:
            for i in (*range(len(cells)), *reversed(range(len(cells) - 1))):
                yield from _beside(text, taken, cells, i)


def _as_many_as_told(text: str, taken: bytearray) -> Iterator[Place]:
    """两家,建国和建民: a list of as many short words as households were counted before it."""
    if not _LISTS.search(text):
        return
    told = {read_numeral(m[1]) for m in _TOLD.finditer(text)}
    for m in _LIST.finditer(text):
        cells = [(m.start(1) + c.start(), m.start(1) + c.end()) for c in _CELL.finditer(m[1])]
        if len(cells) < 2 or not (len(cells) in told or _SURNAMES.fullmatch(m[1])):
            continue
        inner = [_inner(text, start, end) for start, end in cells]
        named = [1 in taken[a:b] or _given_name(text[a:b]) or _odd_name(text[a:b]) for a, b in inner]
        if all(named) or (any(named) and "、" in m[1] and all(_short(text[a:b]) for a, b in inner)):
            yield from (place for place in inner if 1 not in taken[slice(*place)])


def _by_surnames(text: str, taken: bytearray) -> Iterator[Place]:
    """走了瞿家、缪家,回来又去了宣家: homes called by nothing but surnames."""
    lists = [m for m in _SURNAMES.finditer(text) if all(map(sure_surname, m[0][::3]))]
    if not lists:
        return
    for m in (*lists, *_ANOTHER_HOME.finditer(text)):
        for at in range(m.start(), m.end(), 3):
            if not taken[at] and sure_surname(text[at]):
                yield at, at + 1


def _inner(text: str, start: int, end: int) -> Place:
    """The cell without what leads to the name and what closes it."""
    cell = _TAIL.sub("", text[start:end])
    inner = _LEAD.sub("", cell)
    if re.fullmatch("[一-龥]家", text[start:end]):
        return start, start + 1
    start += len(cell) - len(inner)
    return start, start + len(inner)


def _beside(text: str, taken: bytearray, cells: list[Place], i: int) -> Iterator[Place]:
    """The name in the cell, when one of its neighbours holds a plain name."""
    start, end = cells[i]
    if 1 in taken[start:end] or not _separated(text, taken, start, end):
        return
    near = cells[max(0, i - 2) : i + 3]
    if not any(1 in taken[a:b] for a, b in near):
        return
    place = _inner(text, start, end)
    name = text[slice(*place)]
    if _odd_name(name) or (_given_name(name) and _adjoined(text, taken, start, end)):
        yield place


def _adjoined(text: str, taken: bytearray, start: int, end: int) -> bool:
    """Whether the cell before ends with a name, or the next begins with one."""
    before = _LIST_MARK_BEFORE.search(text, max(0, start - 5), start)
    if before and taken[before.start() - 1]:
        return True
    after = _LIST_MARK.match(text, end)
    return after is not None and after.end() < len(text) and taken[after.end()] == 1


def _separated(text: str, taken: bytearray, start: int, end: int) -> bool:
    """By a mark of lists, or by blanks from a name on either side."""
    if _LIST_MARK.match(text, end):
        return True
    before = text[max(0, start - 1) : start]
    if before and before in "、和跟与有及":
        return True
    in_a_row = before == text[end : end + 1] == " "
    return in_a_row and 1 in taken[max(0, start - 2) : start - 1] and 1 in taken[end + 1 : end + 2]


def _given_name(cell: str) -> bool:
    """海军, 小芹, 柱柱, 老枣, 钟家: a name that only its place tells from a word."""
    if len(cell) == 1:
        return sure_surname(cell)
    if not 2 <= len(cell) <= 3 or not _CJK.fullmatch(cell) or cell in none() or cell[:2] in none():
        return False
    if cell[0] in "老小大二三阿" and len(cell) == 2:
        return not _NO_PART.search(cell)
    if len(cell) == 2 and cell[0] == cell[1]:
        return True
    return all(c in given() for c in cell) and frequency((cell,)) < _COMMON


def _short(cell: str) -> bool:
    """So short that in a list of as many as were counted it can be but a name."""
    return (
        2 <= len(cell) <= 3
        and bool(_CJK.fullmatch(cell))
        and not _NO_PART.search(cell)
        and cell not in none()
    )


def _odd_name(cell: str) -> bool:
    if not 2 <= len(cell) <= 4 or not _CJK.fullmatch(cell) or cell in none():
        return False
    if cell[0] in "他她俺我你咱" or re.search("[儿女]媳妇", cell):
        return False
    if cell.endswith(kinship()) and cell not in kinship():
        return True
    if cell[:2] in none():
        return False
    return (cell[0] in surnames() or cell[:2] in compound_surnames()) and not _NO_PART.search(cell)
