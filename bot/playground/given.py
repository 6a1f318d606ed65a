"""Values from outside (a request, a step of a tour), taken by name and checked for their kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.playground.errors import ControlError


class Given:
    """Reads a mapping; ``ControlError`` says what is missing or of the wrong kind."""

    def __init__(self, values: Any) -> None:
        if not isinstance(values, Mapping):
            raise ControlError("an object is needed")
        self.values: Mapping[str, Any] = values

    def has(self, name: str) -> bool:
        """Whether the value is there and not null."""
        return self.values.get(name) is not None

    def value(self, name: str) -> Any:
        if not self.has(name):
            raise ControlError(f"{name} is missing")
        return self.values[name]

    def text(self, name: str, default: str | None = None) -> str:
        return str(self._of_kind(name, str, default, "a text"))

    def text_or_none(self, name: str) -> str | None:
        return self.text(name) if self.has(name) else None

    def integer(self, name: str, default: int | None = None) -> int:
        return int(self._of_kind(name, int, default, "a whole number"))

    def integer_or_none(self, name: str) -> int | None:
        return self.integer(name) if self.has(name) else None

    def number(self, name: str, default: float | None = None) -> float:
        return float(self._of_kind(name, (int, float), default, "a number"))

    def flag(self, name: str) -> bool:
        """False when absent."""
        value = self.values.get(name) or False
        if not isinstance(value, bool):
            raise ControlError(f"{name} is true or false")
        return value

    def integers(self, name: str) -> list[int]:
        """A list of whole numbers; empty when absent."""
        return [int(each) for each in self._list(name, int, "whole numbers")]

    def texts(self, name: str) -> list[str]:
        return [str(each) for each in self._list(name, str, "texts")]

    def moment(self, name: str) -> datetime:
        return as_moment(self.text(name))

    def _of_kind(self, name: str, kind: Any, default: Any, words: str) -> Any:
        value = self.values.get(name)
        if value is None and default is not None:
            return default
        value = self.value(name)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise ControlError(f"{name} is {words}")
        if isinstance(value, str) and not is_unicode(value):
            raise ControlError(f"{name} is not in UTF-8")
        return value

    def _list(self, name: str, kind: type, words: str) -> list[Any]:
        value = self.values.get(name) or []
        if not isinstance(value, list | tuple) or not all(type(each) is kind for each in value):
            raise ControlError(f"{name} is a list of {words}")
        return list(value)


def is_unicode(text: str) -> bool:
    """Whether the text can be written as UTF-8: JSON may carry half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def as_moment(text: str) -> datetime:
    """An aware time from ISO 8601."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ControlError(f"{text} is no time") from None
    if moment.tzinfo is None:
        raise ControlError("a time needs its offset, as in 2026-11-21T19:05:00+08:00")
    return moment
