"""One spelling for what is written in many: width, script, spaces, emoji, mentions, slips.

Every character of the plain text remembers where it stood in the message, so that names and
spans are given as they were written.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.text.lexicon import load

PHONE = "☎"  # stands for any telephone number
_INVISIBLE = frozenset("\ufe0e\ufe0f\u200b\u200c\u200d\u2060\u20e3\ufeff\u00ad")
# a link, a phone number, a mention, a sticker of the chat client such as [强]
_URL = re.compile(r"https?://[!-~]{1,300}|www\.[!-~]{1,300}")
_TELEPHONE = re.compile(
    r"(?<![0-9])1[3-9][0-9][-*0-9]{4,10}(?![0-9])|(?<![0-9])0[0-9]{2,3}-?[0-9]{7,8}(?![0-9])"
)
_MENTION = re.compile(r"@[^\s@,，。:：!！?？]{1,16}(?=[\s,，。:：]|$)|@(?=所有人|全体成员)")
_STICKER = re.compile(r"\[[一-鿿A-Za-z]{1,6}\]")
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
    origin: tuple[int, ...]

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
def _slips() -> tuple[re.Pattern[str], dict[str, str]]:
    table: dict[str, str] = load("slips")["slips"]
    return re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True)))), table


def _blank(pattern: re.Pattern[str], text: str, fill: str = " ") -> str:
    return pattern.sub(lambda m: fill + " " * (len(m[0]) - len(fill)), text)


def to_simplified(text: str) -> str:
    """Simplified characters, as many as there were."""
    out: str = _converter().convert(text)
    if len(out) != len(text):  # not seen in practice; offsets must hold all the same
        out = "".join((_converter().convert(c) + c)[0] for c in text)
    return out


def normalise(source: str) -> Plain:
    """The message in one spelling: NFKC, simplified, masked, common typing slips mended."""
    chars: list[str] = []
    origin: list[int] = []
    for place, char in enumerate(source):
        if char in _INVISIBLE:
            continue
        if char in "\r\v\f\u2028\u2029":
            char = "\n"
        # most characters are Chinese and stay: asking the tables for each would cost more
        # and so do circled numbers that open an item, where their digit would run into its first word
        item = "①" <= char <= "⑳" and source[place + 1 : place + 2] not in tuple("户家位名人次个")
        kept_as_is = item or "\u4e00" <= char <= "\u9fff"
        spelled = char if kept_as_is else unicodedata.normalize("NFKC", char)
        for one in spelled:
            if "\u0300" <= one <= "\u036f":
                continue
            chars.append(" " if one.isspace() and one != "\n" else one)
            origin.append(place)
    text = "".join(chars)
    for pattern, fill in ((_URL, " "), (_TELEPHONE, PHONE), (_MENTION, " "), (_STICKER, " ")):
        text = _blank(pattern, text, fill)
    text = to_simplified(text)
    pattern, table = _slips()
    text = pattern.sub(lambda m: table[m[0]], text)
    kept: list[str] = []
    places: list[int] = []
    end = 0
    for gap in _BETWEEN.finditer(text):
        kept.append(text[end : gap.start()])
        places += origin[end : gap.start()]
        end = gap.end()
    kept.append(text[end:])
    places += origin[end:]
    return Plain("".join(kept), source, tuple(places))
