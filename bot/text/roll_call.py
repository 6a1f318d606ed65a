"""The line that opens a roll-call ("应急点名 暴雨转移，三组四组"), and orders about one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from bot.domain.roster import HouseholdKind
from bot.text.lexicon import load
from bot.text.normalise import normalise
from bot.text.numbers import read_numeral

_NUMERAL = "(?:[0-9]{1,3}|[一二三四五六七八九十]{1,4})"
_SEPARATOR, _DASH = "[、,和及跟与/ ]+", "(?:[-~—–]+|到|至)"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a roll-call is for. Nothing given means everybody.

    groups, excepted: names of groups; kinds: of households; all_villages: every branch of the town.
    missing: groups that were meant and are not there, as written.
    """

    groups: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    kinds: tuple[HouseholdKind, ...] = ()
    all_villages: bool = False
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """A line that opens a roll-call.

    title: what for, empty when it was not said. bare: nothing at all was said but the word.
    sure: there is no doubt that an emergency is meant, or a drill, and no roll of a meeting.
    """

    title: str
    scope: Scope
    drill: bool
    sure: bool
    bare: bool


class CallOrder(StrEnum):
    """What is to become of an open roll-call."""

    CLOSE = "close"
    WITHDRAW = "withdraw"


def mentions_roll_call(text: str) -> bool:
    """Whether a message may be about a roll-call itself: quick, since every message is asked."""
    return any(word in text for word in _words()["mentions"])


def opens_roll_call(text: str) -> bool:
    """Whether a message has the form of a line that opens a roll-call, or asks for the one that is open."""
    return mentions_roll_call(text) and read_opening(text) is not None


def read_opening(text: str, groups: Sequence[str] = (), *, command: bool = False) -> Opening | None:
    """The roll-call that a message opens; null when it opens none.

    Args:
        groups: the names of the branch's groups.
        command: the text is what follows a command for it.
    """
    plain, words = normalise(text).text.strip(), _words()["opening"]
    found = re.fullmatch(words["line"], plain, re.DOTALL)
    if found is None and not command:
        return None
    rest = plain if found is None else (found["rest"] or "")
    scope, title = _scope(rest.strip(), groups)
    drill = re.search(words["drill"], plain) is not None
    urgent = command or drill or bool(found and found["urgent"]) or bool(re.search(words["hazard"], plain))
    return Opening(title or _named(found), scope, drill, sure=urgent, bare=not rest.strip())


def read_call_order(text: str) -> CallOrder | None:
    """What a message orders about the open roll-call; null when it orders nothing."""
    plain = normalise(text).text.strip().rstrip("。.!")
    orders = _words()["orders"]
    return next((order for order in CallOrder if re.fullmatch(orders[order], plain)), None)


def read_receiver(text: str) -> str | None:
    """Who receives at the shelter, as written ("安置点：何文"); null when the message does not say."""
    found = re.fullmatch(_words()["shelter"]["named"], normalise(text).text.strip())
    return None if found is None else found["name"]


def residents_in(note: str) -> int | None:
    """How many live in a household by the roster's note ("5口人"); null: it does not say."""
    found = re.search(_words()["shelter"]["residents"], normalise(note).text)
    number = None if found is None else read_numeral(found["n"] or found["m"])
    return number if number else None


def _scope(rest: str, groups: Sequence[str]) -> tuple[Scope, str]:
    """Whom it is for, and the words that are left: the title."""
    words, left = _words(), rest
    excepted: list[str] = []
    missing: list[str] = []
    found = re.search(words["opening"]["except"], left)
    if found is not None:
        named, unknown, _ = _groups(found["groups"], groups)
        if named or unknown:
            excepted, missing = named, unknown
            left = left[: found.start()] + " " + left[found.end() :]
    named, unknown, left = _groups(left, groups)
    kinds: list[HouseholdKind] = []
    for kind, pattern in words["kinds"].items():
        if re.search(pattern, left):
            kinds.append(HouseholdKind(kind))
            left = re.sub(pattern, " ", left)
    everywhere = re.search(words["opening"]["all_villages"], left) is not None
    left = re.sub(f"{words['opening']['all_villages']}|{words['opening']['whole']}", " ", left)
    scope = Scope(tuple(named), tuple(excepted), tuple(kinds), everywhere, (*missing, *unknown))
    return scope, _title(left)


def _named(found: re.Match[str] | None) -> str:
    """What for, when the word before "点名" is all that says so ("防汛点名")."""
    urgent = found["urgent"] if found is not None else None
    return "" if urgent is None or urgent in _words()["opening"]["nameless"].split() else urgent


def _title(left: str) -> str:
    edges = _words()["opening"]["edges"]
    title = re.sub(rf"^(?:{edges})+", "", left)
    title = re.sub(r"[ ,、。:;!\n的和]+$", "", title)
    return re.sub(r"[ ,\n]+", " ", title)


def _groups(text: str, groups: Sequence[str]) -> tuple[list[str], list[str], str]:
    """The groups that a text names, those named that are not there, and the text without them."""
    found: list[str] = []
    for name in sorted(groups, key=len, reverse=True):
        if name in text and not _number_of(name):
            found.append(name)
            text = text.replace(name, " ")
    missing: list[str] = []
    for stretch in _lists().finditer(text):
        for number in _numbers(stretch[0]):
            named = [name for name in groups if _number_of(name) == number]
            found += named
            if not named:
                missing.append(str(number))
    kept = [name for name in groups if name in found]
    return kept, missing, _lists().sub(" ", text)


def _numbers(stretch: str) -> list[int]:
    """三组四组, 三、四组, 3-5组, 三四组, 第三组."""
    unit = _words()["opening"]["group_unit"]
    numbers: list[int] = []
    reaching = False
    for item in re.finditer(rf"第?(?P<n>{_NUMERAL})(?:{unit})?(?P<dash>{_DASH})?", stretch):
        read = _split(item["n"])
        if reaching and numbers and read:
            numbers += range(numbers[-1] + 1, read[0] + 1)
        else:
            numbers += read
        reaching = item["dash"] is not None
    return numbers


def _split(numeral: str) -> list[int]:
    """The numbers in a numeral: 三四 are two groups, 十二 is one."""
    if not numeral.isdecimal() and "十" not in numeral and len(numeral) > 1:
        return [number for digit in numeral if (number := read_numeral(digit)) is not None]
    number = read_numeral(numeral)
    return [] if number is None else [number]


def _number_of(group: str) -> int | None:
    found = re.search(_NUMERAL, group)
    return None if found is None else read_numeral(found[0])


@cache
def _lists() -> re.Pattern[str]:
    unit = _words()["opening"]["group_unit"]
    joined = rf"(?:第?{_NUMERAL}(?:{unit})?(?:{_SEPARATOR}|{_DASH})?)*"
    return re.compile(rf"{joined}第?{_NUMERAL}(?:{unit})")


@cache
def _words() -> dict[str, Any]:
    return load("roll_call")
