"""Bringing a roster into the ledger: all of it or nothing; again and again, each time an update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roster import Role, UnitKind
from bot.secrets import Secrets
from bot.services.meetings.audience import kinds_from_notes
from bot.services.roster.branch_roster import BranchRoster
from bot.services.roster.find_branch import all_branches
from bot.services.roster.import_changes import Imported
from bot.services.roster.roster_cells import RowFault
from bot.services.roster.roster_contradictions import contradictions, doubts
from bot.services.roster.roster_file import RosterRow
from bot.services.roster.roster_rows import Entry, check_rows, same_branch
from bot.wording import say
from storage.queries.roster import people_with_role, unit_above
from storage.tables import AuditEntry, Unit


class RosterRefused(Exception):
    """Rows are wrong; nothing may be kept of the import. `faults` are in the order of the rows."""

    def __init__(self, faults: Sequence[RowFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


async def import_roster(
    session: AsyncSession,
    rows: Sequence[RosterRow],
    *,
    branch: Unit | None,
    secrets: Secrets,
    today: date,
    now: datetime,
) -> Imported:
    """Make the ledger's people, households and links as the roster says.

    For each person named, the roster is the whole truth: their other links end yesterday, their other
    roles go. A cell left empty changes nothing. People and households not named stay as they are. A person
    with a new phone or group, and a household with a new address, are recognised by the name while only one
    has it; a person with a new name by the phone.

    Args:
        branch: where rows that name no branch belong; null: the only one there is.
        today: the branch's day, on which new links begin.

    Raises:
        RosterRefused: roll back then.
    """
    entries, faults = check_rows(rows)
    placed, misplaced = await _place(session, entries, branch)
    faults += misplaced
    for _, of_branch in placed:
        faults += contradictions(of_branch)
    if faults:
        raise RosterRefused(sorted(faults, key=lambda fault: fault.row))
    done = Imported()
    for unit, of_branch in placed:
        faults += await BranchRoster(session, unit, secrets, today, now, done).bring(of_branch)
        notes = {entry.member: entry.note for entry in of_branch if entry.note and not entry.head}
        await kinds_from_notes(session, unit.id or 0, notes, now=now)
        done.doubts += doubts(of_branch)
        if not await people_with_role(session, unit.id or 0, Role.SECRETARY):
            done.notes.append(say("roster.doubt_no_secretary", branch=unit.name))
        by, rows_of_it = say("setup.command_line"), f"{len(of_branch)} rows"
        session.add(
            AuditEntry(at=now, by_name=by, action="roster.import", subject=unit.name, detail=rows_of_it)
        )
    if faults:
        raise RosterRefused(sorted(faults, key=lambda fault: fault.row))
    await session.flush()
    return done


async def _place(
    session: AsyncSession, entries: Sequence[Entry], branch: Unit | None
) -> tuple[list[tuple[Unit, list[Entry]]], list[RowFault]]:
    """The entries by branch, and what is wrong with the branches that rows name."""
    branches = await all_branches(session)
    default = branch or (branches[0] if len(branches) == 1 else None)
    placed: dict[int, tuple[Unit, list[Entry]]] = {}
    faults = []
    for entry in entries:
        unit = default
        problem = None
        if entry.branch:
            candidates = [branch] if branch else branches
            exact = [one for one in candidates if one.name == entry.branch]
            alike = exact or [one for one in candidates if same_branch(one.name, entry.branch)]
            unit = alike[0] if len(alike) == 1 else None
            if unit is None and branch is not None:
                problem = say("roster.fault_other_branch", value=entry.branch, branch=branch.name)
            elif unit is None:
                problem = say("roster.fault_unknown_branch", value=entry.branch)
        elif unit is None:
            problem = say("roster.fault_no_branch")
        if unit is not None and Role.TOWN_OFFICER in entry.roles:
            town = await unit_above(session, unit, UnitKind.TOWN)
            if town is None:
                problem = say("roster.fault_officer_without_town", name=entry.member, branch=unit.name)
        if problem is not None:
            faults.append(RowFault(entry.row, "支部", problem))
        elif unit is not None and unit.id is not None:
            placed.setdefault(unit.id, (unit, []))[1].append(replace(entry, branch=unit.name))
    return list(placed.values()), faults
