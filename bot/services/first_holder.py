"""Who answers for a new matter first (首接负责)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category
from bot.domain.matters import Step
from bot.domain.roster import Role, UnitKind
from bot.services.holders import on_leave
from bot.services.speaker import Speaking
from bot.text.discretion import names_secretary
from storage.queries import roster
from storage.tables import Household, Person, Unit


@dataclass(frozen=True, slots=True)
class Assignment:
    """The holder of a matter (null: nobody could be found) and the step they stand on."""

    person: Person | None
    step: Step


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
    branch = await session.get_one(Unit, speaking.branch_id)
    secretaries = await roster.people_with_role(session, speaking.branch_id, Role.SECRETARY)
    if category is Category.DISCIPLINE:
        if not names_secretary(text) and not any(person.name in text for person in secretaries):
            return Assignment(_present(secretaries, today), Step.SECRETARY)
        town = await roster.unit_above(session, branch, UnitKind.TOWN)
        officers = (
            [] if town is None or town.id is None else await _holding(session, town.id, Role.TOWN_OFFICER)
        )
        return Assignment(_present(officers, today), Step.TOWN)
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
    return Assignment(_present(secretaries, today), Step.SECRETARY)


async def _holding(session: AsyncSession, unit_id: int, role: Role) -> list[Person]:
    return await roster.people_with_role(session, unit_id, role)


def _present(people: Sequence[Person], today: date) -> Person | None:
    return next((one for one in people if not on_leave(one, today)), people[0] if people else None)
