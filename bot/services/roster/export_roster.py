"""The roster as the ledger has it, in the form in which it is brought in: doing so again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roster import HouseholdKind, Role, UnitKind
from bot.secrets import Secrets, WrongKey, mask_numbers_in
from bot.services.roster.roster_file import COLUMNS
from bot.wording import say
from storage.queries import roster
from storage.tables import AuditEntry, Household, Person, Unit

RosterLine = dict[str, str]
"""A row, by the roster's columns."""


@dataclass(slots=True)
class RosterExported:
    """The rows. unlinked: the heads of households that no member answers for, which a roster can't hold."""

    rows: list[RosterLine] = field(default_factory=list)
    unlinked: list[str] = field(default_factory=list)


async def export_roster(
    session: AsyncSession,
    branches: Sequence[Unit],
    secrets: Secrets,
    *,
    masked: bool,
    now: datetime,
) -> RosterExported:
    """The roster of these branches, audited.

    A member has a row for each household that they answer for until further notice; one of their own when
    they have none, or when something is noted of them. What is lent for a leave is not theirs. The officers
    of a town stand with the first of its branches.

    Args:
        masked: phones are shown without their middle; such a roster can't be brought in again.
    """
    done = RosterExported()
    towns: set[int] = set()
    for branch in branches:
        table = _Branch(session, branch, secrets, masked)
        for person in await roster.people_on_roster(session, branch.id or 0):
            done.rows += await table.rows_of(person)
        town = await roster.unit_above(session, branch, UnitKind.TOWN)
        if town is not None and town.id is not None and town.id not in towns:
            towns.add(town.id)
            for officer in await roster.people_with_role(session, town.id, Role.TOWN_OFFICER):
                if officer.branch_id is None:
                    done.rows += await table.rows_of(officer)
        done.unlinked += [one.head for one in await roster.households_unlinked(session, branch.id or 0)]
    audit = AuditEntry(
        at=now,
        by_name=say("setup.command_line"),
        action="export.roster",
        subject="、".join(branch.name for branch in branches),
        detail=f"{len(done.rows)} rows{', phones masked' if masked else ''}",
    )
    session.add(audit)
    await session.flush()
    return done


@dataclass(frozen=True, slots=True)
class _Branch:
    session: AsyncSession
    unit: Unit
    secrets: Secrets
    masked: bool

    async def rows_of(self, person: Person) -> list[RosterLine]:
        """Their rows, the one of their own first."""
        roles = await roster.roles_of(self.session, person.id or 0)
        own: RosterLine = {
            **dict.fromkeys(COLUMNS, ""),
            "支部": self.unit.name,
            "党小组": await roster.group_path(self.session, person.id or 0),
            "党员": person.name,
            "手机": self._phone(person.phone_encrypted),
            "角色": _words(role.chinese for role in Role if role in roles),
        }
        households = await roster.households_kept(self.session, person.id or 0)
        rows = [{**own, **self._household(household)} for household in households]
        note = self._note(person.note)
        return rows if rows and not note else [{**own, "备注": note}, *rows]

    def _household(self, household: Household) -> RosterLine:
        kinds = [HouseholdKind(kind) for kind in household.kinds]
        return {
            "户主": household.head,
            "地址": household.address,
            "户类别": _words(kind.chinese for kind in kinds),
            "住户手机": self._phone(household.phone_encrypted),
            "备注": self._note(household.note),
        }

    def _phone(self, encrypted: str | None) -> str:
        try:
            phone = "" if encrypted is None else self.secrets.decrypt_phone(encrypted)
        except WrongKey:
            return ""
        return masked_phone(phone) if self.masked else phone

    def _note(self, note: str) -> str:
        return mask_numbers_in(note) if self.masked else note


def masked_phone(phone: str) -> str:
    """A phone without its middle (138****1234); of a short one, all but the end."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else f"{'*' * len(phone[:-4])}{phone[-4:]}"


def _words(words: Iterable[str]) -> str:
    return "、".join(words)
