"""Links change hands: who lets go, who takes, and everybody whom it concerns is told.

Kinds (subject `link_proposal`): `link.former`, `link.resident`, `link.secretary`, `link.taken`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import Move
from bot.domain.preset import Preset
from bot.domain.roster import PARTY_ROLES, Role
from bot.secrets import Secrets, WrongKey
from bot.services.matters.matter_messages import refresh
from bot.services.matters.matter_texts import short
from bot.services.matters.tell_holders import TO_HOLDERS, add_event, id_of
from bot.services.notices.tell import About, to_person
from bot.services.roster.run_leaves import reason_of_cover
from bot.wording import say
from storage import outbox
from storage.queries import leaves, linking, roster
from storage.queries.units import groups_within
from storage.tables import AuditEntry, Household, Link, LinkProposal, Person


async def link(
    session: AsyncSession,
    proposal: LinkProposal,
    households: Sequence[Household],
    preset: Preset,
    *,
    now: datetime,
) -> list[str]:
    """Make the links of a proposal, end those of whoever lets go, and tell everybody but the taker.

    Returns:
        The open matters that went to the taker with them, in words.
    """
    today = now.astimezone(preset.zone).date()
    taker = await session.get_one(Person, proposal.person_id)
    former: dict[int, list[Household]] = {}
    for household in households:
        for old in await linking.links_of_household(session, household.id or 0):
            if old.person_id != taker.id and proposal.from_person_id in (None, old.person_id):
                old.until = max(today - timedelta(days=1), old.since - timedelta(days=1))
                session.add(old)
                former.setdefault(old.person_id, []).append(household)
                await _end_cover(session, household, old.person_id, today)
        held = {one.id for one in await roster.households_kept(session, taker.id or 0)}
        if household.id not in held:
            session.add(
                Link(
                    person_id=taker.id or 0,
                    household_id=household.id or 0,
                    since=today,
                    reason=proposal.way,
                )
            )
    audit = AuditEntry(
        at=now,
        by_person_id=proposal.person_id,
        by_name=taker.name,
        action="link.change",
        subject="、".join(one.head for one in households),
        detail=proposal.way,
    )
    session.add(audit)
    await session.flush()
    moved: list[str] = []
    for person_id, theirs in former.items():
        person = await session.get_one(Person, person_id)
        ids = None if proposal.removing else {one.id for one in theirs}
        moved += await _hand_matters(session, person, taker, ids, preset, now=now)
        sentence = "told_removed" if proposal.removing else "told_former"
        heads = "、".join(one.head for one in theirs)
        text = say(f"linking.{sentence}", preset.name, heads=heads, name=taker.name)
        await tell(session, proposal, person, "link.former", text, preset, now=now)
        if proposal.removing:
            await take_off_roster(session, person, by=taker.name, now=now)
    living = await roster.residents_of(session, [one.id for one in households if one.id is not None])
    for people in living.values():
        for resident in people:
            if resident.telegram_id is not None and resident.id != taker.id:
                text = say("linking.told_household", preset.name, name=taker.name)
                await tell(session, proposal, resident, "link.resident", text, preset, now=now)
    return moved


async def _end_cover(session: AsyncSession, household: Household, person_id: int, today: date) -> None:
    """Whoever stands in for them does so for this household no more."""
    for leave in await leaves.leaves_of(session, person_id):
        if leave.substitute_id is None:
            continue
        reason = reason_of_cover(leave)
        for lent in await leaves.links_of_cover(session, leave.substitute_id, reason=reason):
            if lent.household_id == household.id:
                lent.until = max(today - timedelta(days=1), lent.since - timedelta(days=1))
                session.add(lent)


async def take_off_roster(session: AsyncSession, person: Person, *, by: str, now: datetime) -> None:
    """Somebody is on the branch's roster no more: their roles there go, their records stay."""
    units = {person.branch_id, *(unit.id for unit in await groups_within(session, person.branch_id or 0))}
    for held in await roster.roles_held(session, person.id or 0):
        if held.unit_id in units and Role(held.role) in PARTY_ROLES:
            await session.delete(held)
    session.add(AuditEntry(at=now, by_name=by, action="person.remove", subject=person.name))
    await session.flush()


async def _hand_matters(
    session: AsyncSession,
    person: Person,
    taker: Person,
    household_ids: set[int | None] | None,
    preset: Preset,
    *,
    now: datetime,
) -> list[str]:
    """Unfinished matters go along: of these households, or (null) all that they have."""
    moved = []
    theirs = await leaves.unfinished_assigned(session, person.id or 0)
    for leave in await leaves.leaves_of(session, person.id or 0):
        for lent, matter in await leaves.lent_now(session, leave.id or 0):
            if household_ids is None or matter.household_id in household_ids:
                lent.returned_at = now  # it does not come back to them
                session.add(lent)
                theirs.append(matter)
    for matter in theirs:
        if household_ids is not None and matter.household_id not in household_ids:
            continue
        matter.assignee_id = taker.id
        matter.version += 1
        session.add(matter)
        note = say("linking.event_handed_on", preset.name, name=person.name, taker=taker.name)
        add_event(session, matter, Move.REASSIGN, note, now)
        await outbox.cancel(
            session, subject_kind="matter", subject_id=id_of(matter), kinds=TO_HOLDERS, by="link", now=now
        )
        await refresh(session, matter, preset=preset, now=now)
        moved.append(f"#{matter.number} {short(matter.text)}")
    return moved


async def tell(
    session: AsyncSession,
    proposal: LinkProposal,
    person: Person,
    kind: str,
    text: str,
    preset: Preset,
    *,
    now: datetime,
) -> None:
    """Tell somebody how a proposal ended."""
    about = About(kind, "link_proposal", proposal.id or 0, f"v{proposal.version}", now, proposal.branch_id)
    await to_person(session, person, about, text, preset=preset, now=now)


def phones_of(households: Sequence[Household], secrets: Secrets | None) -> str:
    """The phones of households, whole: for the member who answers for them."""
    found = []
    for household in households:
        if household.phone_encrypted is None or secrets is None:
            continue
        try:
            found.append(f"{household.head} {secrets.decrypt_phone(household.phone_encrypted)}")
        except WrongKey:
            continue
    return "、".join(found)
