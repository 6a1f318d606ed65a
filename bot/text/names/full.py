"""Full names: a surname and one or two characters after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.text.names.words import compound_surnames, given, kinship, lists, none, surnames
from bot.text.segmenter import frequency, plain_words, token_edges

Place = tuple[int, int]

_FOLLOWS_NAME = re.compile(
    r"$|[、,，。;!?:(\n )/]|家|户|他|她|说|反映|两|等|和|跟|的|老|身|腿|在|也|住|那|一|想|"
    r"没|要|同志|夫妇|屋|院|讲|问|病|又|今|昨|急"
)
_BEFORE_NAME = re.compile(r"^$|[、,，;。!?:(\n (/)了中访看望去到给叫是找对跟和与问过户的家员弟哥.]")
_CJK = re.compile(r"[一-龥]")
# 305吴敏
_BEHIND_A_ROOM = re.compile("(?:^|[、,。;:和跟与(了到去 ])[1-9][0-9]{2,3}$")
# 光棍汉史拴柱, 老教师纪文英: what somebody is, right before the name
_ROLE = re.compile(
    "(?:[汉众兵师者员户头长友童娃婆孤贫疾医匠]|[上登]门|家访|探访|[军老病疾独责]人|那个|这个|叫|帮|替|陪|为|把|听|联系|慰问|见|见着|通知|头前|前头|后头|隔壁|对门|对过|楼上|楼下|就是|党员|低保|残疾人)$"
)
_A_NEW_ONE = re.compile("张[新旧好大小]的?|段[琴曲戏歌话路]")  # 换了张新的, 弹了段琴
_BEFORE_MEASURE = frozenset("了换张买一两几补弹拉唱")
_NUMERALS = "一二两三四五六七八九十"
_RANKED = re.compile("[小二三四五六七八九][^千百万十]")  # 罗二女, 庞小力
_WHOLE = 3  # characters of a name that is told in full
_RARE = 2500  # a word of the dictionary that stands there less often may be a given name


def full_names(text: str) -> Iterator[Place]:
    """Where they stand; of names run together (张三李四王五) each."""
    close, single = False, surnames()
    for m in _pattern().finditer(text):
        close = close or text[m.end() : m.end() + 1] in single
        if m[0][:2] in none() or m[0] in none():
            continue
        for end in range(m.end(), m.start() + 1, -1):
            if _is_full_name(text, m.start(), end):
                yield m.start(), end
                break
    if close:
        run, one = _run_together()
        for together in run.finditer(text):
            for m in one.finditer(together[0]):
                yield together.start() + m.start(), together.start() + m.end()


@cache
def _pattern() -> re.Pattern[str]:
    compound = "|".join(compound_surnames())
    return re.compile(
        rf"(?:{compound}|[{''.join(sorted(surnames()))}])"
        rf"(?:[大小二三四五六七八九][货孩疤力女姑平]|[{given()}]{{1,2}}|家[{given()}]|老[{given()}]|阿[{given()}])"
    )


@cache
def _run_together() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Names without marks between them (张三李四王五), three or with their number behind; and one of them."""
    surname = f"[{''.join(sorted(surnames() - set(lists()['doubtful'])))}]"
    one = (
        rf"(?:老{surname}|{surname}[{given()}]{{0,1}}(?:{'|'.join(kinship())})|{surname}[{given()}]{{1,2}}?)"
    )
    run = re.compile(
        rf"(?<![一-龥])(?:{one}){{3,}}(?=[,。、 ]|$)"
        rf"|(?<=[了访看望到去给])(?:{one}){{3,}}(?=[,。、 ]|$)"
        rf"|(?<=[了访看望到去给])(?:{one}){{2,}}(?=(?:这)?[两三四五六七八九十0-9俩仨][家户个位人])"
    )
    return run, re.compile(rf"{one}(?={surname}|老|$)")


def _is_full_name(text: str, start: int, end: int) -> bool:
    length = end - start
    if _A_NEW_ONE.match(text, start) and text[start - 1 : start] in _BEFORE_MEASURE:
        return False
    doubtful = text[start] in lists()["doubtful"]
    before, after = text[start - 1 : start], text[end : end + 1]
    if not (_FOLLOWS_NAME.match(text, end) or length >= 3):
        return False
    if text[end - 1] == "和" and after and _CJK.match(after) and after not in "家说":
        return False
    if text[start:end] in none() or text[start : start + 2] in none():
        return False
    if text[end : end + 2] in none() and length == 2:
        return False
    listed = (not before or before in "、,，:(（ \n.①②③④⑤⑥⑦⑧⑨") and (
        not after or after in "、,，。;:)） \n家户和及说"
    )
    if doubtful and not (listed and length == 3):
        return False
    if listed or (before.isdigit() and _BEHIND_A_ROOM.search(text, max(0, start - 6), start)):
        return True
    if text[start + 1] == "家" or (after in "户家个位" and text[end - 1] in _NUMERALS):
        return False
    if not (_BEFORE_NAME.match(before) or _ROLE.search(text, max(0, start - 3), start)):
        return False
    if length == _WHOLE and after == "家" and not doubtful and _of_no_words(text, start, end):
        return True
    if length == _WHOLE and _RANKED.match(text, start + 1) and _FOLLOWS_NAME.match(text, end):
        return True
    edges = token_edges(text, start, end)
    if start in edges and end in edges:
        return True
    return length >= _WHOLE and _of_no_words(text, start, end)


def _of_no_words(text: str, start: int, end: int) -> bool:
    """Whether no common word reaches into the name or out of it, or makes its beginning."""
    edges = {start} if text[end : end + 1] == "家" else {start, end}  # 梁保国家 is no 国家
    for at, word in plain_words(text, start, end):
        edges -= {at, at + len(word)}
        if at == start and 1 < len(word) < end - start:
            return False
        if start < at and at + len(word) <= end and len(word) > 1 and frequency((word,)) > _RARE:
            return False
    return not edges
