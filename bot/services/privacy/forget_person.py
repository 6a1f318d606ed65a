"""Somebody's own data are erased at their wish: who they are goes, figures and the ledger's course stay.

Whoever stands on the roster as a member stays there, since the roster is the village's: they are unbound,
and whoever decides about names is told. A resident leaves nothing but *erased*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import UNFINISHED
from bot.domain.roster import Actor
from bot.secrets import mask_numbers_in
from bot.services.chat.speaker import Speaking, in_branch
from bot.services.matters.matter_messages import refresh
from bot.services.matters.unnamed import take_out_name
from bot.services.matters.withdraw import withdraw_matter
from bot.services.notices.tell import About, to_person
from bot.services.privacy.mask_matter import blank, mask_for, mask_matter, unname_voice
from bot.services.roster.name_claims import deciders
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage import outbox
from storage.queries import chats, forgetting, privacy, roster
from storage.tables import AuditEntry, Household, Matter, Person

_LEFT = "person.left"


class OpenMatters(StrEnum):
    """What becomes of somebody's matters that are not over."""

    KEEP = "keep"  # they go on, and nobody knows whose they were
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done. matters: those that were masked or unnamed. withdrawn: of these, taken back.

    on_roster: their name stays where the village keeps it. entry_id: of the audit.
    """

    entry_id: int
    matters: int
    withdrawn: int
    on_roster: bool


async def everybody_called(session: AsyncSession, name: str, *, branch_id: int | None) -> list[Person]:
    """Members and residents of this name, of one branch when it is given: whose data may be meant."""
    return await privacy.people_called(session, name, branch_id)


async def forget_person(
    session: AsyncSession,
    speaking: Speaking,
    choice: OpenMatters,
    *,
    by: Actor,
    now: datetime,
) -> Erased:
    """Erase what is kept of somebody.

    Args:
        speaking: they themselves, also when it is done for them.
        by: who does it: they themselves, or whoever runs the program.
    """
    person, user_id = speaking.person, speaking.actor.telegram_id
    person_id = None if person is None else person.id
    roles = frozenset() if person_id is None else await roster.roles_of(session, person_id)
    name = speaking.actor.name
    messages, withdrawn = set(), 0
    told = await privacy.told_by(session, user_id, person_id)
    for matter in told:
        messages.add((matter.chat_id, matter.message_id))
        withdrawn += await _let_go(session, matter, choice, speaking, name, now=now)
    if user_id is not None:
        for voice, matter in await privacy.joined_by(session, user_id):
            messages.add((voice.chat_id, voice.message_id))
            unname_voice(voice, await mask_for(session, matter.branch_id, (name,)))
            session.add(voice)
        heard = {(one.chat_id, one.message_id) for one in await privacy.heard_of(session, user_id)}
        await privacy.corrections_of(session, messages | heard)
        await privacy.erase_traces(session, user_id)
        await forgetting.leave_private_chat(session, user_id)
    await _forget_notices(session, user_id, person_id, now=now)
    if person_id is not None:
        await forgetting.forget_as_member(session, person_id)
    if not roles and name:
        await _forget_mentions(session, name)
        for branch_id in _branches(speaking, told):
            await forgetting.replace_mentions(session, branch_id, name, say("moves.somebody"))
    await _forget_in_audit(session, person_id, name, user_id)
    if person is not None and person_id is not None:
        await _forget_on_roster(session, person, on_roster=bool(roles))
    chat = None if user_id is None else await chats.chat_by_telegram(session, user_id)
    if chat is not None:
        await session.delete(chat)
    entry = AuditEntry(
        at=now,
        by_person_id=by.person_id if roles else None,
        by_name=by.name if roles or by.telegram_id is None else say("privacy.erased"),
        action="person.forget",
        subject=name if roles else "",
        detail=f"{len(told)} matters, {withdrawn} withdrawn",
    )
    session.add(entry)
    await session.flush()
    if person is not None and roles:
        await _tell_deciders(session, person, user_id, entry, now=now)
    return Erased(entry.id or 0, len(told), withdrawn, bool(roles))


async def _let_go(
    session: AsyncSession,
    matter: Matter,
    choice: OpenMatters,
    speaking: Speaking,
    name: str,
    *,
    now: datetime,
) -> bool:
    """Take somebody out of a matter that they have raised; returns whether it was taken back."""
    there = await in_branch(session, speaking, matter.branch_id)
    mask = await mask_for(session, matter.branch_id, (name,))
    withdrawn = choice is OpenMatters.WITHDRAW and await withdraw_matter(session, matter, there, now=now)
    if matter.status not in UNFINISHED:
        await mask_matter(session, matter, mask, now=now)
        return withdrawn
    # Whoever sees to it has to know where: place and trouble stay until it is over.
    await take_out_name(session, matter, now=now)
    matter.text = mask_numbers_in(matter.text.replace(name, say("moves.somebody")))
    matter.reporter_telegram_id, matter.version = None, matter.version + 1
    if matter.chat_id > 0:
        matter.chat_id, matter.message_id = 0, -(matter.id or 0)
    session.add(matter)
    await refresh(session, matter, preset=there.preset, now=now)
    return False


async def _forget_notices(
    session: AsyncSession, user_id: int | None, person_id: int | None, *, now: datetime
) -> None:
    for notice in await privacy.notices_to(session, user_id, person_id):
        if notice.state == outbox.PENDING and notice.attempt_started_at is None:
            notice.state, notice.cancelled_by, notice.cancelled_at = outbox.CANCELLED, "forgotten", now
        blank(notice, "")
        session.add(notice)
    await session.flush()


async def _forget_mentions(session: AsyncSession, name: str) -> None:
    """Others keep what they were told, without the name."""
    for notice in await privacy.notices_naming(session, name):
        notice.text = notice.text.replace(name, say("moves.somebody"))
        notice.recipient = "" if notice.recipient == name else notice.recipient
        session.add(notice)


def _branches(speaking: Speaking, told: list[Matter]) -> set[int]:
    """Where somebody may have been named: where they belong, and where they have told of something."""
    belongs = None if speaking.person is None else speaking.person.branch_id
    here = None if speaking.branch is None else speaking.branch.id
    return {one for one in (belongs, here) if one is not None} | {one.branch_id for one in told}


async def _forget_in_audit(
    session: AsyncSession, person_id: int | None, name: str, user_id: int | None
) -> None:
    """Entries stay; of a resident they do not say any more who it was."""
    if person_id is not None and await roster.roles_of(session, person_id):
        return
    for entry in await privacy.audit_of(session, person_id, [name]):
        entry.by_name = say("privacy.erased") if entry.by_name == name else entry.by_name
        entry.subject = say("privacy.erased") if entry.subject == name else entry.subject
        entry.detail = entry.detail.replace(f"user {user_id}", "user *")
        entry.by_person_id = None if entry.by_person_id == person_id else entry.by_person_id
        session.add(entry)


async def _forget_on_roster(session: AsyncSession, person: Person, *, on_roster: bool) -> None:
    person.telegram_id, person.claimed_at = None, None
    if not on_roster:
        household_id = person.household_id
        await privacy.unname_person(session, person.id or 0, say("moves.somebody"))
        await forgetting.forget_told_by(session, person.id or 0)
        await forgetting.forget_claims_to(session, person.id or 0)
        person.name, person.phone_encrypted, person.household_id = say("privacy.erased"), None, None
        person.note = ""
        if household_id is not None and not await privacy.neighbours_in(
            session, household_id, person.id or 0
        ):
            household = await session.get_one(Household, household_id)
            household.phone_encrypted = None
            session.add(household)
            await forgetting.forget_household(session, household_id)
    session.add(person)
    await session.flush()


async def _tell_deciders(
    session: AsyncSession, person: Person, user_id: int | None, entry: AuditEntry, *, now: datetime
) -> None:
    preset = await for_unit(session, person.branch_id)
    for one in await deciders(session, person, but=user_id):
        await to_person(
            session,
            one,
            About(_LEFT, "person", person.id or 0, str(entry.id), now, person.branch_id),
            say("privacy.told", preset.name, name=person.name),
            preset=preset,
            now=now,
        )
