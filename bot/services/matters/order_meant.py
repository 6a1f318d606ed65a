"""Which matter an order is about: the one whose number it gives, or the one that it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.inbound import Inbound
from bot.services.chat.speaker import Speaking
from bot.services.matters.answer_matter import matters_answered
from bot.services.matters.parts import parts_of
from bot.services.roster.find_person import find_addressee
from bot.services.views.show import where_it_is
from bot.text.orders import Order, OrderKind, read_order
from storage.queries import matters as matter_rows
from storage.queries import offers
from storage.tables import Matter

# In answer to a matter, and without its number, these words mean more than an order: see answer_matter.
_SAID_IN_ANSWER = (OrderKind.TAKE, OrderKind.SOLVED, OrderKind.CANNOT, OrderKind.WITHDRAW)


@dataclass(frozen=True, slots=True)
class Meant:
    """An order and the matter that it is about."""

    matter: Matter
    order: Order


async def order_meant(
    session: AsyncSession, speaking: Speaking, inbound: Inbound, *, now: datetime
) -> Meant | None:
    """The order that a message gives, with its matter; null when it is none, or not one to this bot.

    An order needs the number of a matter, or must answer what the bot has said about one. In a group it
    must come from somebody to whom the matter is something.

    Raises:
        NotFound: said to the bot alone, it gives a number that there is not.
    """
    order = read_order(inbound.text, speaking.day_of(inbound.sent_at))
    if order is None or not (speaking.branch is not None or speaking.villages):
        return None
    matter = await _matter(session, order, speaking, inbound)
    if matter is None:
        return None
    if (
        order.number is None
        and order.kind in _SAID_IN_ANSWER
        and not await _is_offer(session, matter, speaking)
    ):
        return None
    if order.kind is OrderKind.ASSIGN and order.number is None:
        # "转了一圈" under a matter is nobody's name.
        named = await find_addressee(session, matter, order.name)
        if named is None and not inbound.private:
            return None
    if not inbound.private and not await parts_of(session, matter, speaking, now=now):
        return None
    return Meant(matter, order)


async def _matter(session: AsyncSession, order: Order, speaking: Speaking, inbound: Inbound) -> Matter | None:
    if order.number is not None:
        try:
            place = await where_it_is(session, speaking, order.number)
        except NotFound:
            if inbound.private:
                raise
            return None
        found = await matter_rows.matter_by_number(session, place.branch_id, order.number)
        if found is None and inbound.private and order.kind is not OrderKind.SOLVED:
            raise NotFound("matters.unknown_number", number=order.number)
        return found
    answered = await matters_answered(session, inbound)
    return answered[0] if len(answered) == 1 else None


async def _is_offer(session: AsyncSession, matter: Matter, speaking: Speaking) -> bool:
    offer = await offers.open_offer(session, matter.id or 0)
    return offer is not None and offer.to_person_id == speaking.actor.person_id is not None
