"""Who holds a matter at each step of the ladder, and whether a message can reach them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import Step
from bot.domain.roster import Role, UnitKind
from storage.queries.chats import have_blocked
from storage.queries.roster import members_linked, people_with_role, unit_above
from storage.tables import Household, Matter, Person, Unit

LADDER = tuple(Step)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who answers for a step.

    reachable: they have claimed their name and not blocked the bot, so that it can write to them.
    """

    person: Person
    reachable: bool


async def holders_for(session: AsyncSession, matter: Matter, step: Step, *, today: date) -> list[Holder]:
    """Those who answer for `matter` at `step` today, people on leave left out.

    At the member's step these are the one it is assigned to and all who are linked to its household.
    """
    people = [one for one in await _people(session, matter, step, today) if not on_leave(one, today)]
    claimed = {person.telegram_id for person in people if person.telegram_id is not None}
    reachable = claimed - await have_blocked(session, claimed)
    return [Holder(person, person.telegram_id in reachable) for person in people]


async def held_steps(
    session: AsyncSession, matter: Matter, *, today: date, ladder: Sequence[Step] = LADDER
) -> dict[Step, list[Holder]]:
    """The steps of the ladder that somebody answers for, from below.

    Whoever answers for two steps stands on the lower one: a matter does not climb from a person to the same.
    """
    found: dict[Step, list[Holder]] = {}
    placed: set[int | None] = set()
    for step in ladder:
        holders = await holders_for(session, matter, step, today=today)
        new = [holder for holder in holders if holder.person.id not in placed]
        if new:
            found[step] = new
            placed |= {holder.person.id for holder in new}
    return found


def on_leave(person: Person, day: date) -> bool:
    """Whether a person is on leave on a day."""
    return person.on_leave_until is not None and day <= person.on_leave_until


async def _people(session: AsyncSession, matter: Matter, step: Step, today: date) -> list[Person]:
    household = None if matter.household_id is None else await session.get(Household, matter.household_id)
    if step is Step.MEMBER:
        linked = [] if household is None else await members_linked(session, _id(household.id), today)
        if matter.step != Step.MEMBER or matter.assignee_id is None:
            return linked
        assignee = await session.get(Person, matter.assignee_id)
        return ([assignee] if assignee else []) + [one for one in linked if one.id != matter.assignee_id]
    if step is Step.GROUP:
        group = matter.group_id if household is None or matter.group_id else household.group_id
        return [] if group is None else await people_with_role(session, group, Role.GROUP_LEADER)
    branch = await session.get_one(Unit, matter.branch_id)
    if step is Step.SECRETARY:
        return await people_with_role(session, matter.branch_id, Role.SECRETARY)
    town = await unit_above(session, branch, UnitKind.TOWN)
    return [] if town is None else await people_with_role(session, _id(town.id), Role.TOWN_OFFICER)


def _id(value: int | None) -> int:
    if value is None:
        raise ValueError("the row has not been stored yet")
    return value
