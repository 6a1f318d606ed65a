"""How people are called, apart from any roster: 老王 by surname, 建国叔 by name, 王二叔 as the second."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.text.lexicon import load
from bot.text.names import compound_surnames, kinship, surnames

_SURNAME_ALONE = re.compile(r"(?:老|姓)?(?P<surname>.{1,2}?)(?:姓|家|家的|家里|户)$")


@dataclass(frozen=True, slots=True)
class Called:
    """How a form of address may be read; empty where it says nothing.

    person: a name, whole or without its surname (建国, 张建国). ordinal: which of the brothers (王二叔: 二).
    """

    surname: str = ""
    person: str = ""
    ordinal: str = ""


@lru_cache(maxsize=4096)
def readings(wanted: str) -> tuple[Called, ...]:
    """The ways to read a form of address: 老王 and 王大娘 by surname, 建国叔 and 栓柱他娘 by name."""
    found = []
    roots = [wanted] if _surname_in(wanted)[0] else _roots(wanted)
    for root in roots:
        surname, ordinal = _surname_in(root)
        if ordinal:
            found.append(Called(surname, ordinal=ordinal))
        if surname:
            found.append(Called(surname))
        if not surname or root[0] in "大小阿":  # 大山 may be 周大山 or somebody called 山
            found.extend(Called(person=name) for name in (root, root.removeprefix("阿")) if len(name) >= 2)
    return tuple(dict.fromkeys(found))


def _roots(wanted: str) -> list[str]:
    """The form of address, and what it is without the relation to the one named."""
    roots = [wanted]
    for relation in _relations():
        if wanted.endswith(relation):
            root = re.sub(r"(?<=..)(?:他|她|家|的|家的)$", "", wanted.removesuffix(relation))
            if len(root) >= 2:
                roots.append(root)
    return roots


def _surname_in(root: str) -> tuple[str, str]:
    """(surname, which brother) of 老王, 王大娘, 王家大嫂, 王老二, 王二叔; empty when it is none of these."""
    if len(root) >= 2 and root[0] in "老小阿大" and root[1] in surnames():
        rest = root[2:]
        if not rest or rest in kinship() or rest in ("头", "汉", "总"):
            return root[1], ""
        if rest in tuple(_words()["ordinals"]):
            return root[1], rest
    root = root.removeprefix("老") if root[1:3] in compound_surnames() else root
    surname = surname_of(root)
    if surname not in surnames() and surname not in compound_surnames():
        return "", ""
    rest = root[len(surname) :].removeprefix("家")
    if not rest and surname in compound_surnames():
        return surname, ""
    brother = re.fullmatch(rf"老?([{_words()['ordinals']}])(.*)", rest)
    if brother and (not brother[2] or (brother[1] != "大" and brother[2] in kinship())):
        return surname, brother[1]
    return (surname, "") if rest in kinship() else ("", "")


def surname_alone(spelt: str) -> str:
    """The surname in 李家, 李家的, 姓李的; empty when it is something else."""
    found = _SURNAME_ALONE.fullmatch(spelt)
    surname = found["surname"] if found else ""
    return surname if surname in surnames() or surname in compound_surnames() else ""


def surname_of(name: str) -> str:
    """What a full name begins with: one character, or the two of a compound surname."""
    return name[:2] if name[:2] in compound_surnames() else name[:1]


@cache
def _words() -> dict[str, str]:
    words: dict[str, str] = {k: v for k, v in load("households").items() if isinstance(v, str)}
    return words


@cache
def _relations() -> tuple[str, ...]:
    return tuple(sorted({*_words()["relations"].split(), *kinship()}, key=len, reverse=True))
