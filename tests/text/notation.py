r"""How labelled messages are written down: one to a line, in files that people can read and compare.

    @ 2026-11-18 19:05
    # henan old dictated
    r | 俺家水龙头拧开了没有水都一上午了 | infrastructure!
    m | 后晌去了趟栓柱家 他娘腿疼下不了床 | visit 1 @栓柱 health_check; health @栓柱
    m | 4户 | correction 4 | 今天走访3户
    r | 谢谢 | -

`@` says when the messages below were sent (in China), `#` what they are like. A message has its speaker
(resident, member, secretary), its text (`\n` for the end of a line), its acts and, if it answers one, the
text of that. Where a message of several sentences goes over to something else, its text has a `‖`, which is
no part of it; files with such marks have them wherever they belong. The acts are

* a matter by its category: `!` urgent, `!!` an emergency, `+` over already, `@` whose it is;
* `visit` with the number of households, or `?`: `@` their names, `phone` or `online`, `cumulative`, services;
* `resolution` with the numbers of the matters, `correction` with the number that holds, both with none;
* `activity` with its kind: `p=` participants.

The day of a visit or activity is told as days from that of the message (`d=-1`), and left out where it is the
same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import accumulate
from typing import Any

from bot.domain.acts import Category, Urgency, VisitMode

_CHINA = timezone(timedelta(hours=8))
_SPEAKERS = {"r": "resident", "m": "member", "s": "secretary"}
_SENT, _TAGS, _BESIDE, _THEN, _AND = "@ ", "# ", " | ", "; ", ","
_GOES_OVER = "‖"
_WHOSE, _DAY, _PARTICIPANTS, _OVER, _UNKNOWN, _NONE = "@", "d=", "p=", "+", "?", "-"
_URGENCIES = {"": Urgency.NORMAL, "!": Urgency.URGENT, "!!": Urgency.EMERGENCY}
_MODES = frozenset(VisitMode)

Act = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """One message; the keys of its acts are those of the labelling guide.

    reply_to: null when none. begins: the places in the text where it goes over to something else.
    """

    at: datetime
    tags: tuple[str, ...]
    speaker: str
    text: str
    acts: tuple[Act, ...]
    reply_to: str | None
    begins: tuple[int, ...]


def messages(lines: str) -> Iterator[Written]:
    """Those of a file. KeyError, ValueError: a line that is none."""
    at, tags = datetime.min.replace(tzinfo=_CHINA), tuple[str, ...]()
    for line in lines.splitlines():
        if line.startswith(_SENT):
            at = datetime.fromisoformat(line.removeprefix(_SENT)).replace(tzinfo=_CHINA)
        elif line.startswith(_TAGS):
            tags = tuple(line.removeprefix(_TAGS).split())
        else:
            speaker, text, acts, *answered = line.split(_BESIDE)
            told = [] if acts == _NONE else acts.split(_THEN)
            tellings = text.replace(r"\n", "\n").split(_GOES_OVER)
            yield Written(
                at,
                tags,
                _SPEAKERS[speaker],
                "".join(tellings),
                tuple(_act(each, at) for each in told),
                answered[0].replace(r"\n", "\n") if answered else None,
                tuple(accumulate(map(len, tellings[:-1]))),
            )


def _act(told: str, at: datetime) -> Act:
    head, *rest = told.split()
    if head == "visit":
        return _visit(rest, at)
    if head == "activity":
        number = _value(rest, _PARTICIPANTS)
        participants = None if number is None else int(number)
        return {"kind": head, "activity": rest[0], "participants": participants, "date": _day(rest, at)}
    if head == "resolution":
        return {"kind": head, "refers": [int(each) for each in rest]}
    if head == "correction":
        return {"kind": head, "count": int(rest[0]) if rest else None}
    category = head.rstrip("!")
    return {
        "kind": "grievance",
        "category": Category(category).value,
        "urgency": _URGENCIES[head.removeprefix(category)].value,
        "about": _value(rest, _WHOSE),
        "resolved": _OVER in rest,
    }


def _visit(rest: list[str], at: datetime) -> Act:
    number, *rest = rest
    names = _value(rest, _WHOSE)
    plain = [each for each in rest if not each.startswith((_WHOSE, _DAY))]
    mode = next((each for each in plain if each in _MODES), VisitMode.HOME.value)
    return {
        "kind": "visit",
        "count": None if number == _UNKNOWN else int(number),
        "households": names.split(_AND) if names else [],
        "date": _day(rest, at),
        "mode": mode,
        "cumulative": "cumulative" in plain,
        "services": [each for each in plain if each not in _MODES and each != "cumulative"],
    }


def _value(rest: list[str], mark: str) -> str | None:
    return next((each.removeprefix(mark) for each in rest if each.startswith(mark)), None)


def _day(rest: list[str], at: datetime) -> str:
    return (at.date() + timedelta(days=int(_value(rest, _DAY) or 0))).isoformat()
