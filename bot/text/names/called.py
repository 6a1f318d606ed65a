"""People as neighbours call them: 老王, 李大娘, 二嫂, 三娃他妈."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.text.feasts import FEASTS
from bot.text.names.words import (
    compound_surnames,
    given,
    kinship,
    lists,
    long_none,
    none,
    sure_surname,
    surnames,
)

Place = tuple[int, int]

_PLACE = re.compile("[庄村屯湾沟河桥营寨店镇乡路街坡岭岗园塘坝圩垸镇]|屋(?!里|头|子)")

# what is said of somebody, and what is done to them
_THEY = re.compile("那?屋里|那儿|那屋|说|讲|反映|问|[他她]|两口|不在|在家|愁|病|的?(?:身体|腿|腰|眼)")
_TO_THEM = re.compile("[户兵员望访给帮替跟陪找叫]$|看了$")
_AFTER_SURNAME = re.compile("(?:^|[、,。:;( \n户家到访望了])[一-龥]$")  # 晁小强: the end of a full name
_ENDS = re.compile("[,。;!? \n]|$|了|送|把|买|修|写|量|家|打")


def called(text: str) -> Iterator[Place]:
    """Where those stand who are called by age, kinship or a trade."""
    if _of_kin().isdisjoint(text):
        return
    for m in _pattern().finditer(text):
        end = _without_common_tail(text, m)
        if end is not None and not (m["kid"] and not stands_apart(text, m.start(), end)):
            yield m.start(), end


def stands_apart(text: str, start: int, end: int) -> bool:
    """Whether the stretch stands as an item of a list, or has 家 behind it."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    return after in ("家", "、") or (
        (not before or before in "、,:( \n.") and (not after or after in "、,。;:) \n和")
    )


@cache
def _of_kin() -> frozenset[str]:
    """Characters one of which stands in whatever somebody is called by: 老王, 李大娘, 三叔."""
    words = (*kinship(), *lists()["ordinal_kin"].split())
    return frozenset("老小阿大叔婶嫂爷奶哥伯娘姐姨妈爹爸姥").union(word[0] for word in words)


@cache
def _pattern() -> re.Pattern[str]:
    common = "".join(sorted(surnames()))
    compound = "|".join(compound_surnames())
    kin = "|".join(kinship())
    apart = "|".join(word for word in kinship() if word[0] != "家")
    ordinal = "|".join(sorted(lists()["ordinal_kin"].split(), key=len, reverse=True))
    no_nick = "|".join(word[1:] for word in none() if word[0] == "老")
    return re.compile(
        rf"(?P<old>(?<![孤养敬尊古])[老小阿大][{common}](?:(?:{apart})(?!人|们|娘儿)|头(?!疼|痛|"
        rf"晕|上|一|发|里)|汉|总)?)"
        rf"|(?P<kin>(?:{compound}|[{common}])[{given()}]{{0,2}}?(?:{kin})(?!们|节|家常|俩人))"
        rf"|"
        rf"(?P<ordinal>(?<![第十{common}])[二三四五六七八九幺](?:{ordinal})(?![们子头分斤里一二三四五六七八九级妹]))"
        rf"|(?P<nick>(?<![孤养敬尊古])老(?![大爷奶伯婆姥人家]|{no_nick})[一-龥](?:叔|婶|嫂|爷|奶|哥|伯|"
        rf"大爷|大娘|奶奶)"
        rf"|(?:(?<=[了访看望去到给和与跟在上搁从帮替陪、,:( ])|^)(?!大)[{given()}]{{2}}(?:"
        rf"嫂子|婶子|婶婶|大[爷娘叔婶嫂姐哥伯姨妈]|"
        rf"奶奶|爷爷|伯伯|叔叔|阿姨|二[叔婶嫂哥爷奶]|三[叔婶嫂哥爷奶]|(?:叔|婶|嫂|哥|姐|爷|奶|伯|姨|婆|"
        rf"娘)(?![们子叔婶嫂哥姐爷奶姨])))"
        rf"|(?P<kid>[小大阿][一-龥]{{1,2}}(?:他|她)?(?:爷|奶|娘|爹|妈|爸|姥姥|姥爷)(?![爷奶娘爹妈爸们]))"
    )


def _without_common_tail(text: str, m: re.Match[str]) -> int | None:
    """Where the called name ends, or null when it is no name after all (老人, 小区)."""
    word = m[0]
    if word in none() and not m["old"]:
        return None
    if m["old"]:
        return m.end() if _is_old(text, m.start(), word) else None
    if m["kin"]:
        if word[0] == "谢" and text[m.start() - 1 : m.start()] == "谢":
            return None
        if word[:2] in none():
            return None
        if m.start() and text[m.start() - 1] in "老小" and len(word) == 2:
            return None
    return m.end()


def _is_old(text: str, start: int, word: str) -> bool:
    """老王, but neither 老人 nor 老街; what is more often another word only where it stands apart."""
    end = start + len(word)
    if word in FEASTS or (word[0] == "大" and len(word) < 4):
        return False
    if (
        word[0] in "小大阿"
        and _AFTER_SURNAME.search(text, max(0, start - 2), start)
        and sure_surname(text[start - 1])
    ):
        return False
    if any(text.startswith(each, start) for each in long_none().get(word[:2], ()) if len(each) > len(word)):
        return False
    if len(word) > 2:
        return True
    if _PLACE.match(text, end):
        return False
    if word not in none() and word[1] not in lists()["doubtful"]:
        return True
    return stands_apart(text, start, end) or _tells_of_them(text, start, end)


def _tells_of_them(text: str, start: int, end: int) -> bool:
    """老单屋里, 联系户老党: what stands around shows that it is somebody."""
    if text[start:end] in none():
        return False
    if _THEY.match(text, end):
        return True
    return _TO_THEM.search(text, max(0, start - 3), start) is not None and _ENDS.match(text, end) is not None
