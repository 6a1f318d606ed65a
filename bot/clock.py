"""Where the time comes from: only the edges hold a clock, everything below is given `now`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time. The playground's can be turned by hand."""

    def now(self) -> datetime:
        """The present moment, aware."""
        ...


class TurnableClock(Clock, Protocol):
    """A clock that stories and the demo move forward."""

    def move_to(self, moment: datetime) -> object:
        """Make it `moment`, which is not before now."""
        ...


class SystemClock:
    """The machine's own clock, in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)
