"""What somebody is to a matter, and so what they may do with it."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled
from bot.domain.ladder_times import Rung
from bot.domain.matters import MAY, Move, Part, Step
from bot.domain.roster import Role, UnitKind
from bot.services.chat.speaker import Speaking
from bot.services.matters.accused import is_accused
from bot.services.matters.confirm_outcome import may_confirm
from bot.services.matters.holders import ladder_of, rung_of
from bot.services.matters.matter_texts import is_conduct
from bot.services.matters.tell_holders import ASKING
from storage.queries import offers, roster
from storage.queries.tellings import people_told
from storage.tables import Matter, Person, Unit


async def parts_of(
    session: AsyncSession, matter: Matter, speaking: Speaking, *, now: datetime
) -> frozenset[Part]:
    """Everything that the speaker is to a matter; nothing when it accuses them.

    A matter of conduct is nobody's below the step that it is on, and never theirs whom it accuses.
    """
    parts = set()
    if is_accused(matter, speaking.actor.person_id):
        return frozenset()
    if await may_confirm(session, matter, speaking):
        parts.add(Part.REPORTER)
    person = speaking.person
    if person is None or person.id is None or person.id in matter.accused_ids:
        return frozenset(parts)
    held = await _people_by_rung(session, matter, speaking.day_of(now))
    own = rung_of(matter)
    if person.id == matter.assignee_id or person.id in held.get(own, ()):
        parts.add(Part.HOLDER)
    above = {key for rung, keys in held.items() if rung != own for key in keys}
    told = await people_told(session, matter.id or 0, ASKING)
    if person.id in above or any(one.id == person.id for one in told):
        parts.add(Part.ABOVE)
    if person.id in await _deciding(session, matter):
        parts.add(Part.SECRETARY)
    if not matter.private and speaking.actor.is_member and person.branch_id == matter.branch_id:
        parts.add(Part.MEMBER)
    if await _is_addressee(session, matter, person):
        parts.add(Part.ADDRESSEE)
    return frozenset(parts)


async def see_that_they_may(
    session: AsyncSession, matter: Matter, what: Move, speaking: Speaking, *, now: datetime
) -> Person:
    """The speaker, as somebody on the roster who may make this move.

    Raises:
        NotEntitled: they may not; it says who may.
    """
    await see_that_it_is_theirs(session, matter, what, speaking, now=now)
    if speaking.person is None:
        raise NotEntitled("matters.not_yours", number=matter.number)
    return speaking.person


async def see_that_it_is_theirs(
    session: AsyncSession, matter: Matter, what: Move, speaking: Speaking, *, now: datetime
) -> None:
    """See that the speaker, on the roster or not, may make this move.

    Raises:
        NotEntitled: they may not; it says who may.
    """
    parts = await parts_of(session, matter, speaking, now=now)
    if not parts & MAY[what]:
        whose = "moves.not_yours" if MAY[what] & {Part.HOLDER, Part.ABOVE} else "moves.not_yours_to_decide"
        raise NotEntitled(whose if parts else "matters.not_yours", number=matter.number)


async def secretaries_above(session: AsyncSession, matter: Matter) -> list[Person]:
    """The secretaries of a matter's branch; none of a matter of conduct that has gone past them."""
    if is_conduct(matter) and matter.step == Step.TOWN:
        return []
    return await roster.people_with_role(session, matter.branch_id, Role.SECRETARY)


async def _people_by_rung(session: AsyncSession, matter: Matter, today: date) -> dict[Rung, set[int | None]]:
    ladder = await ladder_of(session, matter, today=today, since=rung_of(matter))
    return {rung: {holder.person.id for holder in holders} for rung, holders in ladder.held.items()}


async def _deciding(session: AsyncSession, matter: Matter) -> set[int | None]:
    """Those who decide about a branch's matters: its secretaries, and the officers of its town."""
    people = await secretaries_above(session, matter)
    branch = await session.get_one(Unit, matter.branch_id)
    town = await roster.unit_above(session, branch, UnitKind.TOWN)
    if town is not None and town.id is not None:
        people += await roster.people_with_role(session, town.id, Role.TOWN_OFFICER)
    return {person.id for person in people}


async def _is_addressee(session: AsyncSession, matter: Matter, person: Person) -> bool:
    offer = await offers.open_offer(session, matter.id or 0)
    if offer is None:
        return False
    if offer.to_branch_id is None:
        return offer.to_person_id == person.id
    secretaries = await roster.people_with_role(session, offer.to_branch_id, Role.SECRETARY)
    return any(one.id == person.id for one in secretaries)


async def rung_held_by(session: AsyncSession, matter: Matter, person_id: int | None, *, today: date) -> Rung:
    """The lowest rung on which somebody answers for a matter; the member's when on none."""
    ladder = await ladder_of(session, matter, today=today)
    for rung, holders in ladder.held.items():
        if any(holder.person.id == person_id for holder in holders):
            return rung
    return Rung(Step.MEMBER)
