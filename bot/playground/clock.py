"""The playground's clock: the only place of time in the room.

clock = Clock(datetime(2026, 11, 21, 19, 5, tzinfo=ZoneInfo("Asia/Shanghai")))
clock.now()                      # stands still until it is turned
clock.turn_by(hours=1)
clock.run(); clock.stand()       # goes on with real time from here; stops again
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

DEFAULT_ZONE = ZoneInfo("Asia/Shanghai")


class Clock:
    """A clock that only goes forward, standing (until turned) or running with real time.

    ``start`` must be aware; its zone becomes the clock's zone. Without it the clock starts at the real
    time of now in ``zone``. Every callable in ``listeners`` is called with the new time after a turn.
    """

    def __init__(
        self, start: datetime | None = None, *, zone: ZoneInfo = DEFAULT_ZONE, running: bool = False
    ) -> None:
        if start is None:
            start = datetime.now(UTC).astimezone(zone)
        if start.tzinfo is None:
            raise ValueError("the clock needs an aware time")
        self._base = start
        self._since = time.monotonic() if running else None
        self.listeners: list[Callable[[datetime], None]] = []

    @property
    def running(self) -> bool:
        return self._since is not None

    def now(self) -> datetime:
        """The playground's time: aware, in the clock's zone."""
        if self._since is None:
            return self._base
        return self._later(self._base, timedelta(seconds=time.monotonic() - self._since))

    def move_to(self, moment: datetime) -> None:
        """Turn to ``moment``; to where it already is changes nothing, back raises ``ValueError``."""
        if moment.tzinfo is None:
            raise ValueError("the clock needs an aware time")
        now = self.now()
        if moment < now:
            raise ValueError(f"the clock goes forward only: it is {now.isoformat()}")
        self._set(moment.astimezone(self._base.tzinfo))

    def turn_by(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0, days: float = 0) -> None:
        """Turn forward by a span of elapsed time."""
        span = timedelta(seconds=seconds, minutes=minutes, hours=hours, days=days)
        self.move_to(self._later(self.now(), span))

    def run(self) -> None:
        """Go on with real time."""
        if self._since is None:
            self._since = time.monotonic()
            self._tell()

    def stand(self) -> None:
        """Stop where it is."""
        if self._since is not None:
            self._base, self._since = self.now(), None
            self._tell()

    def _later(self, moment: datetime, span: timedelta) -> datetime:
        # Through UTC: adding to a local time adds wall-clock time, which is wrong over a daylight-saving
        # change.
        return (moment.astimezone(UTC) + span).astimezone(self._base.tzinfo)

    def _set(self, moment: datetime) -> None:
        self._base = moment
        if self._since is not None:
            self._since = time.monotonic()
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener(self.now())
