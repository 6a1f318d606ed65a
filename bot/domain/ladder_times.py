"""The times of the ladder: how long a matter's two clocks run, when warnings and steps come.

An acknowledge clock counts hours and, for normal matters, pauses in quiet time and on paused days. A
solve clock counts days: 7 days are a week, whatever the nights; for normal matters paused days are not
counted. An urgent matter climbs through the night, but wakes the town for nothing: that step, and one
for a matter that somebody has in hand, waits for the morning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.domain.acts import Urgency
from bot.domain.matters import Step
from bot.domain.quiet import QuietHours
from bot.domain.village_calendar import VillageCalendar
from bot.domain.working_time import WorkingTime


class Clock(StrEnum):
    """Which of a matter's two clocks."""

    ACKNOWLEDGE = "acknowledge"
    SOLVE = "solve"


@dataclass(frozen=True, slots=True)
class Rung:
    """A place on the ladder. level: of groups one above the other (楼栋, 院), 0 is the lowest."""

    step: Step
    level: int = 0


TOWN = Rung(Step.TOWN)


@dataclass(frozen=True, slots=True)
class Spans:
    """How long the clocks of one urgency run.

    warn_acknowledge, warn_solve: how long before the end the holder is warned; null: never. No warning
        comes before half of its clock has run.
    pauses: whether quiet time and paused days are left out.
    """

    acknowledge: timedelta
    solve: timedelta
    warn_acknowledge: timedelta | None = None
    warn_solve: timedelta | None = None
    pauses: bool = False

    def cut_to(self, share: float) -> Spans:
        """The same with clocks that run for a part of their time; warnings keep their lead."""
        return Spans(
            self.acknowledge * share,
            self.solve * share,
            self.warn_acknowledge,
            self.warn_solve,
            self.pauses,
        )


@dataclass(frozen=True, slots=True)
class LadderRules:
    """The parameters of a branch's ladder.

    calendar: the days on which normal clocks stand still.
    call_every: emergencies: how long until everybody is called again.
    calls: emergencies: how many times they are called again.
    digest_at: when the day's digest is sent, which takes the place of later reminders at the top.
    """

    spans: Mapping[Urgency, Spans]
    quiet: QuietHours
    calendar: VillageCalendar = field(default_factory=VillageCalendar)
    call_every: timedelta = timedelta(minutes=15)
    calls: int = 8
    digest_at: time = time(8)

    @property
    def working(self) -> WorkingTime:
        """When normal clocks run."""
        return WorkingTime(self.quiet, self.calendar)

    def acknowledge_by(self, urgency: Urgency, start: datetime, above: Rung | None = None) -> datetime:
        """When somebody must have taken on a matter that comes to them at `start`.

        above: the rung that is told when nobody has; null: it does not matter.
        """
        spans = self.spans[urgency]
        if spans.pauses:
            return self.working.add(start, spans.acknowledge)
        end = self._local(start) + spans.acknowledge
        return self.step_at(urgency, Clock.ACKNOWLEDGE, end, above)

    def solve_by(self, urgency: Urgency, start: datetime) -> datetime:
        """When a matter that comes to a holder at `start` must be solved."""
        spans = self.spans[urgency]
        if spans.pauses:
            return self.working.add_days(start, spans.solve)
        return self._local(start) + spans.solve

    def remind_at(self, urgency: Urgency, clock: Clock, reminded: datetime) -> datetime:
        """When a holder at the top is reminded again, after `reminded`, of what is late still.

        At the digest's hour, so that it is told once that morning; but for an emergency that nobody has
        taken on.
        """
        moment = self.solve_by(urgency, reminded)
        if urgency is Urgency.EMERGENCY and clock is Clock.ACKNOWLEDGE:
            return moment
        return datetime.combine(moment.date(), self.digest_at, self.quiet.zone)

    def step_at(self, urgency: Urgency, clock: Clock, deadline: datetime, above: Rung | None) -> datetime:
        """When the step is taken that follows on `deadline`: at once, unless it would wake somebody idly.

        Put off, it comes so long after the night that the holder can be warned of it.
        """
        idle = urgency is Urgency.URGENT and (clock is Clock.SOLVE or above == TOWN)
        if idle and self.quiet.is_quiet(deadline):
            return self.quiet.after_quiet(deadline) + (self.spans[urgency].warn_acknowledge or timedelta())
        return self._local(deadline)

    def warn_at(
        self, urgency: Urgency, clock: Clock, deadline: datetime, above: Rung | None = None
    ) -> datetime | None:
        """When the holder is warned of `deadline`; null: not at all.

        A warning that would fall into a pause comes after it, or not at all when that is too late; but of
        a step that is taken in the night it comes in the night.
        """
        spans = self.spans[urgency]
        acknowledge = clock is Clock.ACKNOWLEDGE
        lead = spans.warn_acknowledge if acknowledge else spans.warn_solve
        if lead is None or urgency is Urgency.EMERGENCY:
            return None
        lead = min(lead, (spans.acknowledge if acknowledge else spans.solve) / 2)
        step = self.step_at(urgency, clock, deadline, above)
        if acknowledge and spans.pauses:
            moment = self.working.after_pause(self.working.subtract(deadline, lead))
        elif spans.pauses:
            moment = self.working.after_pause(self.working.open_day_before(deadline, lead))
        else:
            moment = self._local(deadline) - lead
            if not self.quiet.is_quiet(step):
                moment = self.quiet.after_quiet(moment)
        return moment if moment < step else None

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.quiet.zone)
