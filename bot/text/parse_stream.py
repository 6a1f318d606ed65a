"""`python -m bot parse`: messages in, acts out, one JSON object a line."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TextIO

from bot.domain.acts import Act, Activity, Correction, Grievance, Resolution, Visit
from bot.text import explaining
from bot.text.messages import Context, Message, Speaker
from bot.text.understand import understand

_KIND: dict[type, str] = {
    Visit: "visit",
    Grievance: "grievance",
    Resolution: "resolution",
    Correction: "correction",
    Activity: "activity",
}
# fields that stay inside: the guide's acts do not have them
_INNER = {"sureness", "evidence", "span", "withdraw"}


def as_json(act: Act) -> dict[str, Any]:
    """The act as the guide writes it."""
    out: dict[str, Any] = {"kind": _KIND[type(act)]}
    for field in dataclasses.fields(act):
        if field.name in _INNER or (field.name == "about" and isinstance(act, Resolution)):
            continue
        value = getattr(act, field.name)
        out[field.name] = value.isoformat() if isinstance(value, date) else value
    return out


class BadLine(ValueError):
    """A line that is no message; the text says what is wrong with it."""


def read_message(line: str) -> tuple[str, Message]:
    """The id and the message of one JSON line.

    Raises:
        BadLine: it is no JSON object or lacks something.
    """
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError):
        raise BadLine("not a JSON object") from None
    if not isinstance(raw, dict):
        raise BadLine("not a JSON object")
    for key in ("id", "text", "at", "speaker"):
        if not isinstance(raw.get(key), str):
            raise BadLine(f"{key!r} is missing or no text")
    try:
        at = datetime.fromisoformat(raw["at"])
    except ValueError:
        raise BadLine(f"'at' is no ISO 8601 time: {raw['at']!r}") from None
    if at.tzinfo is None:
        raise BadLine(f"'at' has no offset: {raw['at']!r}")
    try:
        speaker = Speaker(raw["speaker"])
    except ValueError:
        raise BadLine(f"'speaker' is none of {', '.join(Speaker)}: {raw['speaker']!r}") from None
    reply = raw.get("reply_to")
    if reply is not None and not isinstance(reply, str):
        raise BadLine("'reply_to' is neither text nor null")
    return raw["id"], Message(raw["text"], at, speaker, reply)


def parse_stream(
    source: TextIO, output: TextIO, errors: TextIO, *, roster: Sequence[str] = (), explain: bool = False
) -> int:
    """Read messages line by line, write their acts; faulty lines are named on `errors`.

    roster: names known beforehand. explain: add the key `explain` to each line, what `explaining.explain`
    says of each act, also of those too unsure to print, and of the candidates that failed.
    Returns the exit code: 0, or 1 when a line was faulty.
    """
    context = Context(households=tuple(roster))
    faults = 0
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            name, message = read_message(line.lstrip("\ufeff"))
        except BadLine as fault:
            faults += 1
            errors.write(f"line {number}: {fault}\n")
            continue
        found = understand(message, context)
        out: dict[str, Any] = {
            "id": name,
            "acts": [as_json(act) for act, ok in zip(found.acts, found.likely, strict=True) if ok],
        }
        if explain:
            out["explain"] = explaining.explain(found, message, context)
        output.write(json.dumps(out, ensure_ascii=False) + "\n")
        output.flush()  # whoever sends one message and waits for its acts gets them
    return 1 if faults else 0
