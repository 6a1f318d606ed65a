"""How the households of a branch stand: the one answer for reminders, digests, exports and boards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.cadence import Call, ReminderRule, Standing, period_of, standing
from bot.domain.preset import Preset
from bot.services.matters.holders import on_leave
from storage.queries.contact import away_rows, waiting_occasions
from storage.queries.coverage import Linked, latest_days_of, latest_visits, links_on
from storage.tables import Household, HouseholdAway, Occasion, Person


@dataclass(frozen=True, slots=True)
class Covered:
    """A household, who answers for it today, and how it stands. Households nobody answers for have none.

    away: nobody is at home today. away_until: the last such day, as said; null: not known.
    occasions: what has happened there that no visit has answered yet.
    """

    household: Household
    members: tuple[Person, ...]
    standing: Standing
    away: bool = False
    away_until: date | None = None
    occasions: tuple[Occasion, ...] = ()


def reminder_rule(preset: Preset) -> ReminderRule:
    """When members are reminded."""
    return ReminderRule(preset.reminder_share, preset.reminder_days_before, preset.digest_weekday)


async def coverage(
    session: AsyncSession,
    branch_id: int,
    preset: Preset,
    *,
    today: date,
    household_ids: Collection[int] | None = None,
    person_id: int | None = None,
) -> list[Covered]:
    """How each linked household of a branch stands today. A visit by anybody counts for it.

    Args:
        household_ids: only these households; null: all.
        person_id: only those that this person answers for; null: all.
    """
    links = await links_on(session, branch_id, today, household_ids=household_ids, person_id=person_id)
    last = await _last_contacts(session, branch_id, preset, links, today=today, household_ids=household_ids)
    absences = _by_household(await away_rows(session, branch_id, until=today))
    told: dict[int, list[Occasion]] = defaultdict(list)
    for occasion in await waiting_occasions(session, branch_id, household_ids=household_ids):
        told[occasion.household_id].append(occasion)
    rule = reminder_rule(preset)
    found = []
    for household_id, group in groupby(links, key=lambda link: link.household.id):
        own = list(group)
        household = own[0].household
        absence = _absence(absences.get(household_id or 0, ()), preset, today)
        stands = standing(
            period=period_of(household.kinds, preset.cadence),
            linked_since=own[0].since,
            last_contact=last.get(household_id or 0),
            today=today,
            rule=rule,
            excused=absence.now or all(on_leave(link.person, today) for link in own),
            back_since=absence.back_since,
            calls=[Call(occasion.due_by) for occasion in told[household_id or 0]],
        )
        members = tuple(link.person for link in own)
        occasions = tuple(told[household_id or 0])
        found.append(Covered(household, members, stands, absence.now, absence.until, occasions))
    return found


async def _last_contacts(
    session: AsyncSession,
    branch_id: int,
    preset: Preset,
    links: Sequence[Linked],
    *,
    today: date,
    household_ids: Collection[int] | None,
) -> Mapping[int, date]:
    """The latest day on which each household had its contact: both of them, where it has two a day."""
    last = await latest_visits(session, branch_id, until=today, household_ids=household_ids)
    twice = {
        link.household.id or 0
        for link in links
        if not preset.contact.twice_daily.isdisjoint(link.household.kinds)
    }
    if not twice:
        return last
    both = await latest_days_of(session, twice, times=2, until=today)
    return {key: day for key, day in last.items() if key not in twice} | both


@dataclass(frozen=True, slots=True)
class _Absence:
    """Whether nobody is at home today, until when (null: not known), and since when they are back."""

    now: bool = False
    until: date | None = None
    back_since: date | None = None


def _by_household(rows: Sequence[HouseholdAway]) -> Mapping[int, list[HouseholdAway]]:
    found: dict[int, list[HouseholdAway]] = defaultdict(list)
    for row in rows:
        found[row.household_id].append(row)
    return found


def _absence(rows: Sequence[HouseholdAway], preset: Preset, today: date) -> _Absence:
    back_since = None
    for row in rows:
        last = row.last
        if row.ended_at is not None:  # on the day on which it is said they are at home
            back = row.ended_at.astimezone(preset.zone).date()
            last = back - timedelta(days=1) if last is None else min(last, back - timedelta(days=1))
        if last is None or last >= today:
            return _Absence(now=True, until=row.last)
        if last >= row.first:
            back_since = max(back_since or row.first, last + timedelta(days=1))
    return _Absence(back_since=back_since)
