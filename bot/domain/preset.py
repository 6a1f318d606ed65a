"""The parameters of one local form of the institution: how often, how soon, to whom, at what hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.acts import Urgency
from bot.domain.appraisal import AppraisalRules
from bot.domain.contact import ContactRules
from bot.domain.hubs import HubRules
from bot.domain.ladder_times import LadderRules, Spans
from bot.domain.linking import LinkRules
from bot.domain.matters import Step
from bot.domain.meetings import MeetingRules
from bot.domain.papers import PaperRules
from bot.domain.points import PointRules
from bot.domain.quiet import QuietHours
from bot.domain.roll_call import RollCallRules
from bot.domain.roster import HouseholdKind, Role
from bot.domain.village_calendar import VillageCalendar
from bot.domain.working_time import WorkingTime


@dataclass(frozen=True, slots=True)
class Preset:
    """A preset with the changes that a unit has made for itself. Every default stands in `bot/presets/`.

    name: of the preset; chooses the wording, so the unit's own terms stand in it (`wording.with_terms`).
    title: its name in Chinese, as people know the institution.
    zone: the village's time zone; ledger days and quiet hours are by it.
    """

    name: str
    title: str
    zone: ZoneInfo

    cadence: Mapping[HouseholdKind, int]
    """Days within which a household of this kind is to be contacted; of several kinds the fewest count."""
    contact: ContactRules
    links_least: int
    """Households that a member should answer for at least."""
    links_most: int
    """Households that a member should answer for at most."""
    linking: LinkRules
    hubs: HubRules

    reminder_share: float
    """Part of the period after which a member is first reminded of a household."""
    reminder_days_before: int
    """Days before the period's end at which they are reminded again; the last reminder is on its last day."""
    reminder_at: time
    """When the day's reminders are gathered and sent."""
    notices_a_day: int
    """Messages a person is sent a day at most; emergencies alone are not counted."""

    duties: tuple[str, ...]
    """What a linked member is there for, as plates and cards list it: a short name, a colon, what it is."""
    services: tuple[str, ...]
    """What members do for their households, as residents are told who ask for help."""

    ladder_steps: tuple[Step, ...]
    """The steps on which matters stand in this system; the others are passed over."""
    ladder_alternates: tuple[Role, ...]
    """Roles in the branch that are told when no secretary is there."""
    spans: Mapping[Urgency, Spans]
    """The clocks of each urgency."""
    complex_solve: timedelta
    """Time to solve a matter that the secretary has called complex."""
    call_every: timedelta
    """Emergencies: how long until everybody is called again."""
    calls: int
    """Emergencies: how many times everybody is called again."""

    confirm_remind_after: timedelta
    """How long after being asked whether a matter is settled a silent resident is asked once more."""
    confirm_close_after: timedelta
    """How long after that reminder a matter is closed as `silent`."""

    joining_days: int
    """How many days old a matter may be that somebody who tells the same is asked to join."""
    hurry_from: int
    """From how many households that tell a matter its clocks run faster."""
    hurry_share: float
    """The part of their spans to which the clocks of such a matter are cut."""

    look_back_share: float
    """Part of the closed matters whose reporter is asked later whether it has lasted."""
    look_back_days: int
    """Days after closing when they are asked."""

    recurrence_times: int
    """The how-manieth time the same matter starts one step higher and goes on the Party day's agenda."""
    recurrence_days: int
    """Days within which that counts."""

    quiet_start: time
    quiet_end: time
    """The first moment that is not quiet any more. Equal to `quiet_start`: never quiet."""

    calendar: VillageCalendar
    """The days on which normal clocks stand still: official holidays and busy farming days."""

    digest_at: time
    """When those who have something to decide are sent the day's digest."""
    digest_weekday: int
    """Day of the weekly digest: 1 Monday … 7 Sunday."""

    party_day_rule: str
    """When the theme Party day is, as people say it ("每月5日，遇节假日顺延"); empty: there is none."""
    party_day_at: time
    party_day_remind_days: tuple[int, ...]
    """How many days before the Party day members are told; 0: in the morning of the day."""
    party_day_draft_days: int
    """How many days before it the agenda is drafted."""
    meetings: MeetingRules
    """Other meetings, sign-in, what groups report and dues."""

    appraisal: AppraisalRules
    points: PointRules

    spot_check_share: float
    """Part of the reported visits about which the household is asked."""
    retention_days: int
    """Days after a matter has closed when its personal data are masked."""
    heard_days: int
    """Days for which what is written in a bound group is kept, sealed; 0: not at all, 31 at most."""

    roll_call: RollCallRules
    """How roll-calls in an emergency are made."""

    papers: PaperRules
    """What may stand on door plates, cards and other papers."""

    @property
    def quiet(self) -> QuietHours:
        """When nobody is disturbed."""
        return QuietHours(zone=self.zone, start=self.quiet_start, end=self.quiet_end)

    def ladder_for(self, households: int) -> LadderRules:
        """The rules by which a matter climbs that so many households tell of; emergencies stay."""
        if households < self.hurry_from:
            return self.ladder
        spans = {
            urgency: spans if urgency is Urgency.EMERGENCY else spans.cut_to(self.hurry_share)
            for urgency, spans in self.spans.items()
        }
        return replace(self.ladder, spans=spans)

    @property
    def ladder(self) -> LadderRules:
        """The rules by which matters climb."""
        return LadderRules(
            spans=self.spans,
            quiet=self.quiet,
            calendar=self.calendar,
            call_every=self.call_every,
            calls=self.calls,
            digest_at=self.digest_at,
        )

    @property
    def working(self) -> WorkingTime:
        """When normal clocks run."""
        return WorkingTime(self.quiet, self.calendar)
