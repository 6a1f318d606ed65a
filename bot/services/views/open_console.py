"""Who is let into the console, and what they see there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roster import Role
from bot.services.matters.looks import Onlooker, note_look
from bot.services.roster.parameters import for_unit
from bot.services.views.ledger_view import LedgerPage, ledger_page
from storage.queries.console import branches_below, roles_with_units
from storage.tables import AuditEntry, Matter, Person

# Secretaries decide, town officers watch over; a group leader or member has their own list in the chat.
_MAY_LOOK = (Role.SECRETARY, Role.TOWN_OFFICER)


class NotLetIn(Exception):
    """The person may not look into any ledger."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody in the console. branches: (id, name) of the ledgers that they may look into."""

    person_id: int
    name: str
    branches: tuple[tuple[int, str], ...]

    def chosen(self, branch_id: int | None) -> int:
        """The key of the branch asked for; null asks for their first.

        Raises:
            NotLetIn: when it is not one of theirs.
        """
        chosen = branch_id if branch_id is not None else self.branches[0][0]
        if chosen not in dict(self.branches):
            raise NotLetIn
        return chosen


@dataclass(frozen=True, slots=True)
class Ledger:
    """A branch's ledger for a visitor. now: the present moment in the branch's zone."""

    branch_id: int
    page: LedgerPage
    now: datetime


async def visitor(session: AsyncSession, person_id: int) -> Visitor:
    """The visitor with their branches.

    Raises:
        NotLetIn: when they are nobody's secretary and no town officer.
    """
    person = await session.get(Person, person_id)
    if person is None:
        raise NotLetIn
    branches: dict[int, str] = {}
    for role, unit in await roles_with_units(session, person_id):
        if role in _MAY_LOOK:
            branches |= {branch.id or 0: branch.name for branch in await branches_below(session, unit)}
    if not branches:
        raise NotLetIn
    return Visitor(person_id, person.name, tuple(branches.items()))


async def look_into(session: AsyncSession, who: Visitor, branch_id: int | None, *, now: datetime) -> Ledger:
    """The ledger of one of the visitor's branches (null: their first), without what accuses them.

    The private matters in it are noted as looked at.

    Raises:
        NotLetIn: when it is not one of theirs.
    """
    chosen = who.chosen(branch_id)
    zone = (await for_unit(session, chosen)).zone
    page = await ledger_page(session, chosen, for_person=who.person_id)
    shown = [await session.get_one(Matter, row.id) for row in page.matters if row.private]
    await note_look(session, shown, Onlooker(who.name, who.person_id), "console", now=now)
    return Ledger(chosen, page, now.astimezone(zone))


async def note_entry(session: AsyncSession, who: Visitor, *, now: datetime) -> None:
    """Remember in the audit that somebody has come in."""
    session.add(AuditEntry(at=now, by_person_id=who.person_id, by_name=who.name, action="console.enter"))
