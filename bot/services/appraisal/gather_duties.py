"""What fell to the members of a branch in a time, what they did of it, and what that earns in points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.cadence import ReminderRule, period_of
from bot.domain.duties import Duties, contacts_done, contacts_expected
from bot.domain.leave import Days
from bot.domain.matters import Outcome
from bot.domain.meetings import Presence
from bot.domain.points import Charge, Contact, Earned, Source, days_of_contact, visits_earning
from bot.domain.preset import Preset
from bot.services.visits.coverage import reminder_rule
from bot.wording import say
from storage.queries import points as account
from storage.queries.appraisal import leave_days
from storage.queries.contact import away_rows
from storage.queries.points import Attended
from storage.tables import Matter


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is known of the days looked at.

    contacts: of the days before as well, since they say when a household was due again.
    leaves: by member. away: days on which nobody was at home, by household.
    """

    charges: Sequence[Charge]
    contacts: Sequence[Contact]
    leaves: Mapping[int, Sequence[Days]]
    away: Mapping[int, Sequence[Days]]
    matters: Sequence[Matter]
    attended: Sequence[Attended]
    preset: Preset

    @property
    def rule(self) -> ReminderRule:
        return reminder_rule(self.preset)


async def gather(session: AsyncSession, branch_id: int, preset: Preset, days: Days) -> Gathered:
    """What is known of a branch's members on these days."""
    charges = []
    for held in await account.links_during(session, branch_id, days.first, days.last):
        link, household = held.link, held.household
        ends = [days.last]
        if link.until is not None:
            ends.append(link.until)
        if household.removed_on is not None:
            ends.append(household.removed_on - timedelta(days=1))
        charge = Charge(
            person_id=link.person_id,
            household_id=link.household_id,
            head=household.head,
            since=link.since,
            first=max(link.since, days.first),
            last=min(ends),
            period=period_of(household.kinds, preset.cadence),
            points=preset.points.for_visit(household.kinds),
        )
        if charge.first <= charge.last:
            charges.append(charge)
    longest = timedelta(days=max(preset.cadence.values()))
    visits = await account.visits_during(session, branch_id, days.first - longest, days.last)
    away: dict[int, list[Days]] = defaultdict(list)
    for row in await away_rows(session, branch_id, until=days.last):
        ended = None if row.ended_at is None else row.ended_at.astimezone(preset.zone).date()
        last = min(day for day in (row.last, ended, days.last) if day is not None)
        away[row.household_id].append(Days(row.first, last))
    start = datetime.combine(days.first, time.min, preset.zone)
    end = datetime.combine(days.last + timedelta(days=1), time.min, preset.zone)
    people = {charge.person_id for charge in charges}
    return Gathered(
        charges,
        [Contact(visit.person_id, visit.household_id, visit.day) for visit in visits],
        await leave_days(session, people, days.first, days.last),
        away,
        await account.matters_answered(session, branch_id, start, end),
        await account.attendance_during(session, branch_id, days.first, days.last),
        preset,
    )


def earned_of(gathered: Gathered) -> list[Earned]:
    """What earns points: contacts of households that were due, matters settled in time, meetings attended."""
    rules, zone = gathered.preset.points, gathered.preset.zone
    earned = visits_earning(gathered.charges, gathered.contacts, gathered.rule)
    for matter in gathered.matters:
        if matter.assignee_id is not None and matter.closed_at is not None and _in_time(matter):
            day, about = matter.closed_at.astimezone(zone).date(), say("points.matter", number=matter.number)
            event = f"matter:{matter.id}"
            earned.append(Earned(event, matter.assignee_id, day, rules.matter, Source.MATTER, about))
    for one in gathered.attended:
        if one.state is Presence.PRESENT:
            held = one.session
            event, about = f"meeting:{held.id}:{one.person_id}", held.title or _kind(held.kind)
            earned.append(Earned(event, one.person_id, held.day, rules.meeting, Source.MEETING, about))
    return earned


def duties_of(gathered: Gathered) -> dict[int, Duties]:
    """What fell to each member, and what was done of it. Absences with a reason are in neither."""
    found: dict[int, Duties] = defaultdict(Duties)
    days = days_of_contact(gathered.contacts)
    share = gathered.preset.reminder_share
    for charge in gathered.charges:
        away = [*gathered.leaves.get(charge.person_id, ()), *gathered.away.get(charge.household_id, ())]
        expected = contacts_expected(charge, away, share=share)
        done = contacts_done(charge, expected, days.get(charge.household_id, []), gathered.rule)
        found[charge.person_id] += Duties(contacts=expected, contacted=done)
    for matter in gathered.matters:
        if matter.assignee_id is not None:
            found[matter.assignee_id] += Duties(matters=1, settled=int(_in_time(matter)))
    for one in gathered.attended:
        if one.state in (Presence.PRESENT, Presence.ABSENT):
            came = one.state is Presence.PRESENT
            found[one.person_id] += Duties(meetings=1, attended=int(came))
    return dict(found)


async def duties_between(
    session: AsyncSession, branch_id: int, preset: Preset, first: date, last: date
) -> dict[int, Duties]:
    """What fell to each member of a branch on these days, and what was done of it."""
    return duties_of(await gather(session, branch_id, preset, Days(first, last)))


def _in_time(matter: Matter) -> bool:
    """Whether a matter was settled to its people's content by the time that they were told first."""
    by = matter.first_solve_by
    in_time = matter.solved_at is not None and (by is None or matter.solved_at <= by)
    return in_time and matter.outcome == Outcome.SATISFIED


def _kind(kind: str) -> str:
    return say(f"visits.activity_{kind}")
