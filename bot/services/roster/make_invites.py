"""Codes that bind a chat to a branch and a Telegram user to a person."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roster import Role, UnitKind
from bot.wording import say
from storage.queries.roster import people_with_role, roles_of, unit_above
from storage.queries.units import groups_within
from storage.tables import AuditEntry, Invite, Person, RoleHeld, Unit

# Letters and digits that nobody mistakes for another when reading a code from paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 16  # 79 bits: nobody guesses one
_RANK = (Role.SECRETARY, Role.DEPUTY, Role.TOWN_OFFICER, Role.GROUP_LEADER, Role.MEMBER)


@dataclass(frozen=True, slots=True)
class InviteLine:
    """A code to hand out.

    branch: name of the branch; of the town, for its officers.
    kind: `group` (sent as /bind in the chat) or `person` (sent as /start to the bot).
    name: of the unit or the person. role: the person's foremost role; empty for a chat.
    """

    branch: str
    kind: str
    name: str
    role: str
    code: str


@dataclass(frozen=True, slots=True)
class Invites:
    """The codes, and how many people need none because they have claimed their name."""

    lines: Sequence[InviteLine]
    claimed: int


async def make_invites(
    session: AsyncSession,
    branches: Sequence[Unit],
    *,
    everybody: bool = False,
    groups: bool = False,
    now: datetime,
) -> Invites:
    """A code for each branch's chat and for each person on the roster; the same again while it is unused.

    Args:
        everybody: also for those who have claimed their name (they have a new Telegram user).
        groups: also for each group within the branch, which may have a chat of its own.
    """
    lines: list[InviteLine] = []
    claimed = 0
    towns: dict[int | None, Unit] = {}
    for branch in branches:
        within = [branch, *(await groups_within(session, branch.id or 0) if groups else [])]
        for unit in within:
            invite = await _invite(session, unit, None, now)
            lines.append(InviteLine(branch.name, "group", unit.name, "", invite.code))
        for person in await _people(session, branch):
            if person.telegram_id is not None and not everybody:
                claimed += 1
                continue
            lines.append(await _for_person(session, branch, person, now))
        town = await unit_above(session, branch, UnitKind.TOWN)
        if town is not None:
            towns[town.id] = town
    for town in towns.values():
        for person in await people_with_role(session, town.id or 0, Role.TOWN_OFFICER):
            if person.branch_id is not None:
                continue  # has a code with their branch
            if person.telegram_id is not None and not everybody:
                claimed += 1
                continue
            lines.append(await _for_person(session, town, person, now))
    by = say("setup.command_line")
    detail = f"{len(lines)} codes"
    subject = "、".join(branch.name for branch in branches)
    session.add(AuditEntry(at=now, by_name=by, action="invites.make", subject=subject, detail=detail))
    await session.flush()
    return Invites(lines, claimed)


async def _for_person(session: AsyncSession, unit: Unit, person: Person, now: datetime) -> InviteLine:
    roles = await roles_of(session, person.id or 0)
    role = next((role for role in _RANK if role in roles), "")
    invite = await _invite(session, unit, person, now)
    return InviteLine(unit.name, "person", person.name, str(role), invite.code)


async def _people(session: AsyncSession, branch: Unit) -> list[Person]:
    """The people on the branch's roster; residents who have made themselves known are not."""
    on_roster = select(Person).where(
        Person.branch_id == branch.id, col(Person.id).in_(select(RoleHeld.person_id))
    )
    return list(await session.exec(on_roster.order_by(col(Person.id))))


async def _invite(session: AsyncSession, unit: Unit, person: Person | None, now: datetime) -> Invite:
    person_id = None if person is None else person.id
    unused = select(Invite).where(
        Invite.unit_id == unit.id, col(Invite.person_id) == person_id, col(Invite.used_at).is_(None)
    )
    invite = (await session.exec(unused.order_by(col(Invite.id)))).first()
    if invite is None:
        code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
        kind = "group" if person is None else "person"
        invite = Invite(code=code, kind=kind, unit_id=unit.id or 0, person_id=person_id, created_at=now)
        session.add(invite)
        await session.flush()
    return invite
