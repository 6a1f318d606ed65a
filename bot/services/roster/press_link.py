"""A button under a proposal for links: the secretary's (agree, another, later) and the member's (yes, no)."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Press
from bot.domain.errors import NotEntitled, NotFound, NotPossible, Stale
from bot.domain.linking import ProposalState, Way
from bot.domain.preset import Preset
from bot.secrets import Secrets, mask_phones_in
from bot.services.chat.answering import rewrite
from bot.services.chat.speaker import Speaking
from bot.services.roster.change_links import link, phones_of, tell
from bot.services.roster.decide_claim import leads
from bot.services.roster.parameters import for_unit
from bot.services.roster.propose_links import (
    ASK,
    PROPOSE,
    SHOWN_AS_REPLY,
    ask_member,
    deciding,
    homes_words,
    households_of,
    is_open,
    propose_another,
    propose_the_next,
)
from bot.wording import say
from storage.queries import linking, notices
from storage.tables import Household, LinkProposal, Notice, Person


async def press_link(
    session: AsyncSession, press: Press, speaking: Speaking, secrets: Secrets | None, *, now: datetime
) -> str:
    """Do what the button says; returns what whoever has pressed is shown.

    Raises:
        NotFound: there is no such proposal.
        NotEntitled: somebody else is asked.
        NotPossible: it has been answered, or the households' links have changed since.
        Stale: another member has been proposed since.
    """
    proposal = await session.get(LinkProposal, press.id)
    person = speaking.person
    if proposal is None:
        raise NotFound("questions.bad_button")
    if person is None or person.id is None:
        raise NotEntitled("linking.not_asked")
    preset = await for_unit(session, proposal.branch_id)
    of_member = press.choice in ("yes", "no")
    if of_member and person.id != proposal.person_id:
        raise NotEntitled("linking.not_asked")
    if not of_member and not await leads(session, person.id, proposal.branch_id):
        raise NotEntitled("linking.secretary_only")
    if not is_open(proposal):
        raise NotPossible("linking.answered")
    if press.version != proposal.version:
        raise Stale("linking.stale")
    households = await households_of(session, proposal)
    if not await _stands(session, proposal, households):
        _end(session, proposal, ProposalState.DROPPED, now)
        raise NotPossible("linking.gone")
    if of_member:
        return await _answered(
            session, proposal, households, preset, secrets, agrees=press.choice == "yes", now=now
        )
    return await _decided(session, proposal, households, person, preset, secrets, press.choice, now=now)


async def _decided(
    session: AsyncSession,
    proposal: LinkProposal,
    households: list[Household],
    by: Person,
    preset: Preset,
    secrets: Secrets | None,
    choice: str,
    *,
    now: datetime,
) -> str:
    member = await session.get_one(Person, proposal.person_id)
    if choice == "other":
        shown = await propose_another(session, proposal, preset, now=now)
        if shown is None:
            raise NotPossible("linking.no_other")
        for notice in await _notices(session, proposal, PROPOSE):
            await rewrite(
                session, notice, shown.text, mark=f"v{proposal.version}", now=now, buttons=shown.buttons
            )
        return say("linking.done_other", preset.name)
    if choice == "later":
        _end(session, proposal, ProposalState.DROPPED, now)
        done = say("linking.done_later", preset.name)
    elif member.id == by.id or (proposal.way == Way.CHOICE and proposal.asked_by_id == member.id):
        # They have said so themselves.
        await link_now(session, proposal, households, preset, secrets, now=now)
        heads = "、".join(one.head for one in households)
        done = say("linking.done_linked", preset.name, heads=heads, name=member.name)
    else:
        await ask_member(session, proposal, by, preset, now=now)
        done = say("linking.done_asked", preset.name, name=member.name)
    await _close(session, proposal, PROPOSE, done, now=now)
    await session.flush()
    if proposal.way not in (Way.CHOICE, Way.ORDER):
        await propose_the_next(session, proposal.branch_id, by, preset, now=now)
    return done


async def _answered(
    session: AsyncSession,
    proposal: LinkProposal,
    households: list[Household],
    preset: Preset,
    secrets: Secrets | None,
    *,
    agrees: bool,
    now: datetime,
) -> str:
    member = await session.get_one(Person, proposal.person_id)
    heads = "、".join(one.head for one in households)
    if agrees:
        told = say("linking.told_yes", preset.name, name=member.name, heads=heads)
        shown = await link_now(session, proposal, households, preset, secrets, now=now)
    else:
        _end(session, proposal, ProposalState.DECLINED, now)
        values = {"name": member.name, "heads": heads, "home": households[0].head}
        told = say("linking.told_no_next", preset.name, **values)
        by = "、".join(one.name for one in await deciding(session, proposal.branch_id))
        shown = say("linking.thanks_no", preset.name, by=by)
    for one in await deciding(session, proposal.branch_id):
        if one.id != member.id:
            await tell(session, proposal, one, "link.secretary", told, preset, now=now)
    await _close(
        session, proposal, ASK, say(f"linking.button_{'yes' if agrees else 'no'}", preset.name), now=now
    )
    return shown


async def link_now(
    session: AsyncSession,
    proposal: LinkProposal,
    households: list[Household],
    preset: Preset,
    secrets: Secrets | None,
    *,
    now: datetime,
) -> str:
    """Make the links of a proposal to which all have agreed; the taker is told what they have now.

    Returns:
        A short sentence for whoever has agreed last.
    """
    _end(session, proposal, ProposalState.LINKED, now)
    matters = await link(session, proposal, households, preset, now=now)
    member = await session.get_one(Person, proposal.person_id)
    # A message is a row of the outbox, and numbers stand in rows sealed only.
    phones = mask_phones_in(phones_of(households, secrets))
    text = say(
        "linking.thanks_yes",
        preset.name,
        count=len(households),
        homes=homes_words(households, preset),
        phones=say("linking.phones", preset.name, phones=phones) if phones else "",
        matters=say("linking.matters", preset.name, matters="；".join(matters)) if matters else "",
    )
    await tell(session, proposal, member, "link.taken", text, preset, now=now)
    heads = "、".join(one.head for one in households)
    return say("linking.done_linked", preset.name, heads=heads, name=member.name)


async def _stands(session: AsyncSession, proposal: LinkProposal, households: list[Household]) -> bool:
    """Whether the households are still there, and still with whom they were when it was proposed."""
    if len(households) < len(proposal.household_ids):
        return False
    if proposal.way in (Way.CHOICE, Way.ORDER) and proposal.from_person_id is None:
        return True
    for household in households:
        holders = {one.person_id for one in await linking.links_of_household(session, household.id or 0)}
        if (proposal.from_person_id is None and holders) or (
            proposal.from_person_id is not None and proposal.from_person_id not in holders
        ):
            return False
    return True


def _end(session: AsyncSession, proposal: LinkProposal, state: ProposalState, now: datetime) -> None:
    proposal.state, proposal.decided_at = state, now
    proposal.version += 1
    session.add(proposal)


async def _notices(session: AsyncSession, proposal: LinkProposal, kind: str) -> list[Notice]:
    found = await notices.about(session, subject_kind="link_proposal", subject_id=proposal.id or 0)
    kinds = (kind, SHOWN_AS_REPLY) if kind == PROPOSE else (kind,)
    return [one for one in found if one.kind in kinds]


async def _close(
    session: AsyncSession, proposal: LinkProposal, kind: str, outcome: str, *, now: datetime
) -> None:
    """What was asked shows how it ended, and has no buttons any more."""
    for notice in await _notices(session, proposal, kind):
        text = f"{notice.text}\n—— {outcome}"
        await rewrite(session, notice, text, mark=f"end{proposal.version}", now=now)
