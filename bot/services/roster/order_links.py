"""Who shall answer for whom, in words: the secretary hands over or removes, residents and members choose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled, NotFound, NotPossible
from bot.domain.linking import Way
from bot.domain.roster import Role
from bot.secrets import Secrets
from bot.services.chat.speaker import Speaking, resolve_household
from bot.services.notices.tell import About, to_person
from bot.services.roster.change_links import take_off_roster
from bot.services.roster.check_links import see_that_they_lead
from bot.services.roster.press_link import link_now
from bot.services.roster.propose_links import PROPOSE, ask_member, deciding, decision_buttons
from bot.text.linking import Asks, LinksAsked
from bot.wording import say
from storage.queries import chats, linking, roster
from storage.queries.units import members_of
from storage.tables import Household, LinkProposal, Person


async def order_links(
    session: AsyncSession, asked: LinksAsked, speaking: Speaking, secrets: Secrets | None, *, now: datetime
) -> str:
    """The secretary names who shall take a household, or all that somebody has; returns the answer.

    Raises:
        NotEntitled: the speaker does not decide on links.
        NotFound: nobody, no household, or more than one is called so.
        NotPossible: it can't be so, with the reason.
    """
    await see_that_they_lead(session, speaking)
    former = await _member(session, asked.from_name, speaking) if asked.from_name else None
    removing = asked.asks is Asks.REMOVE
    if former is not None:
        households = await roster.households_kept(session, former.id or 0)
        if removing:
            await _see_that_they_may_go(session, former, households, asked.to_name, speaking)
            if not households:
                await take_off_roster(session, former, by=speaking.actor.name, now=now)
                await _tell_removed(session, former, speaking, now=now)
                return say("linking.removed_now", speaking.preset.name, name=former.name)
        elif not households:
            raise NotPossible("linking.has_none", name=former.name)
    else:
        households = [await home_called(session, asked.home, speaking)]
    taker = await _member(session, asked.to_name, speaking)
    if former is not None and former.id == taker.id:
        raise NotPossible("linking.same_person")
    await _see_that_they_can_take(session, taker, households, speaking, now=now, all_of=former)
    proposal = LinkProposal(
        branch_id=speaking.branch_id,
        household_ids=[one.id or 0 for one in households],
        person_id=taker.id or 0,
        from_person_id=None if former is None else former.id,
        removing=removing,
        way=Way.ORDER,
        reason=say("linking.why_order", speaking.preset.name),
        asked_by_id=speaking.actor.person_id,
        created_at=now,
    )
    session.add(proposal)
    await session.flush()
    if taker.id == speaking.actor.person_id:
        return await link_now(session, proposal, households, speaking.preset, secrets, now=now)
    by = await session.get_one(Person, speaking.actor.person_id)
    await ask_member(session, proposal, by, speaking.preset, now=now)
    return say("linking.done_asked", speaking.preset.name, name=taker.name)


async def choose_link(
    session: AsyncSession, asked: LinksAsked, speaking: Speaking, secrets: Secrets | None, *, now: datetime
) -> str:
    """A resident wishes for a member, or a member for a household; the secretary decides.

    Raises:
        NotFound: nobody or no household is called so, or nobody knows where the resident lives.
        NotPossible: it is so already, or nobody can decide.
        NotEntitled: a resident wishes for somebody else's household.
    """
    person = speaking.person
    by_member = asked.asks is Asks.CHOICE_OF_MEMBER
    if by_member:
        if person is None or not speaking.actor.is_member:
            raise NotEntitled("linking.secretary_only")
        household, member = await home_called(session, asked.home, speaking), person
    else:
        if person is None or person.household_id is None:
            raise NotFound("linking.no_home_of_yours")
        household = await session.get_one(Household, person.household_id)
        member = await _member(session, asked.to_name, speaking)
    await _see_that_they_can_take(session, member, [household], speaking, now=now)
    waiting = await linking.open_proposals(session, speaking.branch_id)
    if any(household.id in one.household_ids and one.asked_by_id == person.id for one in waiting):
        raise NotPossible("linking.home_asked_already")
    to = await deciding(session, speaking.branch_id)
    if not to:
        raise NotPossible("linking.no_secretary")
    preset = speaking.preset
    proposal = LinkProposal(
        branch_id=speaking.branch_id,
        household_ids=[household.id or 0],
        person_id=member.id or 0,
        way=Way.CHOICE,
        reason=say("linking.why_offer" if by_member else "linking.why_choice", preset.name),
        asked_by_id=person.id,
        created_at=now,
    )
    session.add(proposal)
    await session.flush()
    if by_member and person.id in {one.id for one in to}:
        return await link_now(session, proposal, [household], preset, secrets, now=now)
    names = "、".join(one.name for one in await roster.members_linked(session, household.id or 0, now.date()))
    standing = say("linking.now_linked" if names else "linking.now_unlinked", preset.name, names=names)
    values = {"who": person.name, "name": member.name, "head": household.head, "now": standing}
    sentence = "linking.propose_offer" if by_member else "linking.propose_choice"
    text = say(sentence, preset.name, address=household.address or "—", **values)
    about = About(PROPOSE, "link_proposal", proposal.id or 0, "v0", now, speaking.branch_id)
    buttons = decision_buttons(proposal, preset, other=False)
    for one in to:
        await to_person(session, one, about, text, preset=preset, now=now, buttons=buttons)
    sentence = "linking.offer_told" if by_member else "linking.choice_told"
    return say(sentence, preset.name, name=member.name)


async def home_called(session: AsyncSession, name: str, speaking: Speaking) -> Household:
    """The household of this name in the speaker's branch.

    Raises:
        NotFound: there is none, or more than one.
    """
    found = await resolve_household(session, name, speaking)
    if found.household_id is None or not found.is_sure:
        raise NotFound("linking.several_homes" if found.ambiguous else "linking.unknown_home", name=name)
    return await session.get_one(Household, found.household_id)


async def _member(session: AsyncSession, name: str, speaking: Speaking) -> Person:
    members = await members_of(session, speaking.branch_id)
    exactly = [one for one in members if one.name == name]
    found = exactly or [one for one in members if name in one.name]
    if not found:
        raise NotFound("linking.unknown_person", name=name)
    if len(found) > 1:
        names = "、".join(one.name for one in found)
        raise NotFound("linking.several_people", name=name, names=names)
    return found[0]


async def _see_that_they_can_take(
    session: AsyncSession,
    taker: Person,
    households: Sequence[Household],
    speaking: Speaking,
    *,
    now: datetime,
    all_of: Person | None = None,
) -> None:
    held = {one.id for one in await roster.households_kept(session, taker.id or 0)}
    if all_of is None and households[0].id in held:
        raise NotPossible("linking.has_it_already", head=households[0].head, name=taker.name)
    if taker.id == speaking.actor.person_id:
        return
    if taker.telegram_id is None or await chats.have_blocked(session, [taker.telegram_id]):
        raise NotPossible("linking.not_reached", name=taker.name)
    if taker.on_leave_until is not None and taker.on_leave_until >= speaking.day_of(now):
        raise NotPossible("linking.on_leave", name=taker.name)


async def _see_that_they_may_go(
    session: AsyncSession,
    person: Person,
    households: Sequence[Household],
    taker: str,
    speaking: Speaking,
) -> None:
    if Role.SECRETARY in await roster.roles_of(session, person.id or 0):
        raise NotPossible("linking.keep_secretary", name=person.name)
    if households and not taker:
        raise NotPossible("linking.needs_taker", name=person.name, count=len(households))


async def _tell_removed(session: AsyncSession, person: Person, speaking: Speaking, *, now: datetime) -> None:
    text = say("linking.told_removed_alone", speaking.preset.name)
    about = About("link.former", "person", person.id or 0, "removed", now, person.branch_id)
    await to_person(session, person, about, text, preset=speaking.preset, now=now)
