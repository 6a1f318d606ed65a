"""The presets as data, one `*.toml` each over `common.toml`, and how they become a `Preset`.

A parameter's name is its path in those files: `cadence.key`, `clocks.urgent.acknowledge`, `quiet.start`.
A unit's overrides use the same names.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.acts import Urgency
from bot.domain.ladder import Spans
from bot.domain.preset import Preset
from bot.domain.roster import HouseholdKind
from bot.domain.village_calendar import (
    MOST_BUSY_DAYS,
    BusyDays,
    NoSuchDays,
    VillageCalendar,
    read_busy,
)
from bot.holidays import day_kind

DEFAULT = "huozhou"

_OPTIONAL = {
    f"clocks.{urgency}.{part}"
    for urgency in Urgency
    for part in ("warn_acknowledge", "warn_solve", "pauses")
}


class ParameterWrong(ValueError):
    """There is no such preset or parameter, or it can't have this value; the text names it."""


def names() -> list[str]:
    """The presets there are, sorted."""
    found = (path.name.removesuffix(".toml") for path in files(__name__).iterdir() if path.is_file())
    return sorted(name for name in found if name != "common" and not name.endswith((".py", ".pyc")))


def load(name: str, overrides: Mapping[str, Any] | None = None) -> Preset:
    """The preset `name` with single parameters changed (`{"cadence.key": 5, "quiet.start": "22:00"}`).

    Args:
        overrides: as JSON can hold them; null: none.

    Raises:
        ParameterWrong: when there is no such preset or parameter, or a value does not fit.
    """
    return _load(name, json.dumps(overrides or {}, sort_keys=True))


# Every unit's parameters are asked for in each cycle, and hardly any unit has overrides of its own.
@lru_cache(maxsize=1024)
def _load(name: str, overrides: str) -> Preset:
    values = _Values({**_stored(name), **json.loads(overrides)})
    return Preset(
        name=name,
        title=values.text("title"),
        zone=values.zone("timezone"),
        cadence={kind: values.number(f"cadence.{kind}", least=1) for kind in HouseholdKind},
        links_least=values.number("links.least"),
        links_most=values.number("links.most"),
        reminder_share=values.share("reminders.share"),
        reminder_days_before=values.number("reminders.days_before"),
        reminder_at=values.time("reminders.at"),
        notices_a_day=values.number("budget.notices_a_day", least=1),
        spans={urgency: values.spans(f"clocks.{urgency}") for urgency in Urgency},
        complex_solve=values.span("clocks.complex_solve"),
        call_every=values.span("calls.every"),
        calls=values.number("calls.times"),
        confirm_remind_after=values.span("confirm.remind_after"),
        confirm_close_after=values.span("confirm.close_after"),
        joining_days=values.number("voices.joining_days", least=1),
        hurry_from=values.number("voices.hurry_from", least=2),
        hurry_share=values.share("voices.hurry_share"),
        look_back_share=values.share("look_back.share"),
        look_back_days=values.number("look_back.days", least=1),
        recurrence_times=values.number("recurrence.times", least=2),
        recurrence_days=values.number("recurrence.days", least=1),
        quiet_start=values.time("quiet.start"),
        quiet_end=values.time("quiet.end"),
        calendar=VillageCalendar(
            kind_of=day_kind,
            holidays=values.flag("calendar.holidays"),
            weekends=values.flag("calendar.weekends"),
            busy=values.busy("calendar.busy"),
        ),
        digest_at=values.time("digest.at"),
        digest_weekday=values.number("digest.weekday", least=1, most=7),
        party_day_rule=values.text("party_day.rule"),
        party_day_at=values.time("party_day.at"),
        party_day_remind_days=values.numbers("party_day.remind_days"),
        party_day_draft_days=values.number("party_day.draft_days"),
        spot_check_share=values.share("spot_check.share"),
        retention_days=values.number("retention.days", least=1),
        heard_days=values.number("retention.heard_days", most=31),
    )


def known_parameters() -> frozenset[str]:
    """The names of all parameters."""
    return frozenset(_read("common")) | _OPTIONAL


def _stored(name: str) -> dict[str, Any]:
    if name not in names():
        raise ParameterWrong(f"there is no preset {name!r}; there are {', '.join(names())}")
    return {**_read("common"), **_read(name)}


@cache
def _read(name: str) -> dict[str, Any]:
    return _flat(tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8")))


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in table.items():
        flat |= _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return flat


class _Values:
    """Parameters by name, each read as what it has to be."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        if unknown := sorted(set(values) - known_parameters()):
            raise ParameterWrong(f"there is no parameter {unknown[0]!r}")
        self._values = values

    def text(self, name: str) -> str:
        return str(self._values[name])

    def zone(self, name: str) -> ZoneInfo:
        try:
            return ZoneInfo(self.text(name))
        except (ZoneInfoNotFoundError, ValueError):
            raise self._wrong(name, "a time zone such as Asia/Shanghai") from None

    def number(self, name: str, *, least: int = 0, most: int | None = None) -> int:
        try:
            number = int(self.text(name))
        except ValueError:
            raise self._wrong(name, "a whole number") from None
        if number < least or (most is not None and number > most):
            raise self._wrong(name, f"at least {least}" if most is None else f"from {least} to {most}")
        return number

    def numbers(self, name: str) -> tuple[int, ...]:
        value = self._values[name]
        parts = value if isinstance(value, list) else re.findall(r"\d+", str(value))
        return tuple(sorted({int(part) for part in parts}, reverse=True))

    def share(self, name: str) -> float:
        try:
            share = float(self.text(name))
        except ValueError:
            raise self._wrong(name, "a number from 0 to 1") from None
        if not 0 <= share <= 1:
            raise self._wrong(name, "a number from 0 to 1")
        return share

    def time(self, name: str) -> time:
        try:
            return time.fromisoformat(self.text(name))
        except ValueError:
            raise self._wrong(name, "a time such as 21:30") from None

    def span(self, name: str) -> timedelta:
        found = re.fullmatch(r"(\d+)\s*([mhd])", self.text(name))
        if found is None:
            raise self._wrong(name, "a span such as 15m, 24h or 7d")
        unit = {"m": "minutes", "h": "hours", "d": "days"}[found[2]]
        return timedelta(**{unit: int(found[1])})

    def flag(self, name: str) -> bool:
        return str(self._values.get(name, False)).lower() in ("true", "1", "yes")

    def busy(self, name: str) -> tuple[BusyDays, ...]:
        value = self._values[name]
        parts = value if isinstance(value, list) else re.split(r"[,、\s]+", str(value).strip("[] "))
        try:
            stretches = tuple(read_busy(str(part).strip("\"' ")) for part in parts if part)
        except NoSuchDays:
            wanted = "stretches of days such as 05-28..06-10 or 2026-09-25..2026-10-08"
            raise self._wrong(name, wanted) from None
        if sum(stretch.length for stretch in stretches if stretch.yearly) > MOST_BUSY_DAYS or any(
            stretch.length > MOST_BUSY_DAYS for stretch in stretches
        ):
            raise self._wrong(name, f"at most {MOST_BUSY_DAYS} days of a year")
        return stretches

    def spans(self, name: str) -> Spans:
        def warning(part: str) -> timedelta | None:
            return self.span(f"{name}.{part}") if self._values.get(f"{name}.{part}") else None

        return Spans(
            acknowledge=self.span(f"{name}.acknowledge"),
            solve=self.span(f"{name}.solve"),
            warn_acknowledge=warning("warn_acknowledge"),
            warn_solve=warning("warn_solve"),
            pauses=self.flag(f"{name}.pauses"),
        )

    def _wrong(self, name: str, wanted: str) -> ParameterWrong:
        return ParameterWrong(f"{name} is {self.text(name)!r}, but has to be {wanted}")
