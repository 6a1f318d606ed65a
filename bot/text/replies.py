"""Short answers: to a matter, to a report, to the bot. Read only where it is known what they answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bot.text.lexicon import load
from bot.text.normalise import normalise
from bot.text.numbers import NUMERAL, read_numeral

_LONGEST = 40  # characters; what is longer tells something of its own


class ReplyKind(StrEnum):
    """What an answer to a matter says, in the order in which it is looked for."""

    NOT_SOLVED = "not_solved"
    PARTLY = "partly"
    CANNOT = "cannot"
    SOLVED = "solved"
    TAKE = "take"
    SEEN = "seen"
    SATISFIED = "satisfied"


@dataclass(frozen=True, slots=True)
class Swap:
    """One household was named for another."""

    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Command:
    """Something asked of the bot in a word. `name` is a key of lexicon/commands.toml."""

    name: str
    number: int | None = None


def read_reply(text: str) -> ReplyKind | None:
    """What a short answer to a matter says; null when it is too long or says none of it."""
    plain = normalise(text).text.strip()
    if not plain or len(plain) > _LONGEST or asks(plain):
        return None
    return next((kind for kind, pattern in _answers() if pattern.search(plain)), None)


def asks(text: str) -> bool:
    """Whether a short answer asks something rather than says it ("修好了吗")."""
    questions, none = _questions()
    return bool(questions.search(text)) and not none.search(text)


def takes_back(text: str) -> bool:
    """Whether the whole message takes something back ("撤回")."""
    return takes_back_plainly(normalise(text).text)


def takes_back_plainly(plain: str) -> bool:
    """The same of a text in plain spelling."""
    return _withdrawal().fullmatch(plain.strip(" 。!！.，,\n")) is not None


@cache
def _withdrawal() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in load("replies")["withdraw"]))


def read_count(text: str) -> int | None:
    """The number when a message is a number of households and nothing else ("4户", "是四户", "3")."""
    words = load("replies")["count"]
    plain = normalise(text).text.strip()
    if not plain or len(plain) > _LONGEST:
        return None
    found = re.fullmatch(_count_pattern(), plain)
    if found is None or re.fullmatch(words["estimate"], found["n"]):
        return None
    number = read_numeral(found["n"])
    return number if number is not None and 0 < number <= words["most"] else None


def number_settled(text: str) -> int | None:
    """The number in "12号修好了", which may also be a day: look whether there is such a matter."""
    plain = normalise(text).text.strip()
    found = re.match(r"第?([0-9]{1,6})号(事项?|问题)?的?[,， ]?", plain)
    if found is None or not dict(_answers())[ReplyKind.SOLVED].search(plain[found.end() :]):
        return None
    return int(found[1])


def says_only_solved(text: str) -> bool:
    """Whether it says that something is settled and not what ("已经修好了")."""
    return _says_only(text, ReplyKind.SOLVED)


def says_only_take(text: str) -> bool:
    """Whether it says that somebody is on their way, and not what for ("我马上过去")."""
    return _says_only(text, ReplyKind.TAKE)


def says_only_not_solved(text: str, matter: str = "") -> bool:
    """Whether it says that something is not settled, and tells nothing else ("还没修呢").

    matter: the words of what it is about, which may be said again ("路灯还没修").
    """
    plain, known = normalise(text).text, normalise(matter).text
    pairs = {known[i : i + 2] for i in range(len(known) - 1)}
    again = [plain[i : i + 2] in pairs for i in range(len(plain))]
    fresh = [c for i, c in enumerate(plain) if not (again[i] or (i and again[i - 1]))]
    return _says_only(text, ReplyKind.NOT_SOLVED) or (
        read_reply(text) is ReplyKind.NOT_SOLVED and _is_filling("".join(fresh), ReplyKind.NOT_SOLVED)
    )


def _says_only(text: str, kind: ReplyKind) -> bool:
    plain = normalise(text).text
    return bool(dict(_answers())[kind].search(plain)) and _is_filling(plain, kind)


def _is_filling(plain: str, kind: ReplyKind) -> bool:
    """Whether nothing is left of the words but what says so, and what may stand beside that."""
    listed = load("replies")["still_fillers" if kind is ReplyKind.NOT_SOLVED else "fillers"]
    rest = dict(_answers())[kind].sub("", plain)
    return not re.sub("|".join(listed), "", rest).strip()


def read_swap(text: str) -> Swap | None:
    """The household named wrongly and the right one ("不是老王家，是老李家"); null when there is none."""
    plain = normalise(text).text.strip()
    frames, no_names = _swaps()
    for frame in frames:
        found = frame.search(plain)
        if found and not no_names.search(found["wrong"]) and not no_names.search(found["right"]):
            return Swap(found["wrong"].strip(), found["right"].strip())
    return None


def read_command(text: str) -> Command | None:
    """What is asked of the bot when `text` is one of its words and nothing else."""
    plain = normalise(text).text.strip().rstrip("。!！?？")
    for name, words in load("commands").items():
        for word in words:
            if plain == word and name != "matter":
                return Command(name)
            number = re.fullmatch(re.escape(word) + r"\s*[#第]?\s*(\d{1,9})\s*号?", plain)
            if number and name == "matter":
                return Command(name, int(number[1]))
    return None


@cache
def _answers() -> list[tuple[ReplyKind, re.Pattern[str]]]:
    words = load("replies")
    return [(kind, re.compile("|".join(f"(?:{one})" for one in words[kind]))) for kind in ReplyKind]


@cache
def _questions() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load("replies")
    return re.compile("|".join(words["question"])), re.compile("|".join(words["no_question"]))


@cache
def _count_pattern() -> str:
    whole: str = load("replies")["count"]["whole"]
    return whole.replace("{n}", NUMERAL)


@cache
def _swaps() -> tuple[list[re.Pattern[str]], re.Pattern[str]]:
    words = load("replies")["swap"]
    return [re.compile(frame) for frame in words["frames"]], re.compile("|".join(words["no_names"]))
