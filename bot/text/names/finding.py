"""All names of a message, those first that are the surest."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.text.homes import homes
from bot.text.names.called import called
from bot.text.names.doors import doors
from bot.text.names.full import full_names
from bot.text.names.kinds import Name, NameKind
from bot.text.names.listed import listed
from bot.text.names.words import is_no_name

# 麻四他哥: another household, called after one
_KIN_OF = re.compile(
    "[他她](?:大伯|大爷|大娘|大妈|大叔|二[叔伯哥嫂爷]|三[叔婶爷]|爹|娘|妈|爸|大(?!爷|娘|妈)|哥|弟|姐|妹|叔|婶|"
    "舅|姑|婆(?!婆)|嫂)(?![们子个夫家])"
)
Place = tuple[int, int]

_CIRCLED = re.compile("[①-⑳]")
_DAY = re.compile("周[一二三四五六日天末]|初[一二三四五六七八九十]")
_MARKS = frozenset("、和跟与")
_DOOR = re.compile("[0-9]|楼|单元|室")
_ROLE_BEFORE = re.compile(
    "(?:走访人员?|(?<![一-龥])党员[: ]|填报人|记录人|汇报人|报告人|责任人|网格员|联系人|"
    "入户人员?|姓名|走访党员|同行)[: ]?$"
)


def names(text: str, known: Iterable[str] = ()) -> list[Name]:
    """All names of `text`, in order, none inside another. `known` ones go first."""
    text = _CIRCLED.sub("、", text)  # ①周建平②周老六: marks between names
    found: list[Name] = []
    taken = bytearray(len(text))  # 1 where a name already stands

    def take(places: Iterable[Place], kind: NameKind, *, on_roster: bool = False) -> None:
        for start, end in places:
            if start < end and 1 not in taken[start:end] and (on_roster or not _DAY.match(text, start)):
                found.append(Name(start, end, text[start:end], kind, on_roster))
                taken[start:end] = b"\x01" * (end - start)

    for word in sorted({w for w in known if len(w) >= 2}, key=len, reverse=True):
        kind = NameKind.ADDRESS if _DOOR.search(word) else NameKind.PERSON
        take((m.span() for m in re.finditer(re.escape(word), text)), kind, on_roster=True)
    take(doors(text), NameKind.ADDRESS)
    take(called(text), NameKind.PERSON)
    take((each for each in homes(text) if not is_no_name(text[slice(*each)])), NameKind.PERSON)
    take(full_names(text), NameKind.PERSON)
    if found or not _MARKS.isdisjoint(text):
        take(listed(text, taken), NameKind.PERSON)
    found = [_with_kin(text, name) for name in found]
    return sorted(
        (n for n in found if n.known or not _ROLE_BEFORE.search(text, max(0, n.start - 8), n.start)),
        key=lambda name: name.start,
    )


def _with_kin(text: str, name: Name) -> Name:
    if name.known or name.kind is not NameKind.PERSON:
        return name
    kin = _KIN_OF.match(text, name.end)
    return name._replace(end=kin.end(), text=text[name.start : kin.end()]) if kin else name
