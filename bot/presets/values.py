"""Parameters by name, each read as what it has to be."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import time, timedelta
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.ladder_times import Spans
from bot.domain.village_calendar import MOST_BUSY_DAYS, BusyDays, NoSuchDays, read_busy
from bot.wording import say

Kind = TypeVar("Kind", bound=StrEnum)


class ParameterWrong(ValueError):
    """There is no such preset or parameter, or it can't have this value; the text says so."""


class Values:
    """Parameters by name, each read as what it has to be."""

    def __init__(self, values: Mapping[str, Any], *, known: Collection[str]) -> None:
        """`known`: the names there are; any other is refused."""
        if unknown := sorted(set(values) - set(known)):
            raise unknown_parameter(unknown[0], known)
        self._values = values

    def text(self, name: str) -> str:
        return str(self._values[name])

    def zone(self, name: str) -> ZoneInfo:
        try:
            return ZoneInfo(self.text(name))
        except (ZoneInfoNotFoundError, ValueError):
            raise self.wrong(name, say("parameters.wanted_zone")) from None

    def number(self, name: str, *, least: int = 0, most: int | None = None) -> int:
        try:
            number = int(self.text(name))
        except ValueError:
            raise self.wrong(name, say("parameters.wanted_number")) from None
        if number < least or (most is not None and number > most):
            wanted = "wanted_least" if most is None else "wanted_between"
            raise self.wrong(name, say(f"parameters.{wanted}", least=least, most=most))
        return number

    def numbers(self, name: str) -> tuple[int, ...]:
        value = self._values[name]
        parts = value if isinstance(value, list) else re.split(r"[、,，\s]+", str(value).strip("[] "))
        try:
            return tuple(sorted({int(part) for part in parts if part != ""}, reverse=True))
        except ValueError:
            raise self.wrong(name, say("parameters.wanted_numbers")) from None

    def words(self, name: str) -> tuple[str, ...]:
        """A list of words, in their order; as text they are set apart by 、 or commas."""
        value = self._values[name]
        parts = value if isinstance(value, list) else re.split(r"[、,，;；]", str(value).strip("[]"))
        return tuple(dict.fromkeys(word for part in parts if (word := str(part).strip())))

    def some_of(self, name: str, kinds: type[Kind]) -> tuple[Kind, ...]:
        """Some of the values of an enumeration, in their order."""
        try:
            return tuple(kinds(word) for word in self.words(name))
        except ValueError:
            known = "、".join(kinds)
            raise self.wrong(name, say("parameters.wanted_some_of", known=known)) from None

    def share(self, name: str) -> float:
        try:
            share = float(self.text(name))
        except ValueError:
            raise self.wrong(name, say("parameters.wanted_share")) from None
        if not 0 <= share <= 1:
            raise self.wrong(name, say("parameters.wanted_share"))
        return share

    def decimal(self, name: str, *, least: float, most: float) -> float:
        try:
            number = float(self.text(name))
        except ValueError:
            number = least - 1
        if not least <= number <= most:
            raise self.wrong(name, say("parameters.wanted_decimal", least=least, most=most))
        return number

    def time(self, name: str) -> time:
        try:
            return time.fromisoformat(self.text(name))
        except ValueError:
            raise self.wrong(name, say("parameters.wanted_time")) from None

    def span(self, name: str) -> timedelta:
        found = re.fullmatch(r"(\d+)\s*([mhd])", self.text(name))
        if found is None:
            raise self.wrong(name, say("parameters.wanted_span"))
        unit = {"m": "minutes", "h": "hours", "d": "days"}[found[2]]
        return timedelta(**{unit: int(found[1])})

    def flag(self, name: str) -> bool:
        value = str(self._values.get(name, False)).lower()
        if value not in _YES and value not in _NO:
            raise self.wrong(name, say("parameters.wanted_flag"))
        return value in _YES

    def lines(self, name: str) -> tuple[str, ...]:
        """A list of sentences, in their order; as text they are set apart by semicolons."""
        value = self._values[name]
        parts = value if isinstance(value, list) else re.split("[;；]", str(value))
        return tuple(line for part in parts if (line := str(part).strip()))

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
            raise self.wrong(name, say("parameters.wanted_busy")) from None
        if sum(stretch.length for stretch in stretches if stretch.yearly) > MOST_BUSY_DAYS or any(
            stretch.length > MOST_BUSY_DAYS for stretch in stretches
        ):
            raise self.wrong(name, say("parameters.wanted_busy_most", most=MOST_BUSY_DAYS))
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

    def wrong(self, name: str, wanted: str) -> ParameterWrong:
        """What is raised when a parameter's value does not fit; `wanted`: what it should be."""
        return wrong_value(name, self.text(name), wanted)


def wrong_value(name: str, value: str, wanted: str) -> ParameterWrong:
    """What is raised when a parameter has a value that it can't have; `wanted`: what it should be."""
    return ParameterWrong(say("parameters.wrong", name=name, value=value, wanted=wanted))


def unknown_parameter(name: str, known: Collection[str]) -> ParameterWrong:
    """What is raised when there is no such parameter, with those that are called almost so."""
    close = get_close_matches(name, known, n=3, cutoff=0.7)
    like = say("parameters.like", names="、".join(close)) if close else say("parameters.like_none")
    return ParameterWrong(say("parameters.unknown", name=name, like=like))


_YES, _NO = ("true", "1", "yes", "是"), ("false", "0", "no", "否")
