"""Somebody answers a matter, or the bot's line about it, with "俺家也是": they join it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Act, Grievance
from bot.domain.inbound import Inbound
from bot.domain.matters import UNFINISHED, MatterStatus
from bot.services.chat.speaker import Speaking
from bot.services.matters.ask_outcome import ask_outcome
from bot.services.matters.join_matter import join_matter, joining_by_word
from bot.text.likeness import says_also
from bot.text.things import things_in
from storage.tables import Matter


async def join_by_word(
    session: AsyncSession,
    answered: Sequence[Matter],
    acts: Sequence[Act],
    speaking: Speaking,
    inbound: Inbound,
    *,
    now: datetime,
) -> bool:
    """Whether a message joins the matter that it answers, and has done it.

    Not when it tells of another thing ("俺家也停电了" under a matter of water): that is a matter of its own.

    Args:
        answered: the matters that the message answers.
        acts: read from its words.
    """
    if inbound.user_id is None or not says_also(inbound.text):
        return False
    open_ones = [one for one in answered if one.status in UNFINISHED and not one.private]
    if len(open_ones) != 1 or len(answered) != 1:
        return False
    matter = open_ones[0]
    if any(isinstance(act, Grievance) for act in acts) and _is_another(matter, inbound.text):
        return False
    joining = joining_by_word(speaking.actor, speaking.person, inbound)
    if await join_matter(session, matter, joining, now=now) is None:
        return False
    if matter.status == MatterStatus.CLAIMED_SOLVED:
        await ask_outcome(session, matter, preset=speaking.preset, now=now)
    return True


def _is_another(matter: Matter, text: str) -> bool:
    here, there = set(things_in(text)), set(things_in(matter.text))
    return bool(here and there) and not here & there
