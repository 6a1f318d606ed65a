"""Acts and messages as plain data, for what has to wait in a row until somebody answers."""

from __future__ import annotations

import dataclasses
import datetime as dt
from enum import StrEnum
from typing import Any

from bot.domain.acts import (
    Act,
    Activity,
    ActivityKind,
    Category,
    Correction,
    Grievance,
    Resolution,
    Service,
    Sureness,
    Urgency,
    Visit,
    VisitMode,
)
from bot.domain.inbound import Inbound

_KINDS: dict[str, type[Act]] = {
    "visit": Visit,
    "grievance": Grievance,
    "resolution": Resolution,
    "correction": Correction,
    "activity": Activity,
}
_ENUMS: dict[str, type[StrEnum]] = {
    "sureness": Sureness,
    "category": Category,
    "urgency": Urgency,
    "mode": VisitMode,
    "activity": ActivityKind,
}


def act_to_data(act: Act) -> dict[str, Any]:
    """The act as JSON can keep it."""
    kind = next(name for name, made in _KINDS.items() if isinstance(act, made))
    return {
        "kind": kind,
        **{field.name: _plain(getattr(act, field.name)) for field in dataclasses.fields(act)},
    }


def act_from_data(data: dict[str, Any]) -> Act:
    """The act that `act_to_data` made `data` of."""
    values = {name: _act_value(name, value) for name, value in data.items() if name != "kind"}
    return _KINDS[data["kind"]](**values)


def inbound_to_data(inbound: Inbound) -> dict[str, Any]:
    """The message as JSON can keep it."""
    return {field.name: _plain(getattr(inbound, field.name)) for field in dataclasses.fields(inbound)}


def inbound_from_data(data: dict[str, Any]) -> Inbound:
    """The message that `inbound_to_data` made `data` of."""
    sent_at = dt.datetime.fromisoformat(data["sent_at"])
    return Inbound(**{**data, "sent_at": sent_at, "photos": tuple(data["photos"])})


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dt.date):  # a datetime is a date
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def _act_value(name: str, value: Any) -> Any:
    if name == "services":
        return tuple(Service(item) for item in value)
    if name == "date":
        return dt.date.fromisoformat(value)
    if isinstance(value, list):
        return tuple(value)
    return _ENUMS[name](value) if name in _ENUMS else value
