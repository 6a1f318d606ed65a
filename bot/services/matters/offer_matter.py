"""A matter is offered to somebody by name, or to another branch of the town.

Until they accept it stays with whoever has it (首接负责): nothing changes hands, the clocks go on, and an
offer that is not answered in time falls back. An offer has as long as somebody who has to acknowledge.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Urgency
from bot.domain.errors import NotPossible
from bot.domain.matters import MatterStatus, Move, after
from bot.domain.preset import Preset
from bot.domain.roster import Role
from bot.services.chat.open_offer import OFFERED, end_offer, take_back_offer
from bot.services.chat.speaker import Speaking
from bot.services.matters.holders import on_leave
from bot.services.matters.matter_cards import offer_buttons
from bot.services.matters.matter_messages import refresh
from bot.services.matters.matter_texts import holder_name, is_conduct
from bot.services.matters.matter_words import MatterWords
from bot.services.matters.move_matter import check_version, move
from bot.services.matters.parts import see_that_they_may
from bot.services.matters.tell_holders import about_matter, add_event, id_of, priority_of, words_for
from bot.services.notices.tell import to_person
from bot.services.roster.parameters import for_unit
from storage.queries import offers, roster
from storage.queries.chats import have_blocked
from storage.tables import Matter, MatterOffer, Person, Unit


async def offer_to_person(
    session: AsyncSession,
    matter: Matter,
    to: Person,
    speaking: Speaking,
    *,
    now: datetime,
    version: int | None = None,
) -> MatterOffer:
    """Offer a matter to somebody of the branch, or of the ladder above; an earlier offer is taken back.

    Raises:
        Stale, NotEntitled: as for every move.
        NotPossible: they have it already, can't be reached, are on leave, or are accused in it.
    """
    await see_that_they_may(session, matter, Move.OFFER, speaking, now=now)
    check_version(matter, version)
    preset = await for_unit(session, matter.branch_id)
    await _see_that_it_can_be_theirs(session, matter, to, preset, now)
    offer = await _new(session, matter, Move.OFFER, speaking, to.name, preset, now)
    offer.to_person_id = to.id
    await _put(session, matter, offer, [to], preset, now)
    return offer


async def offer_to_branch(
    session: AsyncSession,
    matter: Matter,
    to: Unit,
    speaking: Speaking,
    *,
    now: datetime,
    version: int | None = None,
) -> MatterOffer:
    """Offer a matter to another branch: its secretaries are asked. It leaves here when one of them accepts.

    Raises:
        Stale, NotEntitled: as for every move.
        NotPossible: it is not another branch of the same town, or nobody there can be reached.
    """
    await see_that_they_may(session, matter, Move.OFFER_OUT, speaking, now=now)
    check_version(matter, version)
    here = await session.get_one(Unit, matter.branch_id)
    if to.id == here.id or to.parent_id != here.parent_id or to.kind != here.kind:
        raise NotPossible("moves.no_such_branch", number=matter.number, name=to.name)
    secretaries = await _reachable(
        session, await roster.people_with_role(session, to.id or 0, Role.SECRETARY)
    )
    if not secretaries:
        raise NotPossible("moves.branch_unreachable", number=matter.number, name=to.name)
    preset = await for_unit(session, matter.branch_id)
    offer = await _new(session, matter, Move.OFFER_OUT, speaking, to.name, preset, now)
    offer.to_branch_id = to.id
    await _put(session, matter, offer, secretaries, preset, now)
    return offer


async def lapse(session: AsyncSession, *, now: datetime) -> int:
    """Let the offers fall back that nobody has answered in time; whoever made them is told.

    Returns:
        How many fell back.
    """
    due = [offer for offer in await offers.open_offers(session) if offer.answer_by <= now]
    for offer in due:
        matter = await session.get_one(Matter, offer.matter_id)
        preset = await for_unit(session, matter.branch_id)
        await end_offer(session, offer, "lapsed", by="offer lapsed", now=now)
        matter.status = after(Move.LAPSE, MatterStatus(matter.status))
        words = await words_for(session, matter, preset, now)
        name = await _addressee_name(session, offer)
        note = words.say("event_lapse", name=name)
        add_event(session, matter, Move.LAPSE, note, now)
        await tell_who_offered(session, words, offer, "offer_lapsed", name=name)
        await refresh(session, matter, preset=preset, now=now)
    await session.flush()
    return len(due)


async def next_lapse(session: AsyncSession, *, now: datetime) -> datetime | None:
    """The earliest moment later than `now` at which an offer falls back; null when none does."""
    moments = [offer.answer_by for offer in await offers.open_offers(session)]
    return min((moment for moment in moments if moment > now), default=None)


async def tell_who_offered(
    session: AsyncSession, words: MatterWords, offer: MatterOffer, sentence: str, **values: object
) -> None:
    """Tell whoever made an offer what has become of it."""
    if offer.by_person_id is None:
        return
    by = await session.get_one(Person, offer.by_person_id)
    holder = await holder_name(session, words.matter)
    text = words.say(sentence, holder=holder or "", **values)
    about = about_matter(words.matter, f"matter.{sentence}", str(offer.id), words.now)
    await to_person(
        session, by, about, text, preset=words.preset, now=words.now, priority=priority_of(words.matter)
    )


async def _see_that_it_can_be_theirs(
    session: AsyncSession, matter: Matter, to: Person, preset: Preset, now: datetime
) -> None:
    named = {"number": matter.number, "name": to.name}
    if to.id == matter.assignee_id:
        raise NotPossible("moves.theirs_already", **named)
    if to.id in matter.accused_ids or (is_conduct(matter) and to.name in matter.text):
        raise NotPossible("moves.not_to_them", **named)
    if on_leave(to, now.astimezone(preset.zone).date()):
        raise NotPossible("moves.on_leave", **named)
    if not await _reachable(session, [to]):
        raise NotPossible("moves.unreachable", **named)


async def _reachable(session: AsyncSession, people: Sequence[Person]) -> list[Person]:
    claimed = {person.telegram_id for person in people if person.telegram_id is not None}
    there = claimed - await have_blocked(session, claimed)
    return [person for person in people if person.telegram_id in there]


async def _new(
    session: AsyncSession,
    matter: Matter,
    what: Move,
    speaking: Speaking,
    name: str,
    preset: Preset,
    now: datetime,
) -> MatterOffer:
    await take_back_offer(session, id_of(matter), by="offered anew", now=now)
    await move(session, matter, what, by=speaking.actor, now=now, note=name)
    return MatterOffer(
        matter_id=id_of(matter),
        by_person_id=speaking.actor.person_id,
        by_name=speaking.actor.name,
        made_at=now,
        answer_by=preset.ladder.acknowledge_by(Urgency(matter.urgency), now),
    )


async def _put(
    session: AsyncSession,
    matter: Matter,
    offer: MatterOffer,
    people: Sequence[Person],
    preset: Preset,
    now: datetime,
) -> None:
    session.add(offer)
    await session.flush()
    words = await words_for(session, matter, preset, now)
    holder = await holder_name(session, matter)
    until = words.when(offer.answer_by)
    branch = await session.get_one(Unit, matter.branch_id)
    sentence = "offered" if offer.to_branch_id is None else "offered_branch"
    told = words.say(sentence, by=offer.by_name, holder=holder or "", until=until, branch=branch.name)
    text = "\n".join([*words.heading(), told])
    loud = matter.urgency != Urgency.NORMAL
    for person in people:
        await to_person(
            session,
            person,
            about_matter(matter, OFFERED, str(offer.id), now),
            text,
            preset=preset,
            now=now,
            priority=priority_of(matter),
            buttons=tuple(tuple(row) for row in offer_buttons(matter, offer, preset)),
            breaks_quiet=loud,
        )
    if matter.assignee_id not in (None, offer.by_person_id):
        person = await session.get_one(Person, matter.assignee_id)
        name = await _addressee_name(session, offer)
        text = words.say("offer_made", by=offer.by_name, name=name)
        about = about_matter(matter, "matter.offer_made", str(offer.id), now)
        await to_person(session, person, about, text, preset=preset, now=now, priority=priority_of(matter))
    await refresh(session, matter, preset=preset, now=now)  # an earlier offer is over


async def _addressee_name(session: AsyncSession, offer: MatterOffer) -> str:
    if offer.to_person_id is not None:
        return (await session.get_one(Person, offer.to_person_id)).name
    return (await session.get_one(Unit, offer.to_branch_id)).name
