"""Quiet hours: when nobody is disturbed and normal clocks stand still.

What breaks them, from the loudest:

* An **emergency** ignores them in everything: tellings, repeated calls, steps, the word of who has it.
* An **urgent** matter cannot wait for tomorrow: its clocks run through the night, and the first telling
  to whoever holds it breaks the quiet. Warnings about it wait; the first telling has already said who
  is told next, when, and what stops it.
* **Everything else** is held until the quiet ends, and clocks counted in hours pause meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo


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

    def add_working(self, start: datetime, span: timedelta) -> datetime:
        """The moment `span` after `start` on a clock that stands still in quiet time."""
        moment, left = self.after_quiet(start), span
        while self.start != self.end:
            pause = self._next(self.start, moment)
            running = pause.astimezone(UTC) - moment.astimezone(UTC)
            if left <= running:
                break
            left -= running
            moment = self.after_quiet(pause)
        return _plus(moment, left)

    def subtract_working(self, end: datetime, span: timedelta) -> datetime:
        """The moment from which a clock that stands still in quiet time needs `span` to reach `end`.

        On the boundary it is the evening's last moment rather than the morning's first.
        """
        moment, left = self._before_quiet(end), span
        while self.start != self.end:
            resumed = self._previous(self.end, moment)
            running = moment.astimezone(UTC) - resumed.astimezone(UTC)
            if left <= running:
                break
            left -= running
            moment = self._before_quiet(resumed)
        return _plus(moment, -left)

    def _before_quiet(self, moment: datetime) -> datetime:
        local = moment.astimezone(self.zone)
        if self.is_quiet(local) or local.timetz().replace(tzinfo=None) == self.end != self.start:
            return self._previous(self.start, local, inclusive=True)
        return local

    def _next(self, wall: time, after: datetime) -> datetime:
        """The first moment later than `after` at which village clocks show `wall`."""
        local = after.astimezone(self.zone)
        found = datetime.combine(local.date(), wall, self.zone)
        return found if found > local else datetime.combine(local.date() + timedelta(days=1), wall, self.zone)

    def _previous(self, wall: time, before: datetime, *, inclusive: bool = False) -> datetime:
        """The last moment earlier than `before` (or equal, when `inclusive`) showing `wall`."""
        local = before.astimezone(self.zone)
        found = datetime.combine(local.date(), wall, self.zone)
        if found < local or (inclusive and found == local):
            return found
        return datetime.combine(local.date() - timedelta(days=1), wall, self.zone)


def _plus(moment: datetime, span: timedelta) -> datetime:
    return (moment.astimezone(UTC) + span).astimezone(moment.tzinfo)
