"""Time in which normal clocks run: outside the quiet hours, on days that the calendar leaves open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.quiet import QuietHours
from bot.domain.village_calendar import VillageCalendar

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Quiet hours and calendar together. Moments come back in the village's zone."""

    quiet: QuietHours
    calendar: VillageCalendar = field(default_factory=VillageCalendar)

    def is_paused(self, moment: datetime) -> bool:
        """Whether normal clocks stand still at `moment`."""
        return self.quiet.is_quiet(moment) or self.calendar.pauses(self._day(moment))

    def after_pause(self, moment: datetime) -> datetime:
        """`moment` itself when clocks run then, else the first moment at which they run again."""
        moment = moment.astimezone(self.quiet.zone)
        while True:
            day = moment.date()
            if self.calendar.pauses(day):
                moment = self._midnight(day + _DAY)
                continue
            after = self.quiet.after_quiet(moment)
            if after.date() == day or not self.calendar.pauses(after.date()):
                return after
            moment = after

    def add(self, start: datetime, span: timedelta) -> datetime:
        """The moment at which a clock that starts at `start` has run for `span`."""
        moment, left = self.after_pause(start), span
        while left > (running := _elapsed(moment, self._next_pause(moment))):
            left -= running
            moment = self.after_pause(self._next_pause(moment))
        return _plus(moment, left)

    def subtract(self, end: datetime, span: timedelta) -> datetime:
        """The moment from which a clock needs `span` to reach `end`.

        On a boundary it is the evening's last moment rather than the morning's first.
        """
        moment, left = self._before_pause(end), span
        while left > (running := _elapsed(self._resumed(moment), moment)):
            left -= running
            moment = self._before_pause(self._resumed(moment))
        return _plus(moment, -left)

    def add_days(self, start: datetime, days: timedelta) -> datetime:
        """The moment `days` after `start`, counting the days that are not paused; never within a pause.

        The nights count: seven days from Monday at ten are the next Monday at ten.
        """
        moment = start.astimezone(self.quiet.zone)
        if self.calendar.pauses(moment.date()):
            moment = self.after_pause(moment)
        whole, rest = divmod(days, _DAY)
        for _ in range(whole):
            moment = self._open_day(_wall(moment, moment.date() + _DAY))
        return self.after_pause(self._open_day(_plus(moment, rest)))

    def open_day_before(self, moment: datetime, span: timedelta) -> datetime:
        """`span` before `moment`, or the same time of day on the last day before that is not paused."""
        moment = moment.astimezone(self.quiet.zone) - span
        while self.calendar.pauses(moment.date()):
            moment = _wall(moment, moment.date() - _DAY)
        return moment

    def _open_day(self, moment: datetime) -> datetime:
        """The same time of day on the first day, from `moment`'s on, that is not paused."""
        while self.calendar.pauses(moment.date()):
            moment = _wall(moment, moment.date() + _DAY)
        return moment

    def _next_pause(self, moment: datetime) -> datetime:
        """When the clocks that run at `moment` stop next, at the latest at the following midnight."""
        end = self._midnight(moment.date() + _DAY)
        if self.quiet.start == self.quiet.end:
            return end
        pause = datetime.combine(moment.date(), self.quiet.start, self.quiet.zone)
        return pause if moment < pause else end

    def _resumed(self, moment: datetime) -> datetime:
        """Since when the clocks have run that run just before `moment`, at the earliest since midnight."""
        before = moment - timedelta(microseconds=1)
        begin = self._midnight(before.date())
        if self.quiet.start == self.quiet.end:
            return begin
        resumed = datetime.combine(before.date(), self.quiet.end, self.quiet.zone)
        return resumed if resumed <= before else begin

    def _before_pause(self, moment: datetime) -> datetime:
        """The last moment up to `moment` at whose eve the clocks ran."""
        moment = moment.astimezone(self.quiet.zone)
        while True:
            before = moment - timedelta(microseconds=1)
            if self.calendar.pauses(before.date()):
                moment = self._midnight(before.date())
            elif self.quiet.is_quiet(before):
                pause = datetime.combine(before.date(), self.quiet.start, self.quiet.zone)
                moment = pause if pause <= before else self._midnight(before.date())
            else:
                return moment

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.quiet.zone)

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.quiet.zone).date()


def _wall(moment: datetime, day: date) -> datetime:
    return datetime.combine(day, moment.timetz())


def _elapsed(start: datetime, end: datetime) -> timedelta:
    return end.astimezone(UTC) - start.astimezone(UTC)


def _plus(moment: datetime, span: timedelta) -> datetime:
    return (moment.astimezone(UTC) + span).astimezone(moment.tzinfo)
