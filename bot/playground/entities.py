"""Formatted text: HTML markup to entities, and the entities Telegram finds by itself.

Offsets and lengths are in UTF-16 code units, as the Bot API counts them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bot.playground.errors import bad_request

Json = dict[str, Any]

_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"，。；、）]+)"
    r"|(?<![\w/@])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z0-9_]{4,32})(?![\w@])"
    r"|(?<!\w)(?P<hashtag>#\w+)"
)
_KINDS = {
    "b": "bold", "strong": "bold",
    "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "a": "text_link", "tg-emoji": "custom_emoji",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
_ATTRIBUTE = re.compile(r"\s*([^\s=>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")


def units(text: str) -> int:
    """The length of ``text`` in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def find_entities(text: str, *, besides: list[Json] | None = None) -> list[Json]:
    """Commands, mentions, links and hashtags in ``text``, where no code or link of ``besides`` stands."""
    taken = [
        (each["offset"], each["offset"] + each["length"])
        for each in besides or []
        if each["type"] in ("code", "pre", "text_link", "url", "mention", "bot_command", "hashtag")
    ]
    found: list[Json] = []
    for match in _FOUND.finditer(text):
        offset, length = units(text[: match.start()]), units(match.group())
        if not any(start < offset + length and offset < end for start, end in taken):
            found.append({"type": str(match.lastgroup), "offset": offset, "length": length})
    return _ordered([*found, *(besides or [])])


def parse_html(markup: str) -> tuple[str, list[Json]]:
    """Text and entities of a message in ``parse_mode`` HTML; bad markup is refused in the server's words."""
    return _Html(markup).parse()


def trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Cut white space at both ends, as the server does, and move the entities along."""
    stripped = text.strip()
    lead = units(text[: len(text) - len(text.lstrip())])
    end = units(stripped)
    moved = []
    for each in entities:
        start = max(each["offset"] - lead, 0)
        stop = min(each["offset"] + each["length"] - lead, end)
        if stop > start:
            moved.append(each | {"offset": start, "length": stop - start})
    return stripped, moved


def _ordered(entities: list[Json]) -> list[Json]:
    return sorted(entities, key=lambda each: (each["offset"], -each["length"]))


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    more: Json


@dataclass(slots=True)
class _Html:
    markup: str
    position: int = 0
    text: list[str] = field(default_factory=list)
    length: int = 0
    opened: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def parse(self) -> tuple[str, list[Json]]:
        while self.position < len(self.markup):
            if self.markup.startswith("</", self.position):
                self._end_tag()
            elif self.markup[self.position] == "<":
                self._start_tag()
            else:
                self._characters()
        if self.opened:
            raise _refused(f'Can\'t find end tag corresponding to start tag "{self.opened[-1].tag}"')
        return "".join(self.text), _ordered(self.entities)

    def _characters(self) -> None:
        piece = self.markup[self.position]
        step = 1
        if piece == "&" and (match := _REFERENCE.match(self.markup, self.position)):
            piece, step = _referred(match), len(match.group())
        self.text.append(piece)
        self.length += units(piece)
        self.position += step

    def _start_tag(self) -> None:
        at = self._byte_offset()
        close = self.markup.find(">", self.position)
        inside = self.markup[self.position + 1 : close if close >= 0 else None]
        name = re.split(r"\s", inside, maxsplit=1)[0].lower()
        if name not in _KINDS:
            raise _refused(f'Unsupported start tag "{name}" at byte offset {at}')
        if close < 0:
            raise _refused(f'Unclosed start tag "{name}" at byte offset {at}')
        attributes = {
            key.lower(): one or two or three or ""
            for key, one, two, three in _ATTRIBUTE.findall(inside[len(name) :])
        }
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _refused(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
        more: Json = {}
        if name == "a":
            more["url"] = attributes.get("href", "")
        elif name == "code" and attributes.get("class", "").startswith("language-"):
            more["language"] = attributes["class"].removeprefix("language-")
        elif name == "blockquote" and "expandable" in attributes:
            more["expandable"] = True
        elif name == "tg-emoji":
            more["custom_emoji_id"] = attributes.get("emoji-id", "")
        self.opened.append(_Open(name, self.length, more))
        self.position = close + 1

    def _end_tag(self) -> None:
        at = self._byte_offset()
        close = self.markup.find(">", self.position)
        if close < 0:
            raise _refused(f"Unclosed end tag at byte offset {at}")
        name = self.markup[self.position + 2 : close].strip().lower()
        if not self.opened:
            raise _refused(f"Unexpected end tag at byte offset {at}")
        opened = self.opened.pop()
        if name and name != opened.tag:
            raise _refused(
                f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{name}>"'
            )
        self._close(opened)
        self.position = close + 1

    def _close(self, opened: _Open) -> None:
        length = self.length - opened.offset
        if length <= 0:
            return
        kind = "expandable_blockquote" if opened.more.pop("expandable", False) else _KINDS[opened.tag]
        if kind == "text_link":
            url = opened.more["url"] or "".join(self.text)[-length:]
            if not re.match(r"(https?|tg|ton|mailto)://?|[\w-]+(\.[\w-]+)+", url):
                return
            opened.more["url"] = url
        entity = {"type": kind, "offset": opened.offset, "length": length, **opened.more}
        if kind == "pre" and self.entities:
            inner = self.entities[-1]
            if (inner["type"], inner["offset"], inner["length"]) == ("code", opened.offset, length):
                self.entities.pop()  # <pre><code class="language-…"> is one entity with a language
                entity |= {"language": inner["language"]} if "language" in inner else {}
        self.entities.append(entity)

    def _byte_offset(self) -> int:
        return len(self.markup[: self.position].encode())


def _referred(match: re.Match[str]) -> str:
    """The character of a reference; the reference itself where there is no such character."""
    decimal, hexadecimal, name = match.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    is_character = 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF
    return chr(code) if is_character else match.group()


def _refused(why: str) -> Exception:
    return bad_request(f"can't parse entities: {why}")
