"""`/matter N` in a private chat: the matter in full, with what this person can do about it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.inbound import Inbound
from bot.domain.matters import UNFINISHED
from bot.services.chat.answering import Buttons, reply
from bot.services.chat.speaker import Speaking
from bot.services.matters.matter_cards import more_button
from bot.services.matters.parts import parts_of
from bot.services.roster.parameters import for_unit
from bot.services.views.show import where_it_is
from storage.queries import matters as matter_rows


async def show_card(
    session: AsyncSession,
    text: str,
    number: int,
    speaking: Speaking,
    inbound: Inbound,
    *,
    above: Buttons = (),
    now: datetime,
) -> None:
    """Answer with the text of a matter, and the way to its menu for those to whom it is something.

    above: buttons that stand over that way, whatever becomes of the matter.
    """
    place = await where_it_is(session, speaking, number)
    matter = await matter_rows.matter_by_number(session, place.branch_id, number)
    if matter is None or matter.id is None:
        raise ValueError("the matter whose text is shown is not there")
    preset = await for_unit(session, matter.branch_id)
    may_act = matter.status in UNFINISHED and await parts_of(session, matter, speaking, now=now)
    await reply(
        session,
        inbound,
        text,
        what="matter",
        subject=("matter", matter.id),
        branch_id=matter.branch_id,
        buttons=[*above, [more_button(matter, preset)]] if may_act else above,
        now=now,
    )
