"""One spelling for what is written in many: width, script, spaces, emoji, mentions, slips.

Every character of the plain text remembers where it stood in the message, so that names and
spans are given as they were written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.text.lexicon import load

PHONE = "☎"  # stands for any telephone number
_INVISIBLE = frozenset("\ufe0e\ufe0f\u200b\u200c\u200d\u2060\u20e3\ufeff\u00ad")
# a link, a phone number, a mention, a sticker of the chat client such as [强]
_LINE_ENDS = "\r\v\f\u2028\u2029"
# what NFKC may take for another number of characters, and what is left out; all else is spelled one for one
_ODD = re.compile(
    "[^\t-\r -~·×—–‘’“”\u2028\u2029\u3000-\u3002\u3008-\u3011\u4e00-\u9fff\uff01-\uff5e"
    "\u2600-\u27bf\U0001f300-\U0001faff]"
)
_SAME_LENGTH: dict[int, int | str] = {
    **{0xFEE0 + code: code for code in range(0x21, 0x7F)},
    **dict.fromkeys(map(ord, _LINE_ENDS), "\n"),
    **dict.fromkeys(map(ord, "\t\u3000"), " "),
}
_URL = re.compile(r"https?://[!-~]{1,300}|www\.[!-~]{1,300}")
_TELEPHONE = re.compile(
    r"(?<![0-9])1[3-9][0-9][-*0-9]{4,10}(?![0-9])|(?<![0-9])0[0-9]{2,3}-?[0-9]{7,8}(?![0-9])"
)
_MENTION = re.compile(r"@[^\s@,，。:：!！?？]{1,16}(?=[\s,，。:：]|$)|@(?=所有人|全体成员)")
_STICKER = re.compile(r"\[[一-鿿A-Za-z]{1,6}\]")
# one of these stands in whatever the four find
_MASKED = re.compile(r"https?:|www\.|[01][0-9*-]{6}|@|\[")
# 叁户; of other words they may be the surname (伍家)
_CAPITALS = re.compile("[壹贰叁肆伍陆柒捌玖拾佰]+(?=户)")
_NUMERALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰", "一二三四五六七八九十百")
_BETWEEN = re.compile(
    r"(?<=[0-9])[ \t]{1,9}(?=[一-鿿])|(?<=[一-鿿])[ \t]{1,9}(?=[0-9](?![0-9]?[、.)]))|"
    r"(?<=\n)[ \t]+|(?<![ \t])[ \t]+(?=\n)"
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A message in one spelling.

    text: what the grammars read. source: the message as written. origin: for each character of
    `text`, its place in `source`.
    """

    text: str
    source: str
    origin: Sequence[int]

    def written(self, start: int, end: int) -> str:
        """The stretch of the message as written that `text[start:end]` stands for."""
        if start >= end:
            return ""
        return self.source[self.origin[start] : self.origin[end - 1] + 1]


@cache
def _converter() -> Any:
    import opencc  # loading it takes a moment: only when text is read

    return opencc.OpenCC("t2s")


@cache
def _slips() -> tuple[re.Pattern[str], Mapping[str, str]]:
    table: dict[str, str] = load("slips")["slips"]
    longest_first = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), table


def _blank(pattern: re.Pattern[str], text: str, fill: str = " ") -> str:
    return pattern.sub(lambda m: fill + " " * (len(m[0]) - len(fill)), text)


@cache
def _traditional() -> re.Pattern[str]:
    """Characters that are written otherwise in simplified text."""
    every = "".join(chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)))
    simplified = _converter().convert("\n".join(every)).split("\n")
    changed = (one for one, other in zip(every, simplified, strict=True) if one != other)
    return re.compile(f"[{''.join(changed)}]")


def to_simplified(text: str) -> str:
    """Simplified characters, as many as there were.

    What holds no traditional character stays as it is: 打坏 means broken there, and is no misspelt adobe.
    """
    if not _traditional().search(text):
        return text
    out: str = _converter().convert(text)
    if len(out) != len(text):  # not seen in practice; offsets must hold all the same
        out = "".join((_converter().convert(c) + c)[0] for c in text)
    return out


def normalise(source: str) -> Plain:
    """The message in one spelling: NFKC, simplified, masked, common typing slips mended, 叁户 as 三户."""
    origin: Sequence[int]
    if _ODD.search(source):
        text, origin = _respelled(source)
    else:  # nearly every message: character for character
        text, origin = source.translate(_SAME_LENGTH), range(len(source))
    if _MASKED.search(text):
        for pattern, fill in ((_URL, " "), (_TELEPHONE, PHONE), (_MENTION, " "), (_STICKER, " ")):
            text = _blank(pattern, text, fill)
    text = to_simplified(text)
    text = _mend_slips(text)
    if "户" in text:
        text = _CAPITALS.sub(lambda numeral: numeral[0].translate(_NUMERALS), text)
    if " " in text:
        return _close_gaps(text, source, origin)
    return Plain(text, source, origin)


def _respelled(source: str) -> tuple[str, list[int]]:
    """The text in its usual characters, and for each its place in `source`."""
    chars: list[str] = []
    origin: list[int] = []
    end = 0
    for odd in _ODD.finditer(source):
        place = odd.start()
        chars.append(source[end:place].translate(_SAME_LENGTH))
        origin += range(end, place)
        end = place + 1
        if odd[0] in _INVISIBLE or "\ud800" <= odd[0] <= "\udfff":  # half of a character is none
            continue
        # circled numbers that open an item stay, or their digit would run into its first word
        item = "①" <= odd[0] <= "⑳" and source[end : end + 1] not in tuple("户家位名人次个")
        for one in odd[0] if item else unicodedata.normalize("NFKC", odd[0]):
            if not "\u0300" <= one <= "\u036f":
                chars.append(" " if one.isspace() and one != "\n" else one)
                origin.append(place)
    chars.append(source[end:].translate(_SAME_LENGTH))
    origin += range(end, len(source))
    return "".join(chars), origin


def _mend_slips(text: str) -> str:
    pattern, table = _slips()
    return pattern.sub(lambda m: table[m[0]], text) if pattern.search(text) else text


def _close_gaps(text: str, source: str, origin: Sequence[int]) -> Plain:
    """Without the spaces between figures and words and at the ends of lines."""
    kept: list[str] = []
    places: list[int] = []
    end = 0
    for gap in _BETWEEN.finditer(text):
        kept.append(text[end : gap.start()])
        places += origin[end : gap.start()]
        end = gap.end()
    if not end:
        return Plain(text, source, origin)
    kept.append(text[end:])
    places += origin[end:]
    return Plain("".join(kept), source, places)
