"""The households and members of a branch as proposals for links look at them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.linking import Candidate, Home
from bot.domain.preset import Preset
from bot.domain.roster import HouseholdKind, Role, UnitKind
from bot.text.linking import abilities_in, needs_in, street_and_number, trades_in
from storage.queries import chats, linking, roster, units
from storage.tables import Household, Person


@dataclass(frozen=True, slots=True)
class BranchLinks:
    """How links stand in a branch. households, people: the rows behind homes and members, by key."""

    homes: tuple[Home, ...]
    members: tuple[Candidate, ...]
    households: Mapping[int, Household]
    people: Mapping[int, Person]

    def home(self, household_id: int) -> Home:
        """The home of a household."""
        return next(home for home in self.homes if home.id == household_id)


async def gather_links(
    session: AsyncSession, branch_id: int, preset: Preset, *, now: datetime
) -> BranchLinks:
    """Gather them as they stand now."""
    today = now.astimezone(preset.zone).date()
    households = {one.id or 0: one for one in await roster.households_of_branch(session, branch_id)}
    homes = {key: home_of(household) for key, household in households.items()}
    linked: dict[int, list[Home]] = defaultdict(list)
    for link in await linking.standing_links(session, branch_id):
        linked[link.person_id].append(homes[link.household_id])
    people = {one.id or 0: one for one in await units.members_of(session, branch_id)}
    leading = {
        person.id
        for role in (Role.SECRETARY, Role.DEPUTY)
        for person in await roster.people_with_role(session, branch_id, role)
    }
    users = [one.telegram_id for one in people.values() if one.telegram_id is not None]
    gone = await chats.have_blocked(session, users)
    members = []
    for key, person in people.items():
        group = await roster.group_of_person(session, key)
        away = person.on_leave_until is not None and person.on_leave_until >= today
        members.append(
            Candidate(
                key,
                person.name,
                group=group.id if group is not None and group.kind == UnitKind.GROUP else None,
                homes=tuple(dict.fromkeys(linked[key])),
                abilities=abilities_in(person.note),
                trades=trades_in(person.note),
                on_committee=key in leading,
                can_be_asked=person.telegram_id not in {None, *gone} and not away,
            )
        )
    return BranchLinks(tuple(homes.values()), tuple(members), households, people)


def home_of(household: Household) -> Home:
    """A household as far as links go."""
    street, number = street_and_number(household.address)
    return Home(
        id=household.id or 0,
        head=household.head,
        group=household.group_id,
        street=street,
        number=number,
        kinds=frozenset(HouseholdKind(kind) for kind in household.kinds),
        needs=needs_in(household.note, frozenset(household.kinds)),
        trades=trades_in(household.note),
    )
