"""Quiet hours: when nobody is disturbed and normal clocks stand still.

What breaks them, from the loudest:

* An **emergency** ignores them in everything: tellings, repeated calls, steps, the word of who has it.
* An **urgent** matter cannot wait for tomorrow: its clocks run through the night, and the first telling
  to whoever holds it breaks the quiet, and so does the warning ahead of a step that would wake somebody
  else. The town is not woken: that step waits for the morning.
* **Everything else** is held until the quiet ends, and clocks counted in hours pause meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The quiet part of each day, in the village's own time.

    start: the first quiet moment, 21:30 by default.
    end: the first moment that is not quiet any more, 07:00 by default. Equal to `start`: never quiet.
    zone: the village's time zone; moments in other zones are understood by it.
    """

    zone: tzinfo
    start: time = time(21, 30)
    end: time = time(7, 0)

    def is_quiet(self, moment: datetime) -> bool:
        """Whether nobody is to be disturbed at `moment`."""
        clock = moment.astimezone(self.zone).time()
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def after_quiet(self, moment: datetime) -> datetime:
        """`moment` itself when it is not quiet, else the end of that quiet time; in the village's zone."""
        return self._next(self.end, moment) if self.is_quiet(moment) else moment.astimezone(self.zone)

    def _next(self, wall: time, after: datetime) -> datetime:
        """The first moment later than `after` at which village clocks show `wall`."""
        local = after.astimezone(self.zone)
        found = datetime.combine(local.date(), wall, self.zone)
        return found if found > local else datetime.combine(local.date() + timedelta(days=1), wall, self.zone)
