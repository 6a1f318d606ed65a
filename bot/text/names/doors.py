"""Addresses that stand for a household."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.text.numbers import NUMERAL, NUMERAL_CHARACTERS

Place = tuple[int, int]

_ADDRESS = re.compile(
    rf"(?:[一-龥]{{1,6}}(?:小区|花园|新村|家园|社区|苑|里))?(?:{NUMERAL}(?:区|期|片))?(?:{NUMERAL}号?院)?"
    rf"(?:{NUMERAL}(?:号|#)?(?:楼|栋|幢|座)|{NUMERAL}(?:弄|"
    rf"巷))(?:{NUMERAL}单元)?(?:{NUMERAL}(?:号?楼|层))?(?:[东西中][户门]|{NUMERAL}(?:室|"
    rf"号房?|户(?=[,。、 ]|$)|(?![0-9户号楼个]))(?!楼))?"
    rf"|{NUMERAL}单元{NUMERAL}(?:室|号)?"
    r"|(?<![0-9])[0-9]{1,3}排[0-9]{1,3}号"
    rf"|(?<![0-9.#-])[0-9]{{1,2}}-[0-9]{{1,2}}-[0-9]{{2,4}}(?![0-9-])室?"
    rf"|(?<![0-9])[0-9]{{3,4}}(?:室|房)"
    rf"|[一二三四五六七八九零〇]{{3,4}}室"
)
# one of these stands in every address
_OF_ADDRESSES = frozenset("楼栋幢座弄巷单室房、-排")
_DOOR = re.compile(
    "室|房|[东西中][户门]|户|-[0-9]|排[0-9]+号|单元.*[0-9一二三四五六七八九]|[0-9一二三四五六七八九零]{3,}$"
)
_ROOMS = re.compile(
    r"(?<![0-9.])[1-9][0-9]{2,3}(?:、[1-9][0-9]{2,3})+(?=(?:室|[一二两三四五六七八九十0-9]{1,2}户|这|等))"
)
# 3号楼2单元201、302、和501: bare rooms go on with the list of an address
_NEXT_ROOM = re.compile(
    r"(?:[、,]|和|跟|还有)+([1-9][0-9]{2,3})(?![0-9]|[-/.:]|[元块斤米度年个名人次年])(?:室)?"
)
# 502, 1203, 4-302: the last two digits are the door on its floor
_ROOM = re.compile(
    r"(?<![0-9./#+-])(?<![0-9]:)(?<![第共¥号])(?:[0-9]{1,2}-)?(?:[1-9]|[1-3][0-9])0[1-9](?:号(?![楼栋院门线]))?(?![0-9.:/%+-])"
    r"(?!(?:[元块斤米度年月日个名人次号楼栋本份户条条亩路分页袋台医]|团|公里|公斤|毫|国道|省道|县道|线))"
)
_OPENS_ROOM = re.compile(r"(?:^|[、,。;:!? \n(了和跟与到去给帮替看访在从望是的敲楼层门])$")
_IS_ROOM = re.compile(
    r"(?:室|家|屋|今天|昨天|上门|入户|的|住|那|说|讲|反映|反应|养|找|问|门|换|送|修|装|办|"
    r"[两三四五六七八九十]|阿姨|阿婆|老|小|大|[一-龥]{2,3}(?=[、,。;]|$)|租|业主|漏|[、,。;)和跟与\n ]|$)"
)


def doors(text: str) -> Iterator[Place]:
    """Where addresses stand that lead to one household's door."""
    if NUMERAL_CHARACTERS.isdisjoint(text):
        return
    if not _OF_ADDRESSES.isdisjoint(text):
        yield from _addresses(text)
    for m in _ROOM.finditer(text):
        if _OPENS_ROOM.search(text, max(0, m.start() - 1), m.start()) and _IS_ROOM.match(text, m.end()):
            yield m.span()


def _addresses(text: str) -> Iterator[Place]:
    for m in _ROOMS.finditer(text):
        for room in re.finditer("[0-9]+", m[0]):
            yield m.start() + room.start(), m.start() + room.end()
    for m in _ADDRESS.finditer(text):
        if not _DOOR.search(m[0]):
            continue  # a building or a floor is nobody's home
        yield m.span()
        after = m.end()
        while m[0][-1].isdigit() and (following := _NEXT_ROOM.match(text, after)):
            yield following.start(1), following.end()
            after = following.end()
