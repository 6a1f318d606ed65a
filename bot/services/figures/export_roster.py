"""Members and households as outsiders get them: as they stand today."""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.cadence import ContactState
from bot.services.figures.exported import OfBranch, Row
from bot.services.visits.coverage import Covered, coverage
from storage.queries import exports
from storage.queries.roster import group_of_person, households_of_branch, roles_of
from storage.tables import Household


async def member_rows(session: AsyncSession, of: OfBranch) -> list[Row]:
    """Those of the branch who hold a role, with how the households that they answer for stand."""
    covered = await coverage(session, of.id, of.preset, today=of.today)
    rows = []
    for person in await exports.people_on_roster(session, of.id):
        own = [one for one in covered if any(member.id == person.id for member in one.members)]
        states = [one.standing.state for one in own]
        group = await group_of_person(session, person.id or 0)
        leave = person.on_leave_until
        rows.append(
            {
                "name": person.name,
                "branch": of.branch.name,
                "group": group.name if group else None,
                "roles": sorted(await roles_of(session, person.id or 0)),
                "claimed": person.telegram_id is not None,
                "households": len(own),
                "visited_this_period": sum(_visited(one, of.today) for one in own),
                "due": states.count(ContactState.DUE),
                "overdue": states.count(ContactState.OVERDUE),
                "on_leave_until": leave.isoformat() if leave else None,
                "household_heads": [one.household.head for one in own],
            }
        )
    return rows


async def household_rows(session: AsyncSession, of: OfBranch) -> list[Row]:
    """The households of the branch, with who answers for them and when they are due."""
    covered = {one.household.id: one for one in await coverage(session, of.id, of.preset, today=of.today)}
    groups = await exports.groups_of(session, of.id)
    rows = []
    for household in await households_of_branch(session, of.id):
        row = _household(household, covered.get(household.id))
        rows.append({**row, "branch": of.branch.name, "group": groups.get(household.group_id or 0)})
    return rows


def _household(household: Household, covered: Covered | None) -> Row:
    standing = covered.standing if covered else None
    last = standing.last_contact if standing else None
    return {
        "head": household.head,
        "address": household.address,
        "plate": household.plate,
        "nicknames": household.nicknames,
        "kinds": household.kinds,
        "members": [person.name for person in covered.members] if covered else [],
        "last_contact": last.isoformat() if last else None,
        # Nobody answers for it: somebody should, but no day has been set.
        "due_by": standing.due_by.isoformat() if standing else None,
        "state": str(standing.state if standing else ContactState.DUE),
        "away": covered.away if covered else False,
        "away_until": covered.away_until.isoformat() if covered and covered.away_until else None,
        "occasions": [one.kind for one in covered.occasions] if covered else [],
    }


def _visited(covered: Covered, today: date) -> bool:
    last = covered.standing.last_contact
    return last is not None and today <= last + timedelta(days=covered.standing.period)
