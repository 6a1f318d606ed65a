"""Faults one can switch on, to see whether the bot loses or doubles anything.

    too_many_requests   {"method"?, "times", "retry_after"}   429 before anything is done
    server_error        {"method"?, "times", "code"}          5xx before anything is done
    lost_answer         {"method"?, "times"}                  done, then the connection is closed unanswered
    duplicate_updates   bool                                  every update delivered once more after its
    acknowledgement undecodable_update  {"times"}                             before that many updates, one
    that no library can decode rate_limits         "clock" | "real" | null               the platform's
    limits (see ``limits``)

Without ``method`` a fault hits every method but getUpdates, getMe and those of the webhook, which are hit
by name only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.playground.errors import ApiError, ControlError, too_many_requests
from bot.playground.given import Given

Json = dict[str, Any]

_COUNTED = {
    "too_many_requests": ("method", "times", "retry_after"),
    "server_error": ("method", "times", "code"),
    "lost_answer": ("method", "times"),
    "undecodable_update": ("times",),
}
_BY_NAME_ONLY = ("getupdates", "getme", "setwebhook", "deletewebhook", "getwebhookinfo")
_PHRASES = {
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(slots=True)
class Faults:
    """The faults that are on; counted ones run out. ``on_change`` is called whenever one changes."""

    duplicate_updates: bool = False
    rate_limits: str | None = None
    on_change: Callable[[], None] = lambda: None
    _counted: dict[str, Json] = field(default_factory=dict)

    def merge(self, wanted: Json) -> None:
        """Switch on what ``wanted`` names; null (or ``times`` 0) switches a fault off."""
        for name, value in wanted.items():
            if name == "duplicate_updates":
                self.duplicate_updates = bool(value)
            elif name == "rate_limits":
                if value not in (None, "clock", "real"):
                    raise ControlError("rate_limits is clock, real or null")
                self.rate_limits = value
            elif name in _COUNTED:
                self._set(name, value)
            else:
                raise ControlError(f"there is no fault {name}")
        self.on_change()

    def _set(self, name: str, value: Json | None) -> None:
        given = Given(value or {"times": 0})
        if unknown := set(given.values) - set(_COUNTED[name]):
            raise ControlError(f"the fault {name} has no {', '.join(sorted(unknown))}")
        fault: Json = {"times": given.integer("times", 1)}
        if given.text_or_none("method"):
            fault["method"] = given.text("method")
        fault |= {each: given.integer(each) for each in ("retry_after", "code") if given.has(each)}
        if fault["times"] > 0:
            self._counted[name] = fault
        else:
            self._counted.pop(name, None)

    def clear(self) -> None:
        self.duplicate_updates = False
        self.rate_limits = None
        self._counted.clear()
        self.on_change()

    def show(self) -> Json:
        return {
            **{name: dict(value) for name, value in self._counted.items()},
            "duplicate_updates": self.duplicate_updates,
            "rate_limits": self.rate_limits,
        }

    def before(self, method: str) -> None:
        """Raise the error that is due instead of carrying out ``method``."""
        if fault := self._take("too_many_requests", method):
            raise too_many_requests(int(fault.get("retry_after", 5)))
        if fault := self._take("server_error", method):
            code = int(fault.get("code", 502))
            raise ApiError(code, _PHRASES.get(code, "Internal Server Error"))

    def loses_answer(self, method: str) -> bool:
        """Whether the answer to ``method``, now carried out, is to be lost."""
        return self._take("lost_answer", method) is not None

    def sends_undecodable(self) -> bool:
        return self._take("undecodable_update", "") is not None

    def _take(self, name: str, method: str) -> Json | None:
        fault = self._counted.get(name)
        if fault is None:
            return None
        wanted = str(fault.get("method") or "").lower()
        if wanted != method.lower() if wanted else method.lower() in _BY_NAME_ONLY:
            return None
        fault["times"] -= 1
        if fault["times"] <= 0:
            del self._counted[name]
        self.on_change()
        return fault
