"""Whoever a matter is offered to takes it, or can't; a branch that takes it gives it a number of its own."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Urgency
from bot.domain.errors import Stale
from bot.domain.ladder_times import Rung
from bot.domain.matters import Move, Step
from bot.domain.preset import Preset
from bot.services.chat.open_offer import end_offer
from bot.services.chat.speaker import Speaking
from bot.services.matters.matter_messages import refresh
from bot.services.matters.move_matter import move
from bot.services.matters.offer_matter import tell_who_offered
from bot.services.matters.parts import rung_held_by, see_that_they_may
from bot.services.matters.tell_holders import id_of, words_for
from bot.services.matters.tell_reporter import tell_reporter
from bot.services.notices import notify
from bot.services.roster.parameters import for_unit
from storage.queries import offers
from storage.tables import FormerNumber, Matter, MatterOffer, Unit


async def accept_offer(
    session: AsyncSession, matter: Matter, speaking: Speaking, *, offer_id: int | None = None, now: datetime
) -> None:
    """Take an offered matter: it is the speaker's from now on, and whoever had it is told.

    Args:
        offer_id: of the button pressed; null: said in words, of the offer that is open.

    Raises:
        Stale: the offer has been answered, has fallen back, or was taken back.
        NotEntitled: it was made to somebody else.
        NotPossible: the matter is not being worked on any more.
    """
    offer = await _open(session, matter, offer_id)
    what = Move.ACCEPT if offer.to_branch_id is None else Move.HAND_OVER
    person = await see_that_they_may(session, matter, what, speaking, now=now)
    preset = await for_unit(session, matter.branch_id)
    await end_offer(session, offer, "accepted", by="offer accepted", now=now)
    words = await words_for(session, matter, preset, now)
    if offer.to_branch_id is None:
        await move(session, matter, Move.ACCEPT, by=speaking.actor, now=now)
        rung = await rung_held_by(session, matter, person.id, today=now.astimezone(preset.zone).date())
    else:
        preset = await _hand_over(session, matter, offer, speaking, now)
        rung = Rung(Step.SECRETARY)
    matter.step, matter.step_level = rung.step, rung.level
    matter.acknowledged_at = matter.acknowledged_at or now
    matter.warned_for = matter.remind_at = None
    late = matter.solve_by is None or matter.solve_by <= now
    if late or offer.to_branch_id is not None:
        matter.solve_by = preset.ladder.solve_by(Urgency(matter.urgency), now)
    await notify.matter_acknowledged(session, matter, person, now=now)
    if offer.by_person_id != person.id:
        await tell_who_offered(session, words, offer, "offer_accepted", name=person.name)
    await refresh(session, matter, preset=preset, now=now)


async def decline_offer(
    session: AsyncSession,
    matter: Matter,
    speaking: Speaking,
    *,
    offer_id: int | None = None,
    reason: str = "",
    now: datetime,
) -> None:
    """Say that one can't take an offered matter: it stays where it is, and whoever offered it is told.

    Raises:
        Stale, NotEntitled, NotPossible: as `accept_offer`.
    """
    offer = await _open(session, matter, offer_id)
    person = await see_that_they_may(session, matter, Move.DECLINE, speaking, now=now)
    preset = await for_unit(session, matter.branch_id)
    await end_offer(session, offer, "declined", by="offer declined", now=now)
    await move(session, matter, Move.DECLINE, by=speaking.actor, now=now, note=reason)
    words = await words_for(session, matter, preset, now)
    sentence = "offer_declined_why" if reason else "offer_declined"
    await tell_who_offered(session, words, offer, sentence, name=person.name, reason=reason)
    await refresh(session, matter, preset=preset, now=now)


async def _open(session: AsyncSession, matter: Matter, offer_id: int | None) -> MatterOffer:
    offer = await offers.open_offer(session, id_of(matter))
    if offer is None or (offer_id is not None and offer.id != offer_id):
        raise Stale("moves.offer_gone", number=matter.number)
    return offer


async def _hand_over(
    session: AsyncSession, matter: Matter, offer: MatterOffer, speaking: Speaking, now: datetime
) -> Preset:
    """The matter leaves its branch with its history; its old number goes on opening it there."""
    here = await session.get_one(Unit, matter.branch_id)
    there = await session.get_one(Unit, offer.to_branch_id)
    before = matter.number
    session.add(FormerNumber(branch_id=matter.branch_id, number=matter.number, matter_id=id_of(matter)))
    there.matters_numbered += 1
    session.add(there)
    matter.branch_id, matter.number = there.id or 0, there.matters_numbered
    matter.group_id = matter.household_id = None  # of the branch that it has left
    preset = await for_unit(session, matter.branch_id)
    words = await words_for(session, matter, preset, now)
    note = words.say("event_hand_over", here=here.name, there=there.name, before=before)
    await move(session, matter, Move.HAND_OVER, by=speaking.actor, now=now, note=note)
    text = words.say("reporter_handed_over", before=before, there=there.name)
    await tell_reporter(
        session,
        matter,
        text,
        kind="matter.told_handed_over",
        stage=str(matter.version),
        preset=preset,
        now=now,
    )
    return preset
