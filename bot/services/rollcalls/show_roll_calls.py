"""`/rollcall` without a word more: how the open roll-calls stand, or how to open one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roll_call import AskedAs, CallStatus
from bot.services.chat.speaker import Speaking, place_name
from bot.services.rollcalls.boards import board, listing
from bot.services.rollcalls.cards import Buttons
from bot.services.rollcalls.standing import load
from bot.services.rollcalls.who_is_asked import may_decide
from bot.wording import say
from storage.queries import roll_calls
from storage.tables import RollCallAsk


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody gets to see."""

    text: str
    buttons: Buttons = ()


async def show_roll_calls(
    session: AsyncSession, speaking: Speaking, *, in_group: bool, now: datetime
) -> list[Shown]:
    """The open roll-calls of the speaker's branch or branches, one by one; those who decide see all of it.

    With none open, how to open one for those who may, else that there is none.
    """
    places = [speaking.branch] if speaking.branch is not None else list(speaking.villages)
    branches = [one.id for one in places if one.id is not None]
    found: list[Shown] = []
    for call in reversed(await roll_calls.calls_heard(session, branches, since=now)):
        if call.status != CallStatus.OPEN:
            continue
        standing = await load(session, call, now=now)
        if in_group or not await may_decide(session, speaking, call.branch_id):
            found.append(Shown(board(standing, None)))
            continue
        seen = RollCallAsk(
            roll_call_id=standing.id,
            person_id=speaking.actor.person_id or 0,
            role=AskedAs.OPENER,
            asked_at=now,
        )
        card = listing(standing, seen, ())
        found.append(Shown(card.text, card.buttons))
    return found or [Shown(await _none(session, speaking, branches))]


async def _none(session: AsyncSession, speaking: Speaking, branches: list[int]) -> str:
    name = speaking.preset.name
    decides = [one for one in branches if await may_decide(session, speaking, one)]
    if not decides:
        return say("roll_call.not_open", name)
    if speaking.villages:
        return say("roll_call.usage_town", name, village=place_name(speaking.villages[0].name))
    return "\n".join([say("roll_call.not_open", name), say("roll_call.usage", name)])
