"""Somebody wants a name of the roster: they get it, or whoever knows them is asked and nobody gets in before.

Kind `claim.ask` (subject `person`), to those who decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Verb, encode
from bot.domain.claims import CLAIMS_A_DAY, WAITS, ClaimState, How, Ruling, ruling
from bot.domain.errors import NotPossible
from bot.domain.preset import Preset
from bot.domain.roster import Role, UnitKind
from bot.services.chat.answering import tell_user
from bot.services.notices.tell import About, Buttons, to_person
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.outbox import Priority
from storage.queries import chats, claims, roster
from storage.tables import AuditEntry, NameClaim, Person, Unit

ASK = "claim.ask"


@dataclass(frozen=True, slots=True)
class Claimant:
    """A Telegram user, by the name that Telegram shows."""

    user_id: int
    name: str


async def claim(session: AsyncSession, person: Person, claimant: Claimant, how: How, *, now: datetime) -> str:
    """Somebody claims a name; returns what they are told.

    Raises:
        NotPossible: they are somebody else already, or nobody can be asked.
    """
    preset = await _preset(session, person)
    waiting = await claims.waiting_for(session, person.id or 0, since=now - WAITS)
    rivals = [one for one in waiting if one.user_id != claimant.user_id]
    found = ruling(how, user_id=claimant.user_id, holder=person.telegram_id, rivals=len(rivals))
    if found is Ruling.THEIRS:
        return await _welcome(session, person, preset)
    await _see_that_they_are_nobody_else(session, person, claimant, how)
    if found is Ruling.LET_IN:
        await let_in(session, person, claimant, by=claimant.name, now=now)
        return await _welcome(session, person, preset)
    deciding = await deciders(session, person, but=claimant.user_id)
    if not deciding:
        raise NotPossible("names.nobody_to_ask")
    who = "、".join(one.name for one in deciding)
    if len(rivals) < len(waiting):
        return say("names.asked_already", preset.name, who=who)
    if await claims.claims_since(session, claimant.user_id, now - timedelta(days=1)) >= CLAIMS_A_DAY:
        raise NotPossible("names.too_many", most=CLAIMS_A_DAY)
    for former in await claims.waiting_of(session, claimant.user_id):
        former.state, former.decided_at = ClaimState.DROPPED, now
        session.add(former)
    new = NameClaim(
        person_id=person.id or 0,
        user_id=claimant.user_id,
        user_name=claimant.name,
        how=how,
        asked_at=now,
    )
    session.add(new)
    await session.flush()
    await _ask(session, person, [*waiting, new], deciding, preset, now=now)
    return say("names.asked", preset.name, who=who, name=person.name)


async def let_in(
    session: AsyncSession,
    person: Person,
    claimant: Claimant,
    *,
    by: str,
    by_id: int | None = None,
    now: datetime,
) -> None:
    """The user is this person from now on; codes of theirs that nobody has used open nothing any more.

    A resident who turns out to be on the roster keeps their household. Whoever had the name before is
    nobody any more.
    """
    former = await roster.person_by_telegram(session, claimant.user_id)
    if former is not None and former.id != person.id:
        former.telegram_id = None
        person.household_id = person.household_id or former.household_id
        former.household_id = None
        session.add(former)
        await session.flush()
    if person.telegram_id not in (None, claimant.user_id):
        await _tell_former(session, person, now=now)
    person.telegram_id, person.claimed_at = claimant.user_id, now
    for invite in await claims.invites_unused(session, person.id or 0):
        invite.used_at, invite.used_by = now, claimant.user_id
        session.add(invite)
    audit = AuditEntry(
        at=now,
        by_person_id=by_id,
        by_name=by,
        action="person.claim",
        subject=person.name,
        detail=f"user {claimant.user_id}",
    )
    session.add_all([person, audit])
    await session.flush()


async def _tell_former(session: AsyncSession, person: Person, *, now: datetime) -> None:
    preset = await _preset(session, person)
    await tell_user(
        session,
        person.telegram_id or 0,
        person.name,
        say("names.moved_on_told", preset.name, name=person.name),
        key=f"moved on:{person.id}:{now.isoformat()}",
        kind="person.unbound",
        branch_id=person.branch_id,
        now=now,
    )


async def deciders(session: AsyncSession, person: Person, *, but: int | None = None) -> list[Person]:
    """Who says whether somebody is this person: those who lead the branch and can be reached, else the town.

    but: a Telegram user who can't decide, for the claim is theirs.
    """
    branch = None if person.branch_id is None else await session.get(Unit, person.branch_id)
    levels: list[list[Person]] = []
    if branch is not None:
        leading = [
            one
            for role in (Role.SECRETARY, Role.DEPUTY)
            for one in await roster.people_with_role(session, branch.id or 0, role)
        ]
        levels.append(leading)
        town = await roster.unit_above(session, branch, UnitKind.TOWN)
        towns = [] if town is None or town.id is None else [town.id]
    else:
        towns = await roster.towns_of_officer(session, person.id or 0)
    levels.append(
        [one for town in towns for one in await roster.people_with_role(session, town, Role.TOWN_OFFICER)]
    )
    for level in levels:
        users = [one.telegram_id for one in level if one.telegram_id is not None]
        gone = await chats.have_blocked(session, users)
        reached = {one.id: one for one in level if one.telegram_id not in {None, but, *gone}}
        if reached:
            return list(reached.values())
    return []


async def who_is_it(session: AsyncSession, person: Person, preset: Preset) -> str:
    """A person with their unit and roles, for whoever decides."""
    roles = await roster.roles_of(session, person.id or 0)
    group = await roster.group_of_person(session, person.id or 0)
    unit = group or (None if person.branch_id is None else await session.get(Unit, person.branch_id))
    words = "、".join(role.chinese for role in Role if role in roles)
    place = say("terms.town", preset.name) if unit is None else unit.name
    return say("names.who_is", preset.name, name=person.name, unit=place, roles=words)


async def _see_that_they_are_nobody_else(
    session: AsyncSession, person: Person, claimant: Claimant, how: How
) -> None:
    former = await roster.person_by_telegram(session, claimant.user_id)
    if former is not None and former.id != person.id and await roster.roles_of(session, former.id or 0):
        sentence = "chats.claim_other" if how is How.CODE else "names.you_are_another"
        raise NotPossible(sentence, name=former.name)


async def _ask(
    session: AsyncSession,
    person: Person,
    waiting: Sequence[NameClaim],
    deciding: Sequence[Person],
    preset: Preset,
    *,
    now: datetime,
) -> None:
    name = preset.name
    who = await who_is_it(session, person, preset)
    holder = ""
    if person.telegram_id is not None:
        chat = await chats.chat_by_telegram(session, person.telegram_id)
        holder = say("names.holder", name, user=person.name if chat is None else chat.title or person.name)
    if len(waiting) == 1:
        [one] = waiting
        text = say("names.ask_one", name, who=who, user=one.user_name, how=_how(one, name), holder=holder)
    else:
        users = "\n".join(
            say("names.ask_line", name, position=position, user=one.user_name, how=_how(one, name))
            for position, one in enumerate(waiting, start=1)
        )
        count = len(waiting)
        text = say("names.ask_several", name, who=who, count=count, users=users, holder=holder)
    stage = "-".join(str(one.id) for one in waiting)
    about = About(ASK, "person", person.id or 0, stage, now, person.branch_id)
    buttons = _buttons(waiting, name)
    for decider in deciding:
        await to_person(
            session, decider, about, text, preset=preset, now=now, priority=Priority.MATTER, buttons=buttons
        )


def _buttons(waiting: Sequence[NameClaim], preset: str) -> Buttons:
    """The version of a press is how many claims it was shown for: a later one makes it stale."""

    def button(words: str, of: NameClaim, choice: str) -> dict[str, str]:
        return {"text": words, "data": encode(Verb.CLAIM, of.id or 0, len(waiting), choice)}

    if len(waiting) == 1:
        [one] = waiting
        return (
            (
                button(say("names.button_yes", preset), one, "yes"),
                button(say("names.button_no", preset), one, "no"),
            ),
        )
    rows = tuple(
        (button(say("names.button_this", preset, position=position), one, "yes"),)
        for position, one in enumerate(waiting, start=1)
    )
    return (*rows, (button(say("names.button_none", preset), waiting[0], "no"),))


def _how(one: NameClaim, preset: str) -> str:
    return say(f"names.how_{one.how}", preset)


async def _welcome(session: AsyncSession, person: Person, preset: Preset) -> str:
    unit_id = person.branch_id
    if unit_id is None:
        unit_id = next(iter(await roster.towns_of_officer(session, person.id or 0)), None)
    unit = None if unit_id is None else await session.get(Unit, unit_id)
    return say("chats.claimed", preset.name, name=person.name, unit="" if unit is None else unit.name)


async def _preset(session: AsyncSession, person: Person) -> Preset:
    return await for_unit(session, person.branch_id)
