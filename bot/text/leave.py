"""What is asked about leave ("请假 25日到30日，张建国代", "销假") and busy days ("农忙 5月28日到6月10日")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.text.coming import Stretch, coming_stretch
from bot.text.lexicon import load
from bot.text.normalise import normalise


@dataclass(frozen=True, slots=True)
class LeaveAsked:
    """What a message asks about leave.

    over: the leave is to end now. stretch: its days; null: none are given. substitute: a name as written;
    null: none is given.
    """

    over: bool = False
    stretch: Stretch | None = None
    substitute: str | None = None


@dataclass(frozen=True, slots=True)
class CalendarAsked:
    """What a message asks about the village's calendar.

    off: busy days are to be no more. stretch: new busy days; null: to see what there is.
    unread: days were meant, and not understood.
    """

    off: bool = False
    stretch: Stretch | None = None
    unread: bool = False


def read_leave(text: str, today: date, *, command: bool = False) -> LeaveAsked | None:
    """What a message asks about leave; null when it is about something else.

    Args:
        command: the text is what follows a command for leave.
    """
    words, plain = load("leave"), _plain(text)
    if re.fullmatch(words["over"], plain):
        return LeaveAsked(over=True)
    asked = re.fullmatch(words["ask"], plain, re.DOTALL)
    if asked is None and not command:
        return None
    rest = plain if asked is None else asked["rest"]
    stretch = coming_stretch(rest, today)
    behind = rest if stretch is None else f"{rest[: stretch.start]},{rest[stretch.end :]}"
    return LeaveAsked(stretch=stretch, substitute=_substitute(behind))


def read_leave_of(text: str, names: Iterable[str], today: date) -> tuple[str, LeaveAsked] | None:
    """For whom of these a message takes leave, and which; null: for none of them, or without days."""
    plain = _plain(text).removeprefix("@")
    name = max((one for one in names if plain.startswith(one)), key=len, default="")
    found = re.fullmatch(load("leave")["ask_for"], plain[len(name) :], re.DOTALL)
    if not name or found is None:
        return None
    rest = f"{found['days']},{found['rest']}"
    stretch = coming_stretch(rest, today)
    if stretch is None:
        return None
    behind = f"{rest[: stretch.start]},{rest[stretch.end :]}"
    return name, LeaveAsked(stretch=stretch, substitute=_substitute(behind))


def mentions_leave(text: str) -> bool:
    """Whether it is worth asking whose leave it tells of."""
    return re.search(load("leave")["mention"], text) is not None


def read_calendar(text: str, today: date, *, command: bool = False) -> CalendarAsked | None:
    """What a message asks about the calendar; null when it is about something else.

    Args:
        command: the text is what follows a command for the calendar.
    """
    words, plain = load("leave"), _plain(text)
    if plain in words["calendar"] or (command and not plain):
        return CalendarAsked()
    if re.fullmatch(words["busy_off"], plain):
        return CalendarAsked(off=True)
    asked = re.fullmatch(words["busy"], plain, re.DOTALL)
    if asked is None and not command:
        return None
    stretch = coming_stretch(plain if asked is None else asked["rest"], today)
    return CalendarAsked(stretch=stretch, unread=stretch is None)


def _substitute(text: str) -> str | None:
    for frame in load("leave")["substitute"]:
        found = re.search(frame, text.strip(" ,"))
        if found is not None:
            return found["name"].strip()
    return None


def _plain(text: str) -> str:
    return normalise(text).text.strip().rstrip("。.!！")
