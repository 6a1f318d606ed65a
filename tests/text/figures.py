"""Share of messages for which the ledger would be right, as the labelling guide reckons it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from bot.text.parse_stream import parse_stream

# what of an act must agree for the ledger to be right
_RIGHT = {
    "visit": ("count", "date", "cumulative"),
    "grievance": ("urgency", "resolved"),
    "resolution": ("refers",),
    "correction": ("count",),
    "activity": ("activity",),
}


@dataclass(frozen=True)
class Figures:
    """Shares from 0 to 1. right: all messages. false_alarms: of those without acts.
    emergencies: found as such, of all labelled so."""

    right: float
    false_alarms: float
    emergencies: float


def _record(acts: list[dict[str, Any]]) -> Counter[tuple[object, ...]]:
    return Counter(
        (act["kind"], *(tuple(v) if isinstance(v := act.get(f), list) else v for f in _RIGHT[act["kind"]]))
        for act in acts
    )


def measure(path: Path) -> Figures:
    """Parse the messages of a labelled file and compare."""
    lines = path.read_text("utf-8").splitlines()
    output, errors = StringIO(), StringIO()
    code = parse_stream(StringIO("\n".join(lines) + "\n"), output, errors)
    assert code == 0, errors.getvalue()
    gold = [json.loads(line) for line in lines]
    found = [json.loads(line) for line in output.getvalue().splitlines()]
    right = sum(_record(g["acts"]) == _record(f["acts"]) for g, f in zip(gold, found, strict=True))
    quiet = [f for g, f in zip(gold, found, strict=True) if not g["acts"]]
    grave = [
        any(act.get("urgency") == "emergency" for act in f["acts"])
        for g, f in zip(gold, found, strict=True)
        if any(act.get("urgency") == "emergency" for act in g["acts"])
    ]
    return Figures(
        right=right / len(gold),
        false_alarms=sum(bool(f["acts"]) for f in quiet) / len(quiet),
        emergencies=sum(grave) / len(grave),
    )
