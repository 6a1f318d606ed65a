"""The households that a line opening a roll-call asks for, by branch ("应急点名 暴雨转移，三组四组")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled, NotFound, NotPossible
from bot.domain.roster import HouseholdKind
from bot.services.chat.speaker import Speaking, in_branch, place_name
from bot.services.rollcalls.standing import id_of
from bot.services.rollcalls.who_is_asked import may_decide
from bot.text.roll_call import Opening, Scope, read_opening
from bot.wording import say
from storage.queries import roster
from storage.queries.units import groups_within
from storage.tables import Household, Unit


@dataclass(frozen=True, slots=True)
class Called:
    """What a line asks for in one branch.

    place: whoever speaks, in that branch. households: those meant; empty when there are none such.
    """

    place: Speaking
    opening: Opening
    households: Sequence[Household]

    def words(self) -> str:
        """Which households they are, for people to read: 三组、四组."""
        place, scope = self.place, self.opening.scope
        name = place.preset.name
        village = "" if place.actor.is_member or place.branch is None else place_name(place.branch.name)
        where = say("roll_call.scope_all", name)
        if scope.groups:
            where = "、".join(scope.groups)
        elif scope.excepted:
            where = say("roll_call.scope_except", name, groups="、".join(scope.excepted))
        if scope.kinds:
            kinds = "、".join(HouseholdKind(kind).chinese for kind in scope.kinds)
            where = say("roll_call.scope_kinds", name, groups=where, kinds=kinds)
        return f"{village}{where}" if village else where


async def households_called(
    session: AsyncSession, said: str, speaking: Speaking, *, command: bool
) -> list[Called]:
    """The households meant, by branch; branches without any are left out.

    said: the line, or what follows the command.

    Raises:
        NotEntitled: somebody else opens roll-calls there.
        NotFound: an officer has not said which village, or nobody at all is meant.
        NotPossible: it can't be read, or names groups that are not there.
    """
    places = await _villages(session, said, speaking, command=command)
    found = [await _wanted(session, said, place, command=command) for place in places]
    if not any(called.households for called in found):
        raise NotFound("roll_call.nobody", scope=found[0].words())
    return [called for called in found if called.households]


async def _villages(session: AsyncSession, said: str, speaking: Speaking, *, command: bool) -> list[Speaking]:
    """The speaker in each branch that is meant."""
    opening = read_opening(said, command=command)
    everywhere = opening is not None and opening.scope.all_villages
    if speaking.villages and (everywhere or speaking.branch is None):
        if not everywhere:
            village = place_name(speaking.villages[0].name)
            raise NotFound("roll_call.usage_town", village=village)
        return [await in_branch(session, speaking, id_of(one)) for one in speaking.villages]
    if not await may_decide(session, speaking, speaking.branch_id):
        raise NotEntitled("roll_call.members_open")
    return [speaking]


async def _wanted(session: AsyncSession, said: str, place: Speaking, *, command: bool) -> Called:
    groups = await groups_within(session, place.branch_id)
    names = [group.name for group in groups]
    opening = read_opening(said, names, command=command)
    if opening is None:
        raise NotPossible("roll_call.usage")
    if opening.scope.missing:
        if not names:
            raise NotPossible("roll_call.no_groups")
        missing = "、".join(opening.scope.missing)
        raise NotPossible(
            "roll_call.no_such_group", missing=missing, groups="、".join(names), example=names[0]
        )
    households = await roster.households_of_branch(session, place.branch_id)
    return Called(place, opening, [one for one in households if _fits(one, opening.scope, groups)])


def _fits(household: Household, scope: Scope, groups: Sequence[Unit]) -> bool:
    own = _around(household.group_id, groups)
    if scope.groups and not own & set(scope.groups):
        return False
    if own & set(scope.excepted):
        return False
    return not scope.kinds or bool(set(scope.kinds) & set(household.kinds))


def _around(group_id: int | None, groups: Sequence[Unit]) -> set[str]:
    """The names of a group and of those around it."""
    by_id = {group.id: group for group in groups}
    names: set[str] = set()
    while group_id in by_id:
        names.add(by_id[group_id].name)
        group_id = by_id[group_id].parent_id
    return names
