"""Whoever knows them says whether a Telegram user is the person whose name they want."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Press
from bot.domain.claims import WAITS, ClaimState, How
from bot.domain.errors import NotEntitled, NotFound, NotPossible, Stale
from bot.domain.preset import Preset
from bot.domain.roster import Role
from bot.services.chat.answering import rewrite, tell_user
from bot.services.chat.speaker import Speaking
from bot.services.roster.name_claims import ASK, Claimant, deciders, let_in
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.queries import claims, notices, roster
from storage.tables import AuditEntry, NameClaim, Person, Unit


async def decide_claim(session: AsyncSession, press: Press, speaking: Speaking, *, now: datetime) -> str:
    """The choice `yes` gives the name to this claim's user, `no` to none of those who wait.

    Returns:
        What whoever has pressed is shown. All who wait are told, and what was asked shows how it ended.

    Raises:
        NotFound: there is no such claim.
        NotEntitled: it is not theirs to decide.
        NotPossible: it has been decided.
        Stale: somebody else has claimed the name since.
    """
    chosen = await session.get(NameClaim, press.id)
    if chosen is None:
        raise NotFound("questions.bad_button")
    person = await session.get_one(Person, chosen.person_id)
    preset = await for_unit(session, person.branch_id)
    if not await _may_decide(session, person, speaking):
        raise NotEntitled("names.not_yours")
    waiting = await claims.waiting_for(session, person.id or 0, since=now - WAITS)
    if chosen.id not in {one.id for one in waiting}:
        raise NotPossible("names.already_decided")
    if len(waiting) != press.version:
        raise Stale("names.changed_since")
    granted = chosen if press.choice == "yes" else None
    for one in waiting:
        one.state = ClaimState.GRANTED if one is granted else ClaimState.REFUSED
        one.decided_at, one.decided_by_id = now, speaking.actor.person_id
        session.add(one)
    if granted is not None:
        former = await roster.person_by_telegram(session, granted.user_id)
        if former is not None and former.id != person.id and await roster.roles_of(session, former.id or 0):
            raise NotPossible("names.already_decided")
        claimant = Claimant(granted.user_id, granted.user_name)
        by, by_id = speaking.actor.name, speaking.actor.person_id
        await let_in(session, person, claimant, by=by, by_id=by_id, now=now)
    else:
        await _refuse(session, person, waiting, speaking, now=now)
    await _tell_all(session, person, waiting, speaking, preset, now=now)
    verdict, shown = "granted", granted
    if granted is None:
        verdict, shown = ("refused", waiting[0]) if len(waiting) == 1 else ("none", None)
    user = "" if shown is None else shown.user_name
    words = say(f"names.verdict_{verdict}", preset.name, user=user)
    for notice in await notices.about(session, subject_kind="person", subject_id=person.id or 0):
        if notice.kind == ASK and notice.buttons:
            text = say("names.decided", preset.name, text=notice.text, by=speaking.actor.name, verdict=words)
            await rewrite(session, notice, text, mark=f"decided{chosen.id}", now=now)
            notice.buttons = []
            session.add(notice)
    return say(f"names.done_{verdict}", preset.name, user=user, name=person.name)


async def _may_decide(session: AsyncSession, person: Person, speaking: Speaking) -> bool:
    """Those whom it is asked of, whoever else leads the branch, and the town above it."""
    by = speaking.actor.person_id
    if by is None:
        return False
    if by in {one.id for one in await deciders(session, person)}:
        return True
    if person.branch_id is None:
        mine = await roster.towns_of_officer(session, by)
        return bool(set(mine) & set(await roster.towns_of_officer(session, person.id or 0)))
    return await leads(session, by, person.branch_id)


async def leads(session: AsyncSession, person_id: int, branch_id: int) -> bool:
    """Whether somebody is the secretary or deputy of a branch, or an officer of the town above it."""
    for role in (Role.SECRETARY, Role.DEPUTY):
        if person_id in {one.id for one in await roster.people_with_role(session, branch_id, role)}:
            return True
    branch = await session.get_one(Unit, branch_id)
    return branch.parent_id in await roster.towns_of_officer(session, person_id)


async def _refuse(
    session: AsyncSession,
    person: Person,
    waiting: Sequence[NameClaim],
    speaking: Speaking,
    *,
    now: datetime,
) -> None:
    """A code that came into wrong hands opens nothing any more."""
    if any(one.how == How.CODE for one in waiting):
        for invite in await claims.invites_unused(session, person.id or 0):
            invite.used_at = now
            session.add(invite)
    users = "、".join(f"user {one.user_id}" for one in waiting)
    audit = AuditEntry(
        at=now,
        by_person_id=speaking.actor.person_id,
        by_name=speaking.actor.name,
        action="person.claim_refused",
        subject=person.name,
        detail=users,
    )
    session.add(audit)


async def _tell_all(
    session: AsyncSession,
    person: Person,
    waiting: Sequence[NameClaim],
    speaking: Speaking,
    preset: Preset,
    *,
    now: datetime,
) -> None:
    branch = None if person.branch_id is None else await session.get(Unit, person.branch_id)
    welcome = say("chats.claimed", preset.name, name=person.name, unit="" if branch is None else branch.name)
    for one in waiting:
        if one.state == ClaimState.GRANTED:
            text = f"{say('names.granted', preset.name)}{welcome}"
        else:
            text = say("names.refused", preset.name, who=speaking.actor.name, name=person.name)
        await tell_user(
            session,
            one.user_id,
            one.user_name,
            text,
            key=f"claim:{one.id}:{one.state}",
            kind="claim.decided",
            branch_id=person.branch_id,
            now=now,
        )
