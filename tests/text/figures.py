"""Share of messages for which the ledger would be right, as the labelling guide reckons it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from bot.text.parse_stream import parse_stream
from tests.text.labelled import Labelled

Acts = Sequence[dict[str, Any]]
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
    """Shares from 0 to 1; null where there is nothing to take a share of.

    right: of all messages. false_alarms: something read, of those without acts. emergencies: found as such,
    of those labelled so. seen: some matter found, of those that tell one. category: the right one, of these.
    """

    right: float | None
    false_alarms: float | None
    emergencies: float | None
    seen: float | None
    category: float | None


def measure(messages: Sequence[Labelled]) -> Figures:
    """Parse labelled messages and compare."""
    pairs = list(zip(messages, _parsed(messages), strict=True))
    telling = [(each, _grievances(found)) for each, found in pairs if each.categories]
    seen = [(each, found) for each, found in telling if found]
    return Figures(
        right=_share(_record(each.acts) == _record(found) for each, found in pairs),
        false_alarms=_share(bool(found) for each, found in pairs if not each.acts),
        emergencies=_share(_grave(found) for each, found in pairs if _grave(each.acts)),
        seen=_share(bool(found) for _, found in telling),
        category=_share(found[0]["category"] == each.categories[0] for each, found in seen),
    )


def _parsed(messages: Sequence[Labelled]) -> list[list[dict[str, Any]]]:
    lines = [json.dumps(each.as_row(), ensure_ascii=False) + "\n" for each in messages]
    output, errors = StringIO(), StringIO()
    code = parse_stream(StringIO("".join(lines)), output, errors)
    assert code == 0, errors.getvalue()
    return [json.loads(line)["acts"] for line in output.getvalue().splitlines()]


def _share(held: Any) -> float | None:
    every = list(held)
    return sum(every) / len(every) if every else None


def _record(acts: Acts) -> Counter[tuple[object, ...]]:
    return Counter(
        (act["kind"], *(tuple(v) if isinstance(v := act.get(f), list) else v for f in _RIGHT[act["kind"]]))
        for act in acts
    )


def _grievances(acts: Acts) -> list[dict[str, Any]]:
    return [act for act in acts if act["kind"] == "grievance"]


def _grave(acts: Acts) -> bool:
    return any(act.get("urgency") == "emergency" for act in acts)
