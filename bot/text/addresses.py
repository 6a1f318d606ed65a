"""Addresses as people write them: in any order, abbreviated, with digits or Chinese numerals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.text.lexicon import load
from bot.text.normalise import normalise
from bot.text.numbers import read_numeral


@dataclass(frozen=True, slots=True)
class Place:
    """Where a household is.

    parts: numbered parts, by what they number (三号楼一单元102 → 楼 3, 单元 1, 室 102).
    sides: sides of the village named (东头 → 东), and streets that bear one (东街 → 东街; an address there
    is on the side 东 as well). street: what is left of the words.
    """

    parts: tuple[tuple[str, int], ...] = ()
    sides: frozenset[str] = frozenset()
    street: str = ""


_NUMBER = r"[0-9]+|[零〇一二两三四五六七八九十百]+"
_UNITS = "单元|门栋|门(?!口|前|牌)|楼栋|楼|栋|幢|座|弄|巷|院|区|期|片|村民小组|党小组|小组|组|队|排|室|房|户"
_PART = re.compile(
    rf"第?(?P<n>{_NUMBER})\s*(?:号|#)?(?P<unit>{_UNITS})|(?P<house>{_NUMBER})号(?!楼|院|栋|弄|巷|区)"
)
_DASH = "[-—–~/]"
_DASHED = re.compile(
    rf"(?<![0-9])([0-9]{{1,3}})(?:号?[楼栋幢座]?)?(?:[#]|{_DASH}){_DASH}?([0-9]{{1,2}})(?:单元|门)?{_DASH}([0-9]{{2,4}})(?![0-9])(?:室|房)?"
)
_SHORT_DASHED = re.compile(rf"(?<![0-9])([0-9]{{1,3}})(?:#|{_DASH})([0-9]{{3,4}})(?![0-9])(?:室|房)?")
_TAIL = re.compile(
    r"(?<![0-9])([0-9]{3,4})$|(?<![零〇一二三四五六七八九十百])([零〇一二三四五六七八九]{3,4})$"
)
_HEAD = re.compile(r"(?:^|(?<=[元门栋楼幢座区组]))([0-9]{3,4})(?=[^0-9号#])")
_ENDING = re.compile(rf"(?:第?(?:{_NUMBER})(?:(?:号|#)?(?:{_UNITS})|号|{_DASH})?)+$")
# unit as written -> the part of the address it names
_SAME_PART = (
    "楼 楼栋 栋 幢 座",
    "单元 门 门栋",
    "室 房 户",
    "院 弄",
    "巷",
    "区 期 片",
    "组 队 小组 村民小组 党小组",
    "排",
)
_UNIT = {word: words.split()[0] for words in _SAME_PART for word in words.split()}
_ONLY_WORDS = re.compile(r"[^一-鿿]")


def address_fits(wanted: str, address: str, group: str) -> int:
    """How well an address as written fits one of the roster: 0 not at all, else higher the more they share.

    What only one side mentions is no contradiction: 102室 said among one's own households is enough.
    """
    if not address:
        return 0
    if wanted == address:
        return 100
    asked, has = _read(wanted), _with_group(_read(address), group)
    if not asked.parts:
        return 1 if len(wanted) >= 3 and wanted in address else 0
    door = "室" if any(unit == "室" for unit, _ in asked.parts) else "号"
    numbers, known = dict(asked.parts), dict(has.parts)
    if door not in numbers or numbers[door] != known.get(door):
        return 0
    if not _agree(asked, has) or not _abbreviates(asked.street, has.street):
        return 0
    shared = sum(known.get(unit) == number for unit, number in asked.parts)
    return 1 + shared + len(asked.sides & has.sides)


def place_in(wanted: str) -> tuple[Place | None, str]:
    """The place in a name (三组老李, 王奶奶501, 东头老赵), and the name without it; null: there is none."""
    read = _read(wanted)
    rest = _without_parts(wanted)
    side = _side().match(rest)
    if side and len(rest) > side.end():
        return Place(read.parts, _sides_asked(side[0])), rest[side.end() :]
    if read.parts:
        return Place(read.parts), rest.removeprefix("的").removesuffix("的")
    return None, wanted


def place_before(words: str) -> Place | None:
    """The place that ends these words ("今天走访了东头"); null: they end with none."""
    text = normalise(words[-16:]).text.rstrip("的 ")
    side = _side_at_end().search(text)
    if side:
        return Place(sides=_sides_asked(side[0]))
    numbered = _ENDING.search(text)
    parts = _read(numbered[0]).parts if numbered else ()
    return Place(parts) if parts else None


def place_supports(place: Place, address: str, group: str) -> int | None:
    """How much of the place an address bears out; null when it contradicts it."""
    has = _with_group(_read("".join(address.split()).upper()), group)
    if not _agree(place, has):
        return None
    known = dict(has.parts)
    return sum(known.get(unit) == number for unit, number in place.parts) + len(place.sides & has.sides)


def _agree(asked: Place, has: Place) -> bool:
    known = dict(has.parts)
    if any(known.get(unit, number) != number for unit, number in asked.parts):
        return False
    return not asked.sides or not has.sides or bool(asked.sides & has.sides)


def _abbreviates(one: str, other: str) -> bool:
    """Whether the characters of one stand, in order, in the other; nothing said fits everything."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(char in rest for char in short)


@lru_cache(maxsize=4096)
def _read(address: str) -> Place:
    text = "".join(normalise(address).text.split())
    sides = frozenset[str]().union(*(_sides_of(m[0]) for m in _side_anywhere().finditer(text)))
    street = _ONLY_WORDS.sub("", _without_parts(text)).replace("号", "")
    dashed = _DASHED.search(text)
    if dashed:
        numbers = (("单元", int(dashed[2])), ("室", int(dashed[3])), ("楼", int(dashed[1])))
        return Place(numbers, sides, street)
    short = _SHORT_DASHED.search(text)
    if short:
        return Place((("室", int(short[2])), ("楼", int(short[1]))), sides, street)
    found: dict[str, int] = {}
    for m in _PART.finditer(text):
        value = read_numeral(m["n"] or m["house"])
        unit = _UNIT[m["unit"]] if m["unit"] else "号"
        if value is not None and unit not in found:
            found[unit] = value
    bare = _TAIL.search(text) or _HEAD.search(text)
    value = read_numeral(next(filter(None, bare.groups()))) if bare else None
    if value is not None and "室" not in found:
        found["室"] = value
    return Place(tuple(sorted(found.items())), sides, street)


def _without_parts(text: str) -> str:
    for pattern in (_DASHED, _SHORT_DASHED, _PART, _TAIL, _HEAD):
        text = pattern.sub("", text)
    return text


def _with_group(place: Place, group: str) -> Place:
    """The place with the number of its group, when the address names none itself."""
    if any(unit == "组" for unit, _ in place.parts):
        return place
    numbered = [part for part in _read(group).parts if part[0] == "组"] if group else []
    return Place((*place.parts, *numbered), place.sides, place.street)


def _sides_of(words: str) -> frozenset[str]:
    """东头 → 东; 东街 → 东, 东街."""
    side = next(char for char in words if char in _words()["sides"])
    end = words[words.index(side) + 1 :]
    return frozenset({side, f"{side}{end}"} if end in _words()["streets"].split() else {side})


def _sides_asked(words: str) -> frozenset[str]:
    """Of a street that bears a side's name, the street alone."""
    found = _side_anywhere().search(words)
    sides = _sides_of(found[0]) if found else frozenset()
    return frozenset(filter(lambda side: len(side) > 1, sides)) or sides


@cache
def _words() -> dict[str, str]:
    return load("households")


@cache
def _side_pattern() -> str:
    ends = "|".join(f"{_words()['side_ends']} {_words()['streets']}".split())
    return rf"(?:村|庄|屯)?[{_words()['sides']}](?:{ends})|(?:村|庄|屯)[{_words()['sides']}](?:{ends})?"


@cache
def _side() -> re.Pattern[str]:
    return re.compile(rf"^(?:住|在)?(?:{_side_pattern()})(?:那边|边上|里|口)?的?")


@cache
def _side_at_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{_side_pattern()})(?:那边|边上|里|口)?的?$")


@cache
def _side_anywhere() -> re.Pattern[str]:
    return re.compile(_side_pattern())
