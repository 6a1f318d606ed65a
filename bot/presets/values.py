"""Parameters by name, each read as what it has to be."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.ladder import Spans
from bot.domain.village_calendar import MOST_BUSY_DAYS, BusyDays, NoSuchDays, read_busy


class ParameterWrong(ValueError):
    """There is no such preset or parameter, or it can't have this value; the text names it."""


class Values:
    """Parameters by name, each read as what it has to be."""

    def __init__(self, values: Mapping[str, Any], *, known: Collection[str]) -> None:
        """`known`: the names there are; any other is refused."""
        if unknown := sorted(set(values) - set(known)):
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

    def names(self, name: str) -> frozenset[str]:
        value = self._values[name]
        parts = value if isinstance(value, list) else re.split(r"[,、\s]+", str(value))
        return frozenset(str(part).strip() for part in parts if str(part).strip())

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
