"""Who holds a matter at each rung of the ladder, and whether a message can reach them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.ladder_times import Rung
from bot.domain.matters import Step
from bot.domain.roster import Role, UnitKind
from bot.services.roster.parameters import for_unit
from storage.queries.chats import have_blocked
from storage.queries.leaves import substitutes_of
from storage.queries.roster import members_linked, people_with_role, unit_above
from storage.queries.units import groups_within
from storage.tables import Household, Matter, Person, Unit


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who answers for a rung.

    reachable: they have claimed their name and not blocked the bot, so that it can write to them.
    """

    person: Person
    reachable: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of a matter that somebody answers for, from below.

    held: who answers for each; whoever answers for two stands on the lower one, since a matter does not
        climb from a person to the same.
    away: on rungs passed over, those who would answer and are on leave without anybody standing in.
    """

    held: dict[Rung, list[Holder]]
    away: dict[Rung, list[Person]]


def rung_of(matter: Matter) -> Rung:
    """Where a matter stands."""
    return Rung(Step(matter.step), matter.step_level)


async def holders_for(session: AsyncSession, matter: Matter, step: Step, *, today: date) -> list[Holder]:
    """Those who answer for `matter` at `step` today; of several groups, at the one where it stands.

    At the member's step these are the one it is assigned to and all who are linked to its household.
    People on leave are left out, and whoever stands in for them is there instead.
    """
    level = matter.step_level if step == matter.step else 0
    present, _ = await _present(session, matter, Rung(step, level), today)
    return await _reached(session, present)


async def ladder_of(
    session: AsyncSession, matter: Matter, *, today: date, since: Rung | None = None
) -> Ladder:
    """Who answers for a matter, rung by rung; `since`: from this rung on (null: from the lowest)."""
    all_rungs = await rungs(session, matter)
    if since is not None:
        all_rungs = [rung for rung in all_rungs if _height(rung) >= _height(since)]
    ladder = Ladder({}, {})
    placed: set[int | None] = set()
    for rung in all_rungs:
        present, away = await _present(session, matter, rung, today)
        new = [one for one in present if one.id not in placed]
        if new:
            ladder.held[rung] = await _reached(session, new)
            placed |= {one.id for one in new}
        elif away:
            ladder.away[rung] = away
    return ladder


async def rungs(session: AsyncSession, matter: Matter) -> list[Rung]:
    """The rungs of a matter's ladder from below, whether or not anybody answers for them.

    A step that its branch's system leaves out is none; but where the matter stands is always one.
    """
    groups = await _groups(session, matter)
    levels = [Rung(Step.GROUP, level) for level in range(max(len(groups), 1))]
    steps = {*(await for_unit(session, matter.branch_id)).ladder_steps, Step(matter.step)}
    every = [Rung(Step.MEMBER), *levels, Rung(Step.SECRETARY), Rung(Step.TOWN)]
    return [rung for rung in every if rung.step in steps]


def on_leave(person: Person, day: date) -> bool:
    """Whether a person is on leave on a day."""
    return person.on_leave_until is not None and day <= person.on_leave_until


async def alternates_for(session: AsyncSession, matter: Matter, rung: Rung, *, today: date) -> list[Person]:
    """Those who are told as well when nobody at a rung acknowledges: as the branch's system says (副书记)."""
    if rung.step is not Step.SECRETARY:
        return []
    found: list[Person] = []
    for role in (await for_unit(session, matter.branch_id)).ladder_alternates:
        units = [matter.branch_id]
        if role is Role.GROUP_LEADER:
            units = [unit.id or 0 for unit in await groups_within(session, matter.branch_id)]
        for unit_id in units:
            found += await people_with_role(session, unit_id, role)
    unique = {one.id: one for one in found}.values()
    return [one for one in unique if not on_leave(one, today)]


async def _present(
    session: AsyncSession, matter: Matter, rung: Rung, today: date
) -> tuple[list[Person], list[Person]]:
    """Those who answer for a rung and are there, with those who stand in; and those who are away."""
    people = [one for one in await _people(session, matter, rung, today) if one.id not in matter.accused_ids]
    away = [one for one in people if on_leave(one, today)]
    instead = await substitutes_of(session, [_id(one.id) for one in away], today)
    there = [one for one in [*people, *instead] if not on_leave(one, today)]
    if not there:
        there = await alternates_for(session, matter, rung, today=today)
    unique = {one.id: one for one in there if one.id not in matter.accused_ids}
    return list(unique.values()), away


async def _reached(session: AsyncSession, people: Sequence[Person]) -> list[Holder]:
    claimed = {person.telegram_id for person in people if person.telegram_id is not None}
    reachable = claimed - await have_blocked(session, claimed)
    return [Holder(person, person.telegram_id in reachable) for person in people]


async def _people(session: AsyncSession, matter: Matter, rung: Rung, today: date) -> list[Person]:
    if rung.step is Step.MEMBER:
        return await _members(session, matter, today)
    if rung.step is Step.GROUP:
        groups = await _groups(session, matter)
        if rung.level >= len(groups):
            return []
        return await people_with_role(session, groups[rung.level], Role.GROUP_LEADER)
    if rung.step is Step.SECRETARY:
        return await people_with_role(session, matter.branch_id, Role.SECRETARY)
    branch = await session.get_one(Unit, matter.branch_id)
    town = await unit_above(session, branch, UnitKind.TOWN)
    return [] if town is None else await people_with_role(session, _id(town.id), Role.TOWN_OFFICER)


async def _members(session: AsyncSession, matter: Matter, today: date) -> list[Person]:
    linked = [] if matter.household_id is None else await members_linked(session, matter.household_id, today)
    if matter.step != Step.MEMBER or matter.assignee_id is None:
        return linked
    assignee = await session.get(Person, matter.assignee_id)
    return ([assignee] if assignee else []) + [one for one in linked if one.id != matter.assignee_id]


async def _groups(session: AsyncSession, matter: Matter) -> list[int]:
    """The groups that a matter belongs to, one within the other, the innermost first (楼栋, 院)."""
    household = None if matter.household_id is None else await session.get(Household, matter.household_id)
    unit_id = matter.group_id if household is None or matter.group_id else household.group_id
    found: list[int] = []
    while unit_id is not None:
        unit = await session.get_one(Unit, unit_id)
        if unit.kind != UnitKind.GROUP:
            break
        found.append(unit_id)
        unit_id = unit.parent_id
    return found


def _height(rung: Rung) -> tuple[int, int]:
    return list(Step).index(rung.step), rung.level


def _id(value: int | None) -> int:
    if value is None:
        raise ValueError("the row has not been stored yet")
    return value
