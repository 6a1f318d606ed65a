"""What is said of meetings: signing in, excuses, the agenda, minutes, dues, reporting in.

All of it whole messages in a narrow form, so that nothing said in passing moves a Party day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from typing import Any

from bot.text.coming import coming_day
from bot.text.lexicon import load
from bot.text.normalise import normalise
from bot.text.numbers import read_numeral


class Asks(StrEnum):
    """What a message wants of the bot; the lexicon has a pattern of each name."""

    SHOW = "show"
    MOVE = "move"
    MOVE_BARE = "move_bare"  # to a day, without saying what
    MOVE_ALONE = "move_alone"
    CALL_OFF = "call_off"
    SIGN_IN = "sign_in"
    SIGN_IN_FOR = "sign_in_for"
    EXCUSE = "excuse"
    ADD = "add"
    DROP = "drop"
    FIX = "fix"
    MINUTES = "minutes"
    MINUTES_AGAIN = "minutes_again"
    MINUTES_SHOW = "minutes_show"
    DUES_PAID = "dues_paid"
    DUES_SHOW = "dues_show"
    REPORT_IN = "report_in"
    REPORT_IN_WORDS = "report_in_words"
    REPORT_IN_SHOW = "report_in_show"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class MeetingAsked:
    """What a message asks about meetings.

    words: an item, a reason, the minutes, as written. names: people signed in, as written.
    number: of an agenda item. day, hour: to which a meeting is moved; a null day was not understood.
    kind: of a member (domain.meetings.StudyKind), of whoever `names` has; empty: the speaker.
    """

    what: Asks
    words: str = ""
    names: tuple[str, ...] = ()
    number: int | None = None
    day: date | None = None
    hour: time | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ToldAttendance:
    """How many were expected, came and were excused, as a message says; null: it does not."""

    expected: int | None = None
    present: int | None = None
    excused: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a sentence of minutes says was decided.

    number: of the matter; item: of the agenda's item; the one of them that is not said is null.
    words: the decision, as written. due: its last day; null: none is said.
    """

    words: str
    number: int | None = None
    item: int | None = None
    due: date | None = None


def read_meeting(text: str, today: date) -> MeetingAsked | None:
    """What a message asks about meetings; null when it is about something else."""
    written = normalise(text)
    start = len(written.text) - len(written.text.lstrip())
    end = len(written.text.rstrip("。.!~ \n"))
    for what in Asks:
        found = _pattern(what).fullmatch(written.text, start, end)
        if found is not None:
            spans = (found.span(name) for name in found.groupdict() if name.startswith("words"))
            words = next((written.written(*span).strip() for span in spans if span[0] >= 0), "")
            return _read(what, found.groupdict(), words, today)
    return None


def read_move(text: str, today: date) -> tuple[date | None, time | None]:
    """The day, and the hour if one is said, to which a meeting is moved."""
    plain = normalise(text).text
    hour = _hour(plain)
    day = coming_day(plain, today)
    return (None if day is None else day.day), hour


def read_names(text: str) -> tuple[str, ...]:
    """The names of a list of people, as written."""
    plain = normalise(text).text
    parts = re.split(r"[ ,、;。\n和]+|以及|还有", plain)
    return tuple(dict.fromkeys(part.removesuffix("同志") for part in parts if part))


def kind_in_note(note: str) -> str:
    """The kind of member (domain.meetings.StudyKind) that a note on them names; empty: none, or several."""
    plain = normalise(note).text
    kinds = [kind for kind, pattern in load("meetings")["kinds"].items() if re.search(pattern, plain)]
    return kinds[0] if len(kinds) == 1 else ""


def read_parts(text: str) -> tuple[str, ...]:
    """The answers of a group's report to its branch, as written, without their headings."""
    words = load("meetings")["parts"]
    parts = (re.sub(words["heading"], "", part.strip()).strip() for part in re.split(words["between"], text))
    return tuple(part for part in parts if part)


def read_told(text: str) -> ToldAttendance:
    """How many were expected, came and were excused."""
    plain = normalise(text).text
    found = {name: re.search(pattern, plain) for name, pattern in load("meetings")["told"].items()}
    return ToldAttendance(
        **{name: None if match is None else int(_given(match, "n")) for name, match in found.items()}
    )


def read_decisions(text: str, today: date) -> list[Decision]:
    """The decisions on matters or items of the agenda that minutes tell, in order."""
    words = load("meetings")["decisions"]
    written = normalise(text)
    found = []
    for sentence in re.finditer(words["sentence"], written.text):
        matter, item = re.search(words["matter"], sentence[0]), re.search(words["item"], sentence[0])
        about = matter or item
        if about is None:
            continue
        lead = re.match(words["lead"], sentence[0][about.end() :])
        start = sentence.start() + about.end() + (lead.end() if lead else 0)
        decided = written.written(start, sentence.end()).strip(" ,，:：")
        if not decided:
            continue
        day = coming_day(written.text[start : sentence.end()], today)
        due = None if day is None or day.day < today else day.day
        value = _given(about, "n")
        number = int(value) if value.isdecimal() else read_numeral(value)
        found.append(
            Decision(decided, number=number, due=due)
            if matter is not None
            else Decision(decided, item=number, due=due)
        )
    return found


def _read(what: Asks, groups: dict[str, str | None], words: str, today: date) -> MeetingAsked:
    if what in (Asks.MOVE, Asks.MOVE_BARE):
        day, hour = read_move(groups["day"] or "", today)
        return MeetingAsked(what, day=day, hour=hour)
    if what is Asks.SIGN_IN_FOR:
        return MeetingAsked(what, names=read_names(groups["names"] or ""))
    if what is Asks.DROP:
        number = groups["number"] or ""
        return MeetingAsked(what, number=int(number) if number.isdecimal() else read_numeral(number))
    if what is Asks.KIND:
        said = groups["kind"] or ""
        name = re.sub("(?:是|属于|算)$", "", groups["name"] or "")
        kinds = load("meetings")["kinds"]
        kind = next(kind for kind, pattern in kinds.items() if re.fullmatch(pattern, said))
        return MeetingAsked(what, kind=kind, names=() if name == "我" else (name,))
    return MeetingAsked(what, words=words)


def _hour(plain: str) -> time | None:
    hours = load("meetings")["hours"]
    found = re.search(hours["clock"], plain)
    if found is None:
        return None
    said = found["hour"]
    hour = int(said) if said.isdecimal() else read_numeral(said) or 0
    if found["part"] and re.fullmatch(hours["later"], found["part"]) and hour < 12:
        hour += 12
    minute = 30 if found["half"] else int(found["minute"] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _given(match: re.Match[str], name: str) -> str:
    return next(value for key, value in match.groupdict().items() if key.startswith(name) and value)


@cache
def _pattern(what: Asks) -> re.Pattern[str]:
    words: dict[str, Any] = load("meetings")
    kinds = "|".join(words["kinds"].values())
    pattern = words[what].replace("{party}", words["party"]).replace("{kinds}", kinds)
    return re.compile(pattern, re.DOTALL)
