"""An order about a matter, given in words or by a button with words: one order, one use case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound, NotPossible
from bot.domain.inbound import Inbound
from bot.domain.matters import MatterStatus, Move
from bot.services.chat.speaker import Speaking
from bot.services.matters.acknowledge_matter import acknowledge_matter
from bot.services.matters.answer_offer import accept_offer, decline_offer
from bot.services.matters.claim_solved import claim_solved
from bot.services.matters.hand_up import hand_up
from bot.services.matters.merge_matters import merge_matters
from bot.services.matters.move_matter import check_version
from bot.services.matters.offer_matter import offer_to_branch, offer_to_person
from bot.services.matters.own_words import claim_impossible
from bot.services.matters.parts import see_that_it_is_theirs
from bot.services.matters.problem_ledger import put_on_ledger, resume
from bot.services.matters.prolong_matter import prolong_matter
from bot.services.matters.reclassify_matter import reclassify_matter
from bot.services.matters.split_matter import split_matter
from bot.services.matters.take_note import add_note
from bot.services.matters.take_over import take_in_hand, take_over
from bot.services.matters.withdraw import withdraw_matter
from bot.services.roster.find_person import BranchNamed, PersonNamed, find_addressee
from bot.text.orders import Order, OrderKind
from bot.wording import say
from storage.queries import matters as matter_rows
from storage.queries import offers
from storage.tables import Matter


@dataclass(frozen=True, slots=True)
class Told:
    """How an order was given: by whom, in which message, for which version (null: in words)."""

    speaking: Speaking
    inbound: Inbound
    version: int | None = None


async def obey(session: AsyncSession, matter: Matter, order: Order, told: Told, *, now: datetime) -> str:
    """Do what an order says; returns the sentence that says so.

    Raises:
        NotFound: it names somebody or some matter that is not there.
        NotEntitled: it is not theirs to order.
        NotPossible: the matter is not in a state for it, or the order lacks something; it says what.
        Stale: the button was shown for an earlier state.
    """
    speaking, version = told.speaking, told.version
    name, number = speaking.preset.name, matter.number
    values: dict[str, object] = {}
    match order.kind:
        case OrderKind.ASSIGN:
            return await _assign(session, matter, order, told, now)
        case OrderKind.TAKE:
            if await _offered_to(session, matter, speaking):
                await accept_offer(session, matter, speaking, now=now)
            elif matter.status == MatterStatus.OPEN:
                await acknowledge_matter(session, matter, speaking, version=version, now=now)
            else:
                await take_over(session, matter, speaking, version=version, now=now)
        case OrderKind.IN_HAND:
            await take_in_hand(session, matter, speaking, version=version, now=now)
        case OrderKind.SOLVED:
            await claim_solved(session, matter, speaking, version=version, now=now)
        case OrderKind.CANNOT:
            if await _offered_to(session, matter, speaking):
                await decline_offer(session, matter, speaking, reason=order.words, now=now)
                return say("moves.done_decline", name, number=number)
            return await claim_impossible(
                session, matter, speaking, words=order.words, version=version, now=now
            )
        case OrderKind.HAND_UP:
            values["to"] = await hand_up(
                session, matter, speaking, reason=order.words, version=version, now=now
            )
        case OrderKind.LEDGER:
            await put_on_ledger(
                session, matter, speaking, until=order.day, reason=order.words, version=version, now=now
            )
        case OrderKind.RESUME:
            await resume(session, matter, speaking, version=version, now=now)
        case OrderKind.PROLONG:
            await prolong_matter(
                session, matter, speaking, until=order.day, reason=order.words, version=version, now=now
            )
        case OrderKind.MERGE:
            into = await matter_rows.matter_by_number(session, matter.branch_id, order.other or 0)
            if into is None:
                raise NotFound("matters.unknown_number", number=order.other)
            await merge_matters(session, matter, into, speaking, version=version, now=now)
            values["other"] = into.number
        case OrderKind.SPLIT:
            part = await split_matter(
                session, matter, order.words, order.rest, speaking, version=version, now=now
            )
            values["other"] = part.number
        case OrderKind.CATEGORY | OrderKind.URGENCY:
            if order.category is None and order.urgency is None:
                raise NotPossible(f"moves.{order.kind}_needs", number=number)
            await reclassify_matter(
                session,
                matter,
                speaking,
                category=order.category,
                urgency=order.urgency,
                version=version,
                now=now,
            )
        case OrderKind.WITHDRAW:
            await see_that_it_is_theirs(session, matter, Move.WITHDRAW, speaking, now=now)
            check_version(matter, version)
            if not await withdraw_matter(session, matter, speaking, now=now):
                raise NotPossible(f"matters.refused_{matter.status}", number=number)
        case OrderKind.NOTE:
            await see_that_it_is_theirs(session, matter, Move.NOTE, speaking, now=now)
            await add_note(session, matter, order.words, speaking, told.inbound, now=now)
    return say(f"moves.done_{order.kind}", name, number=number, **values)


async def _assign(session: AsyncSession, matter: Matter, order: Order, told: Told, now: datetime) -> str:
    speaking, preset = told.speaking, told.speaking.preset.name
    match await find_addressee(session, matter, order.name):
        case PersonNamed(person) if person.id == speaking.actor.person_id:
            await take_over(session, matter, speaking, version=told.version, now=now)
            return say("moves.done_take", preset, number=matter.number)
        case PersonNamed(person):
            await offer_to_person(session, matter, person, speaking, version=told.version, now=now)
            return say("moves.done_assign", preset, number=matter.number, to=person.name)
        case BranchNamed(branch):
            await offer_to_branch(session, matter, branch, speaking, version=told.version, now=now)
            return say("moves.done_assign", preset, number=matter.number, to=branch.name)
        case _:
            raise NotFound("moves.nobody_called", name=order.name)


async def _offered_to(session: AsyncSession, matter: Matter, speaking: Speaking) -> bool:
    offer = await offers.open_offer(session, matter.id or 0)
    return offer is not None and offer.to_person_id == speaking.actor.person_id is not None
