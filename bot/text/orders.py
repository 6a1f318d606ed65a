"""Orders about a matter, in words: "#12 转给张建国", "12号挂账到12月底，等镇里拨款", "报镇里", "合并到#8".

The frames stand in `lexicon/orders.toml`. An order is the whole message: what says more than an order is
read as what it tells. Whether somebody may give it, and whom a name means, is for others to find out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from bot.domain.acts import Category, Urgency
from bot.text.ahead import day_ahead
from bot.text.lexicon import load
from bot.text.normalise import normalise


class OrderKind(StrEnum):
    """What is to be done with a matter; the names of the frames in `lexicon/orders.toml`, in their order."""

    RESUME = "resume"
    LEDGER = "ledger"
    PROLONG = "prolong"
    MERGE = "merge"
    SPLIT = "split"
    URGENCY = "urgency"
    CATEGORY = "category"
    HAND_UP = "hand_up"
    TAKE = "take"
    IN_HAND = "in_hand"
    SOLVED = "solved"
    CANNOT = "cannot"
    WITHDRAW = "withdraw"
    NOTE = "note"
    ASSIGN = "assign"


@dataclass(frozen=True, slots=True)
class Order:
    """An order.

    number: of the matter; null: not said.
    name: to whom it is given, a person or a branch, as written.
    other: the number of the matter that it is part of.
    day: until when; null: not said.
    words: the reason, the note, or the first part of what is split.
    rest: the second part of what is split.
    """

    kind: OrderKind
    number: int | None = None
    name: str = ""
    other: int | None = None
    day: date | None = None
    words: str = ""
    rest: str = ""
    category: Category | None = None
    urgency: Urgency | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A matter entered outright: for a resident (`on_behalf_of`; null: the speaker's own), or unnamed."""

    words: str
    on_behalf_of: str | None = None
    unnamed: bool = False


def read_order(text: str, today: date) -> Order | None:
    """The order that a message is; null when it is none. `today`: the day that it is given on."""
    plain = normalise(text).text.strip().rstrip("。.!！~ ")
    number, plain = _number(plain)
    for kind, frames in _frames().items():
        for frame in frames:
            found = frame.fullmatch(plain)
            if found is not None:
                return _order(kind, number, found, today)
    return None


def reads_as_order(text: str) -> bool:
    """Whether a message has the form of an order, whatever day it names."""
    return read_order(text, date(2000, 1, 1)) is not None


def order_of_place(text: str) -> tuple[str, str] | None:
    """A place and the order about a numbered matter that follows it ("杏林村 12号挂账…"); null: no such."""
    found = re.fullmatch(load("orders")["of_place"], normalise(text).text.strip(), re.DOTALL)
    if found is None or not reads_as_order(found["order"]):
        return None
    return found["place"], found["order"]


def read_entry(text: str) -> Entry | None:
    """The matter that a message enters outright ("代李大娘报：水管漏了"); null when it enters none."""
    words = load("orders")["entry"]
    plain = normalise(text).text.strip()
    found = re.fullmatch(words["on_behalf"], plain, re.DOTALL)
    if found is not None:
        return Entry(found["words"].strip(), on_behalf_of=found["who"])
    found = re.fullmatch(words["unnamed"], plain, re.DOTALL)
    return None if found is None else Entry(found["words"].strip(), unnamed=True)


def read_confided(text: str) -> Entry | None:
    """A matter told with the wish to stay unnamed ("村里有人偷电，别说是我说的"); null: without one."""
    aside = load("orders")["entry"]["unnamed_aside"]
    plain = normalise(text).text.strip()
    words = re.sub(rf"(^|[,，。;；!！ \n]+){aside}(?=$|[,，。;；!！ \n])", "", plain).strip(",，。;；!！ \n")
    return Entry(words, unnamed=True) if words and words != plain.strip(",，。;；!！ \n") else None


def read_new(text: str) -> Entry | None:
    """What follows "new" or "新": an entry in any of its forms, or just words; null: there are none."""
    found = re.fullmatch(load("orders")["entry"]["new"], normalise(text).text.strip(), re.DOTALL)
    return None if found is None else read_entry(found["words"]) or Entry(found["words"].strip())


def asks_unnamed(text: str) -> bool:
    """Whether somebody asks that it is not told who they are ("别说是我说的")."""
    return re.fullmatch(load("orders")["entry"]["unnamed_later"], normalise(text).text.strip()) is not None


def drops(text: str) -> bool:
    """Whether somebody asked for words gives up ("算了")."""
    return re.fullmatch(load("orders")["answers"]["drop"], normalise(text).text.strip()) is not None


def is_courtesy(text: str) -> bool:
    """Whether an answer is thanks and the like, of which nothing need be kept."""
    return re.fullmatch(load("orders")["answers"]["courtesy"], normalise(text).text.strip()) is not None


def read_until(text: str, today: date) -> tuple[date | None, str]:
    """The day in "12月底，等镇里拨款" (null: there is none), and the rest of the words: the reason."""
    plain = normalise(text).text.strip()
    ahead = day_ahead(plain, today)
    if ahead is None:
        return None, _reason(plain)
    # What joins a day to the rest belongs to neither ("到…前").
    before = re.sub(load("orders")["answers"]["until_before"], "", plain[: ahead.start])
    behind = re.sub(load("orders")["answers"]["until_behind"], "", plain[ahead.end :])
    return ahead.day, _reason(f"{before},{behind}")


def read_parts(text: str) -> tuple[str, str] | None:
    """The two parts of "路灯坏了；水沟堵了"; null when they are not two."""
    parts = [part.strip() for part in re.split(load("orders")["answers"]["between_parts"], text.strip())]
    parts = [part for part in parts if part]
    return (parts[0], parts[1]) if len(parts) == 2 else None


def _reason(text: str) -> str:
    return re.sub(load("orders")["answers"]["reason_edges"], "", text).strip(" ,，.。;；:：、")


def _number(plain: str) -> tuple[int | None, str]:
    found = re.match(load("orders")["number"], plain)
    if found is None:
        return None, plain
    return int(found["marked"] or found["plain"]), plain[found.end() :]


def _order(kind: OrderKind, number: int | None, found: re.Match[str], today: date) -> Order | None:
    said = {name: value.strip() for name, value in found.groupdict().items() if value}
    words, rest, day = said.get("words", ""), "", None
    if kind in (OrderKind.LEDGER, OrderKind.PROLONG):
        day, words = read_until(words, today)
    elif kind is OrderKind.SPLIT:
        parts = read_parts(words)
        words, rest = parts or ("", "")
    category = _meaning("categories", said.get("category"))
    urgency = _meaning("urgencies", said.get("urgency"))
    return Order(
        kind,
        number,
        name=said.get("who", ""),
        other=int(said["other"]) if "other" in said else None,
        day=day,
        words=_reason(words) if kind is not OrderKind.SPLIT else words,
        rest=rest,
        category=None if category is None else Category(category),
        urgency=None if urgency is None else Urgency(urgency),
    )


def _meaning(table: str, word: str | None) -> str | None:
    """The name under which a word is listed in one of the file's tables."""
    return next((name for name, words in load("orders")[table].items() if word in words), None)


@cache
def _frames() -> dict[OrderKind, list[re.Pattern[str]]]:
    data = load("orders")
    frames: dict[OrderKind, list[re.Pattern[str]]] = {}
    for kind in OrderKind:
        frames[kind] = []
        for frame in data["orders"][kind]:
            for table in ("categories", "urgencies"):
                words = (word for listed in data[table].values() for word in listed)
                longest_first = sorted(words, key=len, reverse=True)
                frame = frame.replace(f"{{{table}}}", "|".join(longest_first))
            frames[kind].append(re.compile(frame, re.DOTALL))
    return frames
