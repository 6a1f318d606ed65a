"""Names of households in a message: people as neighbours call them, full names, addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from bot.text.feasts import FEASTS
from bot.text.homes import homes
from bot.text.lexicon import load
from bot.text.numbers import NUMERAL, NUMERAL_CHARACTERS
from bot.text.segmenter import token_edges


class NameKind(StrEnum):
    PERSON = "person"
    ADDRESS = "address"


class Name(NamedTuple):
    """A name in the plain text. known: it stands on the roster given."""

    start: int
    end: int
    text: str
    kind: NameKind
    known: bool = False


_ADDRESS = re.compile(
    rf"(?:[一-龥]{{1,6}}(?:小区|花园|新村|家园|社区|苑|里))?(?:{NUMERAL}(?:区|期|片))?(?:{NUMERAL}号?院)?"
    rf"(?:{NUMERAL}(?:号|#)?(?:楼|栋|幢|座)|{NUMERAL}(?:弄|"
    rf"巷))(?:{NUMERAL}单元)?(?:{NUMERAL}(?:号?楼|层))?(?:[东西中][户门]|{NUMERAL}(?:室|"
    rf"号房?|户(?=[,。、 ]|$)|(?![0-9户号楼个]))(?!楼))?"
    rf"|{NUMERAL}单元{NUMERAL}(?:室|号)?"
    rf"|(?<![0-9.#-])[0-9]{{1,2}}-[0-9]{{1,2}}-[0-9]{{2,4}}(?![0-9-])室?"
    rf"|(?<![0-9])[0-9]{{3,4}}(?:室|房)"
    rf"|[一二三四五六七八九零〇]{{3,4}}室"
)
# one of these stands in every address
_OF_ADDRESSES = frozenset("楼栋幢座弄巷单室房、-")
_DOOR = re.compile(
    "室|房|[东西中][户门]|户|-[0-9]|单元.*[0-9一二三四五六七八九]|[0-9一二三四五六七八九零]{3,}$"
)
_PLACE = re.compile("[庄村屯湾沟河桥营寨店镇乡路街坡岭岗园塘坝圩屋垸镇]")
_ROLE_BEFORE = re.compile(
    "(?:走访人员?|(?<![一-龥])党员[: ]|填报人|记录人|汇报人|报告人|责任人|网格员|联系人|"
    "入户人员?|姓名|走访党员|同行)[: ]?$"
)
_ROOMS = re.compile(
    r"(?<![0-9.])[1-9][0-9]{2,3}(?:、[1-9][0-9]{2,3})+(?=(?:室|[一二两三四五六七八九十0-9]{1,2}户|这|等))"
)
_CIRCLED = re.compile("[①-⑳]")
# 3号楼2单元201、302、和501: bare rooms go on with the list of an address
_NEXT_ROOM = re.compile(
    r"(?:[、,]|和|跟|还有)+([1-9][0-9]{2,3})(?![0-9]|[-/.:]|[元块斤米度个名人次年])(?:室)?"
)
_CJK = re.compile(r"[一-龥]+")
# what may come between 、 and the name itself
_MODIFIER = re.compile(
    r"^(?:[^、,。 ]{0,8}(?:的|户|老人|党员|头|街|组|队|院|巷|隔壁|隔壁家|住的|边|那边|"
    r"困难户|低保户)(?=[^、,。]))?"
)
_CELL = re.compile(r"(?:(?!还有|以及|[和跟与])[^、,。;!?:()\n /+\"'“”—-])+")
_LIST_MARK = re.compile(r"、|和|跟|与|还有|以及")
_TAIL = re.compile(
    r"(?:(?:他|她|它)?家里?(?:各)?|那儿|那里|处|户|等(?:[一二两三四五六七八九十0-9]+户)?|"
    r"[共计一]*[一二两三四五六七八九十0-9]+户|各家|屋|那)$"
)


@cache
def _lists() -> dict[str, str]:
    lists: dict[str, str] = load("names")["lists"]
    return lists


@cache
def surnames() -> frozenset[str]:
    """Single-character surnames."""
    return frozenset("".join(_lists()["surnames"].split()))


def sure_surname(char: str) -> bool:
    """Whether it is a surname, and not more often another word."""
    return char in surnames() and char not in _lists()["doubtful"]


def is_no_name(word: str) -> bool:
    """Whether it looks like a name and is listed as none (老人, 方便)."""
    return word in _none()


@cache
def compound_surnames() -> frozenset[str]:
    return frozenset(_lists()["compound"].split())


@cache
def kinship() -> tuple[str, ...]:
    """Words people are called by after a surname, longest first."""
    return tuple(sorted(set(_lists()["kin"].split()), key=len, reverse=True))


@cache
def _of_kin() -> frozenset[str]:
    """Characters one of which stands in whatever somebody is called by: 老王, 李大娘, 三叔."""
    words = (*kinship(), *_lists()["ordinal_kin"].split())
    return frozenset("老小阿大叔婶嫂爷奶哥伯娘姐姨妈爹爸姥").union(word[0] for word in words)


@cache
def _none() -> frozenset[str]:
    return frozenset(_lists()["none"].split())


@cache
def _long_none() -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for word in sorted(w for w in _none() if len(w) > 2):
        out[word[:2]] = (*out.get(word[:2], ()), word)
    return out


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = _lists()
    common = "".join(sorted(surnames()))
    compound = "|".join(compound_surnames())
    kin = "|".join(kinship())
    given = "".join(sorted(set("".join(lists["given"].split()))))
    ordinal = "|".join(sorted(lists["ordinal_kin"].split(), key=len, reverse=True))
    called = re.compile(
        rf"(?P<old>(?<![孤养敬尊古])[老小阿大][{common}](?:(?:{kin})(?!人|们|娘儿)|头(?!疼|痛|"
        rf"晕|上|一|发|里)|汉|总)?)"
        rf"|(?P<kin>(?:{compound}|[{common}])[{given}]{{0,2}}?(?:{kin})(?!们|节|家常|俩人))"
        rf"|"
        rf"(?P<ordinal>(?<![第十{common}])[二三四五六七八九幺](?:{ordinal})(?![们子头一二三四五六七八九级妹]))"
        rf"|(?P<nick>(?<![孤养敬尊古])老(?![大爷奶伯婆姥人家]|"
        rf"{'|'.join(w[1:] for w in _none() if w[0] == '老')})[一-龥](?:叔|婶|嫂|爷|奶|哥|伯|"
        rf"大爷|大娘|奶奶)"
        rf"|(?<=[了访看望去到给和与跟在上搁从帮替陪、,:( ])(?!大)[{given}]{{2}}(?:"
        rf"嫂子|婶子|婶婶|大[爷娘叔婶嫂姐哥伯姨妈]|"
        rf"奶奶|爷爷|伯伯|叔叔|阿姨|二[叔婶嫂哥爷奶]|三[叔婶嫂哥爷奶]|(?:叔|婶|嫂|哥|姐|爷|奶|伯|姨|婆|"
        rf"娘)(?![们子叔婶嫂哥姐爷奶姨])))"
        rf"|(?P<kid>[小大阿][一-龥]{{1,2}}(?:他|她)?(?:爷|奶|娘|爹|妈|爸|姥姥|姥爷)(?![爷奶娘爹妈爸们]))"
    )
    full = re.compile(rf"(?:{compound}|[{common}])[{given}]{{1,2}}")
    return called, full


@cache
def _run_together() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Names without marks between them (张三李四王五), three or with their number behind; and one of them."""
    lists = _lists()
    surname = f"[{''.join(sorted(surnames() - set(lists['doubtful'])))}]"
    given = f"[{''.join(sorted(set(''.join(lists['given'].split()))))}]"
    one = rf"(?:老{surname}|{surname}{given}{{0,1}}(?:{'|'.join(kinship())})|{surname}{given}{{1,2}}?)"
    run = re.compile(
        rf"(?<![一-龥])(?:{one}){{3,}}(?=[,。、 ]|$)"
        rf"|(?<=[了访看望到去给])(?:{one}){{3,}}(?=[,。、 ]|$)"
        rf"|(?<=[了访看望到去给])(?:{one}){{2,}}(?=(?:这)?[两三四五六七八九十0-9俩仨][家户个位人])"
    )
    return run, re.compile(rf"{one}(?={surname}|老|$)")


_FOLLOWS_NAME = re.compile(
    r"$|[、,，。;!?:(\n )/]|家|户|他|她|说|反映|两|等|和|跟|的|老|身|腿|在|也|住|那|一|想|"
    r"没|要|同志|夫妇|屋|院"
)
_WEEKDAY = re.compile("周[一二三四五六日天末]")
_BEFORE_NAME = re.compile(r"^$|[、,，。;!?:(\n (/)了中访看望去到给叫是找对跟和与问过户的家员弟哥.]")


def names(text: str, known: Iterable[str] = ()) -> list[Name]:
    """All names of `text`, in order, none inside another. `known` ones go first."""
    text = _CIRCLED.sub("、", text)  # ①周建平②周老六: marks between names
    found: list[Name] = []
    taken = bytearray(len(text))  # 1 where a name already stands

    def take(start: int, end: int, kind: NameKind, *, on_roster: bool = False) -> None:
        if start < end and 1 not in taken[start:end] and (on_roster or not _WEEKDAY.match(text, start)):
            found.append(Name(start, end, text[start:end], kind, on_roster))
            taken[start:end] = b"\x01" * (end - start)

    for word in sorted({w for w in known if len(w) >= 2}, key=len, reverse=True):
        at = text.find(word)
        while at >= 0:
            kind = NameKind.ADDRESS if re.search(r"[0-9]|楼|单元|室", word) else NameKind.PERSON
            take(at, at + len(word), kind, on_roster=True)
            at = text.find(word, at + 1)
    if not (_OF_ADDRESSES.isdisjoint(text) or NUMERAL_CHARACTERS.isdisjoint(text)):
        _take_addresses(text, take)
    called, full = _patterns()
    none = _none()
    for m in called.finditer(text) if not _of_kin().isdisjoint(text) else ():
        end = _without_common_tail(text, m)
        if end is not None and not (m["kid"] and not _listed(text, m.start(), end)):
            take(m.start(), end, NameKind.PERSON)
    for start, end in homes(text):
        take(start, end, NameKind.PERSON)
    close, single = False, surnames()
    for m in full.finditer(text):
        close = close or text[m.end() : m.end() + 1] in single
        if m[0][:2] in none or m[0] in none:
            continue
        for end in range(m.end(), m.start() + 1, -1):
            if _is_full_name(text, m.start(), end):
                take(m.start(), end, NameKind.PERSON)
                break
    if close:
        run, one = _run_together()
        for together in run.finditer(text):
            for m in one.finditer(together[0]):
                take(together.start() + m.start(), together.start() + m.end(), NameKind.PERSON)
    if found:
        _take_cells(text, taken, take)
    return sorted(
        (n for n in found if n.known or not _ROLE_BEFORE.search(text, max(0, n.start - 8), n.start)),
        key=lambda name: name.start,
    )


def _take_addresses(text: str, take: Callable[[int, int, NameKind], None]) -> None:
    for m in _ROOMS.finditer(text):
        for room in re.finditer("[0-9]+", m[0]):
            take(m.start() + room.start(), m.start() + room.end(), NameKind.ADDRESS)
    for m in _ADDRESS.finditer(text):
        if not _DOOR.search(m[0]):
            continue  # a building or a floor is nobody's home
        take(m.start(), m.end(), NameKind.ADDRESS)
        after = m.end()
        while m[0][-1].isdigit() and (following := _NEXT_ROOM.match(text, after)):
            take(following.start(1), following.end(), NameKind.ADDRESS)
            after = following.end()


def _without_common_tail(text: str, m: re.Match[str]) -> int | None:
    """Where the called name ends, or null when it is no name after all (老人, 小区)."""
    word, none = m[0], _none()
    if m["old"]:
        if word in FEASTS:
            return None
        if word[:2] in none and not _listed(text, m.start(), m.start() + 2) and len(word) == 2:
            return None
        if word[1] in _lists()["doubtful"] and len(word) == 2 and not _listed(text, m.start(), m.end()):
            return None
        if word[0] == "大" and len(word) < 4:
            return None
        if any(text.startswith(w, m.start()) for w in _long_none().get(word[:2], ()) if len(w) > len(word)):
            return None
        if _PLACE.match(text, m.end()) and len(word) == 2:
            return None
    elif m["kin"]:
        if word[0] == "谢" and text[m.start() - 1 : m.start()] == "谢":
            return None
        if word[:2] in none or word in none:
            return None
        if m.start() and text[m.start() - 1] in "老小" and len(word) == 2:
            return None
    return m.end()


def _listed(text: str, start: int, end: int) -> bool:
    """Whether the stretch stands as an item of a list, or has 家 behind it."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    return after in ("家", "、") or (
        (not before or before in "、,:( \n.") and (not after or after in "、,。;:) \n和")
    )


def _is_full_name(text: str, start: int, end: int) -> bool:
    length = end - start
    doubtful = text[start] in _lists()["doubtful"]
    before, after = text[start - 1 : start], text[end : end + 1]
    if not (_FOLLOWS_NAME.match(text, end) or length >= 3):
        return False
    if text[end - 1] == "和" and after and _CJK.match(after) and after not in "家说":
        return False
    if text[start:end] in _none() or text[start : start + 2] in _none():
        return False
    if text[end : end + 2] in _none() and length == 2:
        return False
    listed = (not before or before in "、,，:(（ \n.") and (not after or after in "、,，。;:)） \n家户和及说")
    if doubtful and not (listed and length == 3):
        return False
    if listed:
        return True
    if not _BEFORE_NAME.match(before):
        return False
    edges = token_edges(text, start, end)
    return start in edges and end in edges


def _take_cells(text: str, taken: bytearray, take: object) -> None:
    """Odd names (石头娘, 栾大个) stand in lists beside names that are plain."""
    assert callable(take)
    for line in re.finditer(r"[^\n。;!?]+", text):
        cells = [(line.start() + c.start(), line.start() + c.end()) for c in _CELL.finditer(line[0])]
        marks = [1 in taken[a:b] for a, b in cells]
        for i, (start, end) in enumerate(cells):
            if marks[i]:
                continue
            near = marks[max(0, i - 2) : i + 3]
            separated = bool(_LIST_MARK.match(text, end)) or (
                text[start - 1 : start] in "、和跟与有及" and start > 0
            )
            if not (any(near) and separated):
                continue
            cell = _TAIL.sub("", text[start:end])
            inner = re.sub(r"^(?:还有|以及|和|跟|与|[^、]{1,6}的|[东西南北前后][头街院边])", "", cell)
            offset = start + len(cell) - len(inner)
            if _odd_name(inner):
                take(offset, offset + len(inner), NameKind.PERSON)


def _odd_name(cell: str) -> bool:
    if not 2 <= len(cell) <= 4 or not _CJK.fullmatch(cell) or cell in _none():
        return False
    if cell[0] in "他她俺我你咱" or re.search("[儿女]媳妇", cell):
        return False
    if cell.endswith(kinship()) and cell not in kinship():
        return True
    if cell[:2] in _none():
        return False
    return (cell[0] in surnames() or cell[:2] in compound_surnames()) and not re.search(
        "[了过着的是没有不在去到看走访问都还也能会要想说给家户]", cell
    )
