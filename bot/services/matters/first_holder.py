"""Who answers for a new matter first (首接负责)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category
from bot.domain.matters import Step
from bot.domain.roster import Role, UnitKind
from bot.services.chat.speaker import Speaking
from bot.services.matters.accused import accused_in
from bot.services.matters.holders import on_leave
from storage.queries import roster
from storage.tables import Household, Person, Unit


@dataclass(frozen=True, slots=True)
class Assignment:
    """The holder of a matter (null: nobody could be found) and the step they stand on.

    accused_ids: those whom the matter accuses, and who must not learn of it.
    """

    person: Person | None
    step: Step
    accused_ids: tuple[int, ...] = ()


async def first_holder(
    session: AsyncSession,
    speaking: Speaking,
    *,
    category: Category,
    text: str,
    household: Household | None,
    group_id: int | None,
    today: date,
) -> Assignment:
    """Find the first holder.

    A matter of conduct (`discipline`) goes above whoever it may accuse: to the secretary, and to the
    town when it speaks of the secretary. All others go to the member who answers for the household
    (the speaker, when that is one of them), to a member who told it of nobody in particular, to the
    group's leader, to the secretary. People on leave are passed over while there is somebody else.
    """
    if category is Category.DISCIPLINE:
        return await _above_accused(
            session, speaking, text, household=household, group_id=group_id, today=today
        )
    linked: list[Person] = []
    if household is not None and household.id is not None:
        linked = await roster.members_linked(session, household.id, today)
        if speaking.actor.person_id in {person.id for person in linked}:
            return Assignment(speaking.person, Step.MEMBER)
    if household is None and speaking.actor.is_member:
        return Assignment(speaking.person, Step.MEMBER)
    if linked:
        return Assignment(_present(linked, today), Step.MEMBER)
    leaders = [] if group_id is None else await _holding(session, group_id, Role.GROUP_LEADER)
    if leaders:
        return Assignment(_present(leaders, today), Step.GROUP)
    secretaries = await _holding(session, speaking.branch_id, Role.SECRETARY)
    return Assignment(_present(secretaries, today), Step.SECRETARY)


async def _above_accused(
    session: AsyncSession,
    speaking: Speaking,
    text: str,
    *,
    household: Household | None,
    group_id: int | None,
    today: date,
) -> Assignment:
    """The holder of a matter of conduct: never below the secretary, and above the highest who is accused.

    Where nobody is above, it goes to whoever beside or below them is not accused.
    """
    accused = await accused_in(session, text, speaking, household=household, group_id=group_id, today=today)
    branch = await session.get_one(Unit, speaking.branch_id)
    town = await roster.unit_above(session, branch, UnitKind.TOWN)
    officers = [] if town is None or town.id is None else await _holding(session, town.id, Role.TOWN_OFFICER)
    secretaries = await _holding(session, speaking.branch_id, Role.SECRETARY)
    free = {
        Step.SECRETARY: [one for one in secretaries if one.id not in accused.ids],
        Step.TOWN: [one for one in officers if one.id not in accused.ids],
    }
    upwards = [Step.SECRETARY, Step.TOWN]
    if accused.step in (Step.SECRETARY, Step.TOWN):
        upwards.reverse()
    step = next((one for one in upwards if free[one]), upwards[0])
    return Assignment(_present(free[step], today), step, accused.ids)


async def _holding(session: AsyncSession, unit_id: int, role: Role) -> list[Person]:
    return await roster.people_with_role(session, unit_id, role)


def _present(people: Sequence[Person], today: date) -> Person | None:
    return next((one for one in people if not on_leave(one, today)), people[0] if people else None)
