"""What a button carries: a verb, what it is about, and the version it was shown for.

A button may be pressed long after the world has moved on. The version tells: when it is no longer the
subject's own, the press is stale, changes nothing, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_LIMIT = 64  # bytes, the platform's


class Verb(StrEnum):
    """What a press asks for. `id` and `choice` mean what is written here."""

    ACKNOWLEDGE = "ack"  # matter: I have seen it and take it
    SOLVED = "sol"  # matter: dealt with, say those who hold it
    CANNOT = "cant"  # matter: cannot be solved and that has been explained, say those who hold it
    OUTCOME = "out"  # matter: how it ended; choice is a domain.matters.Outcome
    SHOW = "show"  # matter: show it in full
    ANSWER = "ans"  # question: choice is `yes`, `no` or the number of what was chosen
    TEACH = "teach"  # question: a lesson's next step; version is the step, choice what was chosen
    FIX_MATTER = "fixm"  # matter: it was read wrongly; choice as in services.correct_matter
    FIX_REPORT = "fixr"  # report: it was read wrongly; choice as in services.correct_visit


class BadButton(ValueError):
    """The data is not one of our buttons."""


@dataclass(frozen=True, slots=True)
class Press:
    """A decoded button. `version` is 0 where the subject has none."""

    verb: Verb
    id: int
    version: int
    choice: str = ""


def encode(verb: Verb, id: int, version: int = 0, choice: str = "") -> str:
    """The callback data of a button: at most 64 bytes, ASCII.

    Raises:
        ValueError: it would be longer.
    """
    data = f"{verb}:{id}:{version}:{choice}"
    if len(data.encode()) > _LIMIT:
        raise ValueError(f"a button's data is longer than {_LIMIT} bytes: {data!r}")
    return data


def decode(data: str) -> Press:
    """The press that `encode` made `data` for.

    Raises:
        BadButton: it is none of ours.
    """
    parts = data.split(":", 3)
    try:
        verb, subject, version, choice = parts
        return Press(Verb(verb), int(subject), int(version), choice)
    except ValueError:
        raise BadButton(data) from None
