"""How the households of a branch stand: the one answer for reminders, digests, exports and boards."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.cadence import ReminderRule, Standing, period_of, standing
from bot.domain.preset import Preset
from bot.services.matters.holders import on_leave
from storage.queries.coverage import latest_visits, links_on
from storage.tables import Household, Person


@dataclass(frozen=True, slots=True)
class Covered:
    """A household, who answers for it today, and how it stands. Households nobody answers for have none."""

    household: Household
    members: tuple[Person, ...]
    standing: Standing


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
    last = await latest_visits(session, branch_id, until=today, household_ids=household_ids)
    rule = reminder_rule(preset)
    found = []
    for household_id, group in groupby(links, key=lambda link: link.household.id):
        own = list(group)
        household = own[0].household
        stands = standing(
            period=period_of(household.kinds, preset.cadence),
            linked_since=own[0].since,
            last_contact=None if household_id is None else last.get(household_id),
            today=today,
            rule=rule,
            excused=all(on_leave(link.person, today) for link in own),
        )
        found.append(Covered(household, tuple(link.person for link in own), stands))
    return found
