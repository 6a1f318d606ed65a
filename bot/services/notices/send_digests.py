"""The digest of the day: what waits for somebody's decision and what is theirs today, with its buttons.

* Group leaders, secretaries and town officers get what they have to decide (`gather_digest`); secretaries
  also which members have households overdue, on the day on which one has become so, or beside something
  else.
* Members get what they hold, when some of it is due before tomorrow's digest; visits that are due alone
  have their reminder.
* On Mondays secretaries and town officers get the week in figures.
* On a day that the calendar pauses only those get one in whose digest something is urgent; all the rest
  stands in that of the next open day.
* Routine messages that wait go into it, those held back for the day's budget too (`hold_routine`).

It is one digest a person and day, whatever their roles and branches. Who would get an empty one gets none.
Kind `digest.daily`, or `digest.weekly` when it holds the week alone, about the subject `person`; the stage
in their keys is the day and the part's number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.cadence import ContactState
from bot.domain.digest import Section
from bot.domain.roster import Role, UnitKind
from bot.services.notices.digest_words import DigestWords, branches_section, overdue_section, week_sections
from bot.services.notices.gather_digest import branches_below, shares_of
from bot.services.notices.personal_digest import DAILY, WEEKLY, OfPerson, OfUnit, hour_of, week_days
from bot.services.roster.parameters import for_unit
from bot.services.visits.coverage import coverage
from bot.services.visits.rounds import Round, mark_made, rounds_due
from storage.queries import digests
from storage.queries.figures import Done, done_between
from storage.queries.units import all_units, members_of
from storage.tables import Unit

ROUND = "digest"
KINDS = (DAILY, WEEKLY)


async def digest(session: AsyncSession, *, now: datetime, batch: int = 100) -> int:
    """Make the day's digests of all branches and towns.

    Args:
        batch: after how many messages the other units are left to the next call.

    Returns:
        How many messages were made; 0 when all are.
    """
    made = 0
    making = _Making(session, now)
    for kind in (UnitKind.BRANCH, UnitKind.TOWN):
        for due in await rounds_due(session, ROUND, at=lambda preset: preset.digest_at, now=now, kind=kind):
            quiet = due.preset.quiet
            if quiet.is_quiet(now) and not quiet.is_quiet(hour_of(due)):
                continue  # too late for today; tomorrow's tells all
            made += await making.round(due)
            await mark_made(session, due, now=now)
            if made >= batch:
                return made
    return made


@dataclass(slots=True)
class _Making:
    """Makes digests; knows what it has gathered of each unit."""

    session: AsyncSession
    now: datetime
    units: dict[int, Unit] = field(default_factory=dict)
    gathered: dict[int, OfUnit] = field(default_factory=dict)

    async def round(self, due: Round) -> int:
        """The digests of everybody for whom a unit has something, and who has had none today."""
        if not self.units:
            self.units = {unit.id: unit for unit in await all_units(self.session) if unit.id is not None}
        of_unit = await self._of(due)
        midnight = datetime.combine(due.today, time.min, due.preset.zone)
        had = await digests.sent_since(self.session, KINDS, since=midnight)
        roles = await digests.units_of(self.session, list(of_unit.shares))
        made = 0
        for person_id, share in of_unit.shares.items():
            if person_id in had:
                continue
            everywhere = [of_unit]
            elsewhere = {self._digest_unit(unit_id) for unit_id in roles.get(person_id, ())}
            for unit_id in sorted(elsewhere - {None, due.unit_id}, key=lambda one: one or 0):
                everywhere.append(await self._of(await self._beside(due, unit_id or 0)))
            made += await OfPerson(self.session, share.person, due, self.now, everywhere).send()
        return made

    async def _of(self, due: Round) -> OfUnit:
        if due.unit_id not in self.gathered:
            town = due.unit.kind == UnitKind.TOWN
            branches = branches_below(list(self.units.values()), due.unit_id) if town else None
            words = DigestWords(due.preset, self.now, branches)
            shares = await shares_of(self.session, due, words, self.now)
            found = OfUnit(due, words, shares, Section("", []), False, [], set())
            await (self._town(found) if town else self._branch(found))
            self.gathered[due.unit_id] = found
        return self.gathered[due.unit_id]

    async def _branch(self, found: OfUnit) -> None:
        due = found.due
        covered = await coverage(self.session, due.unit_id, due.preset, today=due.today)
        overdue = [one for one in covered if one.standing.state is ContactState.OVERDUE]
        found.overdue = overdue_section(overdue, due.preset)
        found.newly_overdue = any(one.standing.due_by >= due.since for one in overdue)
        found.weekly_to = await self._holding(due.unit_id, Role.SECRETARY, found)
        if _is_weekly(due):
            done = await self._done(due.unit_id, due)
            unclaimed = sum(one.telegram_id is None for one in await members_of(self.session, due.unit_id))
            if overdue or not done.is_nothing:
                found.week = week_sections(done, due.preset, overdue=len(overdue), unclaimed=unclaimed)

    async def _town(self, found: OfUnit) -> None:
        due, branches = found.due, found.words.branches or {}
        found.weekly_to = await self._holding(due.unit_id, Role.TOWN_OFFICER, found)
        if _is_weekly(due) and branches:
            done = [(unit, await self._done(branch_id, due)) for branch_id, unit in branches.items()]
            found.week = [branches_section(done, due.preset)]

    async def _holding(self, unit_id: int, role: Role, found: OfUnit) -> set[int]:
        """Of those who have a share, who holds a role in the unit itself."""
        people = await digests.holding(self.session, unit_id, role)
        return people & found.shares.keys()

    async def _done(self, branch_id: int, due: Round) -> Done:
        first, last = week_days(due)
        return await done_between(self.session, branch_id, first=first, last=last, zone=due.preset.zone)

    def _digest_unit(self, unit_id: int | None) -> int | None:
        """The branch or town whose digest tells of a unit; null for a district."""
        while unit_id is not None and self.units[unit_id].kind == UnitKind.GROUP:
            unit_id = self.units[unit_id].parent_id
        told = unit_id is not None and self.units[unit_id].kind in (UnitKind.BRANCH, UnitKind.TOWN)
        return unit_id if told else None

    async def _beside(self, due: Round, unit_id: int) -> Round:
        """Another unit's round of the same moment."""
        preset = await for_unit(self.session, unit_id)
        today = self.now.astimezone(preset.zone).date()
        yesterday = today - timedelta(days=1)
        return Round(due.name, self.units[unit_id], unit_id, preset, today, yesterday)


def _is_weekly(due: Round) -> bool:
    """Whether the day of the weekly digest is today, or was missed."""
    return week_days(due)[1] >= due.since
