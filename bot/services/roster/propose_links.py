"""A member for each household without one: the secretary sees a proposal, the member consents.

Kinds (subject `link_proposal`): `link.propose` (to whoever decides), `link.ask` (to the member), and those of
`bot.services.roster.change_links`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Verb, encode
from bot.domain.linking import ANSWER_WITHIN, OPEN, ProposalState, Suggestion, Way, limit_for, suggest
from bot.domain.preset import Preset
from bot.domain.roster import HouseholdKind, Role
from bot.services.chat.speaker import Speaking
from bot.services.notices.tell import About, Buttons, to_person
from bot.services.roster.check_links import see_that_they_lead
from bot.services.roster.gather_links import BranchLinks, gather_links
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.outbox import Priority
from storage.queries import linking, roster
from storage.tables import Household, LinkProposal, Person

PROPOSE, ASK = "link.propose", "link.ask"
SHOWN_AS_REPLY = "reply.links"
"""The kind of a proposal that answers whoever has asked for it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody is shown, with the buttons under it. proposal: its key; null when it shows none."""

    text: str
    buttons: Buttons = ()
    proposal: int | None = None


async def propose_links(session: AsyncSession, speaking: Speaking, *, now: datetime) -> Shown:
    """The proposal for the next household without a member.

    Raises:
        NotEntitled: the speaker does not decide on links.
    """
    await see_that_they_lead(session, speaking)
    preset = await for_unit(session, speaking.branch_id)
    shown = await _next(session, speaking.branch_id, preset, now=now)
    return shown or Shown(await _nothing_to_propose(session, speaking.branch_id, preset))


async def _nothing_to_propose(session: AsyncSession, branch_id: int, preset: Preset) -> str:
    waiting = []
    for one in await linking.open_proposals(session, branch_id):
        member = await session.get_one(Person, one.person_id)
        heads = "、".join(household.head for household in await households_of(session, one))
        waiting.append(say("linking.waiting_for", preset.name, heads=heads, name=member.name))
    if not waiting:
        return say("linking.none_unlinked", preset.name)
    return say("linking.none_but_waiting", preset.name, waiting="；".join(waiting))


async def propose_the_next(
    session: AsyncSession, branch_id: int, to: Person, preset: Preset, *, now: datetime
) -> None:
    """When one proposal is decided, whoever decided sees the next; nothing when there is none."""
    shown = await _next(session, branch_id, preset, now=now)
    if shown is None or not shown.buttons:
        return
    latest = (await linking.open_proposals(session, branch_id))[-1]
    about = _about(PROPOSE, latest, now)
    await to_person(
        session,
        to,
        about,
        shown.text,
        preset=preset,
        now=now,
        priority=Priority.ANSWER,
        buttons=shown.buttons,
        breaks_quiet=True,
    )


async def _next(session: AsyncSession, branch_id: int, preset: Preset, *, now: datetime) -> Shown | None:
    links = await gather_links(session, branch_id, preset, now=now)
    linked = {home.id for member in links.members for home in member.homes}
    waiting = await _still_waiting(session, branch_id, now=now)
    asked = {key for one in waiting if one.state == ProposalState.WITH_MEMBER for key in one.household_ids}
    put_off = {
        key for one in await linking.proposals_dropped(session, branch_id) for key in one.household_ids
    }
    open_homes = [home for home in links.homes if home.id not in linked and home.id not in asked]
    fresh = [home for home in open_homes if home.id not in put_off]
    for home in fresh or open_homes:
        again = next((one for one in waiting if home.id in one.household_ids), None)
        if again is not None:
            again.version += 1  # shown once more: the buttons of before are stale
            session.add(again)
            return await _shown(session, again, links, preset)
        found = suggest(home, links.members, rules=preset.linking, most=preset.links_most)
        household = links.households[home.id]
        if found is None:
            limit = limit_for(home, preset.linking, preset.links_most)
            values = {"head": home.head, "address": household.address, "most": limit}
            return Shown(say("linking.nobody_free", preset.name, **values))
        proposal = LinkProposal(
            branch_id=branch_id,
            household_ids=[home.id],
            person_id=found.member.id,
            way=found.way,
            reason=why(found, preset),
            created_at=now,
        )
        session.add(proposal)
        await session.flush()
        return await _shown(session, proposal, links, preset)
    return None


async def _still_waiting(session: AsyncSession, branch_id: int, *, now: datetime) -> list[LinkProposal]:
    """The open proposals; of those that a member has left unanswered too long, none."""
    waiting = []
    for one in await linking.open_proposals(session, branch_id):
        if one.state == ProposalState.WITH_MEMBER and now - one.created_at > ANSWER_WITHIN:
            one.state, one.decided_at = ProposalState.DECLINED, now
            one.version += 1
            session.add(one)
        else:
            waiting.append(one)
    await session.flush()
    return waiting


async def propose_another(
    session: AsyncSession, proposal: LinkProposal, preset: Preset, *, now: datetime
) -> Shown | None:
    """The next who could take these households; null when there is nobody else."""
    links = await gather_links(session, proposal.branch_id, preset, now=now)
    passed = [*proposal.passed_over, proposal.person_id]
    home = links.home(proposal.household_ids[0])
    found = suggest(home, links.members, rules=preset.linking, most=preset.links_most, but=passed)
    if found is None:
        return None
    proposal.passed_over = passed
    proposal.person_id, proposal.way, proposal.reason = found.member.id, found.way, why(found, preset)
    proposal.state = ProposalState.WITH_SECRETARY
    proposal.version += 1
    session.add(proposal)
    await session.flush()
    return await _shown(session, proposal, links, preset)


def why(found: Suggestion, preset: Preset) -> str:
    """Why this member, in words."""
    way = "group" if found.way is Way.NEAREST and not found.by else str(found.way)
    return say(f"linking.why_{way}", preset.name, by=found.by)


async def _shown(session: AsyncSession, proposal: LinkProposal, links: BranchLinks, preset: Preset) -> Shown:
    household = links.households[proposal.household_ids[0]]
    member = next(one for one in links.members if one.id == proposal.person_id)
    kinds = "、".join(HouseholdKind(kind).chinese for kind in household.kinds)
    text = say(
        "linking.propose",
        preset.name,
        head=household.head,
        address=household.address or "—",
        kinds=kinds,
        name=member.name,
        why=proposal.reason,
        count=len(member.homes),
    )
    return Shown(text, decision_buttons(proposal, preset, other=True), proposal.id)


def decision_buttons(proposal: LinkProposal, preset: Preset, *, other: bool) -> Buttons:
    """For whoever decides. other: somebody else can be proposed."""
    choices = ("agree", "other", "later") if other else ("agree", "later")
    return (tuple(_button(proposal, choice, preset) for choice in choices),)


async def ask_member(
    session: AsyncSession, proposal: LinkProposal, by: Person, preset: Preset, *, now: datetime
) -> None:
    """Ask the member whether they take the households on."""
    proposal.state = ProposalState.WITH_MEMBER
    proposal.version += 1
    session.add(proposal)
    await session.flush()
    member = await session.get_one(Person, proposal.person_id)
    households = await households_of(session, proposal)
    values = {"by": by.name, "count": len(households), "homes": homes_words(households, preset)}
    if proposal.from_person_id is None:
        text = say("linking.ask", preset.name, why=proposal.reason, **values)
    else:
        former = (await session.get_one(Person, proposal.from_person_id)).name
        text = say("linking.ask_instead", preset.name, former=former, **values)
    buttons = (tuple(_button(proposal, choice, preset) for choice in ("yes", "no")),)
    await to_person(
        session, member, _about(ASK, proposal, now), text, preset=preset, now=now, buttons=buttons
    )


async def households_of(session: AsyncSession, proposal: LinkProposal) -> list[Household]:
    """The households that a proposal is about, none that has been removed."""
    rows = [await session.get_one(Household, key) for key in proposal.household_ids]
    return [one for one in rows if one.removed_on is None]


def homes_words(households: Sequence[Household], preset: Preset) -> str:
    """Households with their addresses, in words."""
    return "、".join(
        say(
            "linking.home" if one.address else "linking.home_bare",
            preset.name,
            head=one.head,
            address=one.address,
        )
        for one in households
    )


async def deciding(session: AsyncSession, branch_id: int) -> list[Person]:
    """Who decides on the links of a branch and is told how proposals end."""
    secretaries = await roster.people_with_role(session, branch_id, Role.SECRETARY)
    return [one for one in secretaries if one.telegram_id is not None]


def is_open(proposal: LinkProposal) -> bool:
    """Whether somebody still has to say something to it."""
    return proposal.state in OPEN


def _button(proposal: LinkProposal, choice: str, preset: Preset) -> dict[str, str]:
    data = encode(Verb.LINK, proposal.id or 0, proposal.version, choice)
    return {"text": say(f"linking.button_{choice}", preset.name), "data": data}


def _about(kind: str, proposal: LinkProposal, now: datetime) -> About:
    return About(kind, "link_proposal", proposal.id or 0, f"v{proposal.version}", now, proposal.branch_id)
