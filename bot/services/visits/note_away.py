"""Somebody says that a household is away, or back: it is excused meanwhile, and nobody is reminded of it.

Members say it of any household of their branch, residents of their own. The one who says it is told what
was kept, privately where the bot may; the members who answer for the household are told as well.
Kinds (subject `household_away`): `household.away`, `household.back`, `household.kept`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Press, Verb, encode
from bot.domain.errors import NotEntitled, NotFound, Stale
from bot.domain.inbound import Inbound
from bot.domain.roster import HouseholdKind
from bot.services.chat import answering
from bot.services.chat.speaker import Speaking, in_branch, resolve_household
from bot.services.notices.tell import About, to_person
from bot.services.notices.times import full_day_words
from bot.services.visits.remind_visits import households_changed
from bot.text.away import AwayTold, read_away
from bot.wording import say
from storage.queries import chats, contact
from storage.queries.roster import members_linked
from storage.tables import Household, HouseholdAway

_KEPT = "household.kept"


async def note_away(session: AsyncSession, speaking: Speaking, inbound: Inbound, *, now: datetime) -> bool:
    """Keep what a message, new or edited, says of households being away or back. False when it is nothing."""
    if speaking.branch is None:
        return False
    told = read_away(inbound.text, speaking.day_of(inbound.sent_at))
    before = await contact.away_of_message(session, inbound.chat_id, inbound.message_id)
    if not told and not before:
        return False
    meant = [
        (household, one) for one in told for household in await _households(session, one, speaking, inbound)
    ]
    gone = {household.id for household, one in meant if not one.back}
    for row in before:
        if row.household_id not in gone:
            _take_back(session, row, now)
            await _changed(session, speaking, row.household_id, now)
    known = {row.household_id: row for row in before}
    kept = []
    for household, one in meant:
        told_before = known.get(household.id or 0)
        if one.back:
            if (ended := await _back(session, household, speaking, now)) is not None:
                kept.append((household, ended))
        elif told_before is None:
            kept.append((household, await _away(session, household, one, speaking, inbound, now)))
        elif (told_before.first, told_before.last) != (one.first, one.last):
            told_before.first, told_before.last, told_before.words = one.first, one.last, inbound.text
            session.add(told_before)
            await _changed(session, speaking, told_before.household_id, now)
    if kept:
        await _answer(session, kept, speaking, inbound, now)
    return bool(kept)


async def press_away(session: AsyncSession, press: Press, speaking: Speaking, *, now: datetime) -> str:
    """Somebody says that a household is at home after all; returns the sentence that says what follows.

    Raises:
        NotFound: there is no such thing.
        NotEntitled: they are no member of its branch.
        Stale: it is over.
    """
    row = await session.get(HouseholdAway, press.id)
    if row is None:
        raise NotFound("questions.bad_button")
    household = await session.get_one(Household, row.household_id)
    speaking = await in_branch(session, speaking, household.branch_id)
    own = speaking.person is not None and speaking.person.household_id == household.id
    told_it = row.told_by_id is not None and row.told_by_id == speaking.actor.person_id
    if not (own or told_it or speaking.is_secretary or household.id in {one.id for one in speaking.linked}):
        raise NotEntitled("contact.not_yours")
    if row.ended_at is not None:
        raise Stale("contact.away_over")
    _take_back(session, row, now)
    await _changed(session, speaking, row.household_id, now)
    return say("contact.away_wrong", speaking.preset.name, head=household.head)


async def _households(
    session: AsyncSession, told: AwayTold, speaking: Speaking, inbound: Inbound
) -> list[Household]:
    """The households that are meant, as far as they are known and the speaker may say it of them."""
    own = None if speaking.person is None else speaking.person.household_id
    if not told.names:
        return [] if own is None else [await session.get_one(Household, own)]
    found = []
    for name in told.names:
        resolved = await resolve_household(session, name, speaking, before=inbound.text.partition(name)[0])
        if resolved.household_id is None or not resolved.is_sure:
            continue
        household = await session.get_one(Household, resolved.household_id)
        alone = HouseholdKind.OLD_ALONE in household.kinds
        if (speaking.actor.is_member or household.id == own) and (told.whole or alone):
            found.append(household)
    return found


async def _away(
    session: AsyncSession,
    household: Household,
    told: AwayTold,
    speaking: Speaking,
    inbound: Inbound,
    now: datetime,
) -> HouseholdAway:
    for standing in await contact.away_now(session, household.id or 0):
        standing.ended_at = now
        session.add(standing)
    row = HouseholdAway(
        household_id=household.id or 0,
        first=told.first,
        last=told.last,
        told_by_id=speaking.actor.person_id,
        told_by_name=speaking.actor.name,
        told_at=now,
        chat_id=inbound.chat_id,
        message_id=inbound.message_id,
        words=inbound.text,
    )
    session.add(row)
    await session.flush()
    await _changed(session, speaking, row.household_id, now)
    return row


async def _back(
    session: AsyncSession, household: Household, speaking: Speaking, now: datetime
) -> HouseholdAway | None:
    """The absence that has ended; null when nobody had said that they were away."""
    standing = await contact.away_now(session, household.id or 0)
    for row in standing:
        row.ended_at = now
        session.add(row)
    if not standing:
        return None
    await _changed(session, speaking, household.id or 0, now)
    return standing[-1]


def _take_back(session: AsyncSession, row: HouseholdAway, now: datetime) -> None:
    """It was never so: no day of it counts."""
    row.ended_at, row.last = now, row.first - timedelta(days=1)
    session.add(row)


async def _changed(session: AsyncSession, speaking: Speaking, household_id: int, now: datetime) -> None:
    await session.flush()
    await households_changed(session, speaking.branch_id, [household_id], by="household away", now=now)


async def _answer(
    session: AsyncSession,
    kept: Sequence[tuple[Household, HouseholdAway]],
    speaking: Speaking,
    inbound: Inbound,
    now: datetime,
) -> None:
    name, today = speaking.preset.name, speaking.day_of(now)
    lines = [_kept_words(household, row, speaking, today=today) for household, row in kept]
    buttons = [
        [
            {
                "text": say("contact.button_at_home", name, head=household.head),
                "data": encode(Verb.AWAY, row.id or 0),
            }
        ]
        for household, row in kept
        if row.ended_at is None
    ]
    branch_id, text = speaking.branch_id, "\n".join(lines)
    if inbound.private:
        await answering.reply(
            session, inbound, text, what="away", buttons=buttons, branch_id=branch_id, now=now
        )
    else:
        await answering.react(session, inbound.chat_id, inbound.message_id, now=now)
        if inbound.user_id is not None and await chats.private_chat_open(session, inbound.user_id):
            await answering.tell_user(
                session,
                inbound.user_id,
                speaking.actor.name,
                text,
                key=f"{_KEPT}:{inbound.chat_id}:{inbound.message_id}",
                kind=_KEPT,
                buttons=buttons,
                branch_id=branch_id,
                now=now,
            )
    for household, row in kept:
        for person in await members_linked(session, household.id or 0, today):
            if person.id == speaking.actor.person_id:
                continue
            kind = "household.away" if row.ended_at is None else "household.back"
            await to_person(
                session,
                person,
                About(kind, "household_away", row.id or 0, "told", row.ended_at or row.told_at, branch_id),
                _heard_words(household, row, speaking, today=today),
                preset=speaking.preset,
                now=now,
            )


def _kept_words(household: Household, row: HouseholdAway, speaking: Speaking, *, today: date) -> str:
    """What whoever has said it is told."""
    name = speaking.preset.name
    if row.ended_at is not None:
        return say("contact.back", name, head=household.head)
    sentence = "ahead_" if row.first > today else ""
    sentence += "open" if row.last is None else "until"
    first = full_day_words(row.first, today=today)
    last = "" if row.last is None else full_day_words(row.last, today=today)
    return say(f"contact.away_{sentence}", name, head=household.head, first=first, last=last)


def _heard_words(household: Household, row: HouseholdAway, speaking: Speaking, *, today: date) -> str:
    """What the members are told who answer for the household."""
    preset, name = speaking.preset.name, speaking.actor.name
    if row.ended_at is not None:
        return say("contact.back_heard", preset, name=name, head=household.head)
    if row.last is None:
        return say("contact.away_heard_open", preset, name=name, head=household.head)
    last = full_day_words(row.last, today=today)
    return say("contact.away_heard_until", preset, name=name, head=household.head, last=last)
