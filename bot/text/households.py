"""Which household is meant: a name as written against the roster.

Sure ways are tried on the speaker's own households and then on the branch's before less sure ones,
so that a full name in the next lane beats a misspelling among one's own. What fits two households
equally is reported as such and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.text.names import compound_surnames, kinship, surnames
from bot.text.normalise import normalise
from bot.text.numbers import read_numeral


@dataclass(frozen=True, slots=True)
class Candidate:
    """A household of the roster, as far as names go.

    id: the storage's key. plate: code on the door plate. residents: names of those living there.
    """

    id: int
    head: str
    address: str | None = None
    nicknames: tuple[str, ...] = ()
    plate: str | None = None
    residents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """The household meant.

    household_id: null when none fits or several fit equally.
    ambiguous: ids that fit equally well; empty unless there are two or more.
    how: `exact`, `kinship`, `address`, `plate`, `slip` or `homophone`; null when nothing fits.
    """

    household_id: int | None
    ambiguous: tuple[int, ...] = ()
    how: str | None = None


_CLOSING = re.compile(r"(?<=.)(?:他家|她家|家里|家|户)$")
_NUMBER = r"[0-9]+|[零〇一二两三四五六七八九十百]+"
_PART = re.compile(
    rf"(?P<n>{_NUMBER})\s*(?:号|#)?(?P<unit>单元|门栋|门|楼栋|楼|栋|幢|座|弄|巷|院|区|期|"
    rf"片|组|队|排|室|房|户)"
    rf"|(?P<house>{_NUMBER})号(?!楼|院|栋|弄|巷|区)"
)
_DASHED = re.compile(r"(?<![0-9])([0-9]{1,3})[-—–#/]([0-9]{1,2})[-—–/]([0-9]{2,4})(?![0-9])")
_SHORT_DASHED = re.compile(r"(?<![0-9])([0-9]{1,3})[-—–#/]([0-9]{3,4})(?![0-9])")
# unit as written -> the part of the address it names
_SAME_PART = ("楼 楼栋 栋 幢 座", "单元 门 门栋", "室 房 户", "院 弄", "巷", "区 期 片", "组 队", "排")
_UNIT = {word: words.split()[0] for words in _SAME_PART for word in words.split()}


def resolve(name: str, linked: Sequence[Candidate], branch: Sequence[Candidate]) -> Resolved:
    """Find the household called `name`: among the speaker's links first, then in the branch."""
    wanted = _plain(name)
    if not wanted:
        return Resolved(None)
    own = {candidate.id for candidate in linked}
    groups = (linked, [candidate for candidate in branch if candidate.id not in own])
    for tier in _TIERS:
        for group in groups:
            for how, fits in tier:
                ids = tuple(dict.fromkeys(c.id for c in group if fits(wanted, c)))
                if len(ids) == 1:
                    return Resolved(ids[0], (), how)
                if ids:
                    return Resolved(None, ids, how)
    return Resolved(None)


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    text = re.sub(r"\s+", "", normalise(name).text).upper()
    return _CLOSING.sub("", text)


def _people(candidate: Candidate) -> list[str]:
    return [_plain(n) for n in (candidate.head, *candidate.residents) if n]


def _exact(wanted: str, candidate: Candidate) -> bool:
    return wanted in (*_people(candidate), *(_plain(n) for n in candidate.nicknames))


def _plate(wanted: str, candidate: Candidate) -> bool:
    if not candidate.plate:
        return False
    bare = re.sub(r"[^0-9A-Z一-鿿]", "", _plain(candidate.plate))
    return bool(bare) and re.sub(r"[^0-9A-Z一-鿿]", "", wanted) == bare


@lru_cache(maxsize=4096)
def _parts(address: str) -> tuple[tuple[str, int], ...]:
    """The numbered parts of an address, in no particular order: 三号楼一单元102 → 楼 3, 单元 1, 室 102."""
    text = _plain(address)
    dashed = _DASHED.search(text)
    if dashed:
        return (("单元", int(dashed[2])), ("室", int(dashed[3])), ("楼", int(dashed[1])))
    short = _SHORT_DASHED.search(text)
    if short:
        return (("室", int(short[2])), ("楼", int(short[1])))
    found: dict[str, int] = {}
    for m in _PART.finditer(text):
        value = read_numeral(m["n"] or m["house"])
        unit = _UNIT[m["unit"]] if m["unit"] else "号"
        if value is not None and unit not in found:
            found[unit] = value
    tail = re.search(r"(?<![0-9])([0-9]{3,4})$", text)
    if tail and "室" not in found:
        found["室"] = int(tail[1])
    return tuple(sorted(found.items()))


def _address(wanted: str, candidate: Candidate) -> bool:
    if not candidate.address:
        return False
    if wanted == _plain(candidate.address):
        return True
    asked, has = dict(_parts(wanted)), dict(_parts(candidate.address))
    door = "室" if "室" in asked else "号"
    if door not in asked or asked[door] != has.get(door):
        return False
    # what only one side mentions is no contradiction: 102室 said among one's own households is enough
    return all(has.get(unit, number) == number for unit, number in asked.items())


def _surname(name: str) -> str:
    return name[:2] if name[:2] in compound_surnames() else name[:1]


@lru_cache(maxsize=4096)
def _called(wanted: str) -> tuple[str, str]:
    """(surname, given part) of a form of address: 老王 and 王大娘 → (王, ""), 建设叔 → ("", 建设)."""
    if len(wanted) >= 2 and wanted[0] in "老小阿大" and wanted[1] in surnames():
        rest = wanted[2:]
        if not rest or rest in kinship() or rest in ("头", "汉", "总"):
            return wanted[1], ""
    for kin in kinship():
        if wanted.endswith(kin) and len(wanted) > len(kin):
            body = wanted[: -len(kin)]
            if body in surnames() or body in compound_surnames():
                return body, ""
            return "", body.removeprefix("阿") if len(body) >= 2 else ""
    return "", ""


def _kinship(wanted: str, candidate: Candidate) -> bool:
    surname, given = _called(wanted)
    people = _people(candidate)
    if surname:
        return any(_surname(person) == surname for person in people)
    if given and any(
        person == given or (len(person) > len(given) and person.endswith(given)) for person in people
    ):
        return True
    # 建国 for 张建国; 张建国媳妇, 小军他爷 for the household of the one named
    if len(wanted) == 2 and any(len(person) == 3 and person[1:] == wanted for person in people):
        return True
    return any(len(person) >= 3 and wanted.startswith(person) for person in people)


def _slip(wanted: str, candidate: Candidate) -> bool:
    from rapidfuzz.distance import Levenshtein

    return len(wanted) >= 3 and any(
        len(person) >= 3 and Levenshtein.distance(wanted, person, score_cutoff=1) == 1
        for person in _people(candidate)
    )


@lru_cache(maxsize=4096)
def _sound(name: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(name))


def _homophone(wanted: str, candidate: Candidate) -> bool:
    return len(wanted) >= 2 and any(
        len(person) == len(wanted) and _sound(person) == _sound(wanted)
        for person in (*_people(candidate), *(_plain(n) for n in candidate.nicknames))
    )


_Fits = Callable[[str, Candidate], bool]
_TIERS: tuple[tuple[tuple[str, _Fits], ...], ...] = (
    (("exact", _exact), ("plate", _plate), ("address", _address)),
    (("kinship", _kinship),),
    (("homophone", _homophone), ("slip", _slip)),
)
