"""`/board`: how a branch's matters stand. No names of members, no ranking; private matters by number."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.periods import Period, first_day
from bot.services.chat.speaker import Speaking
from bot.services.matters.accused import is_accused
from bot.services.matters.matter_texts import short, status_words
from bot.wording import say
from storage.queries import matters as matter_rows
from storage.queries.figures import done_between

_MOST = 15


async def show_board(session: AsyncSession, speaking: Speaking, *, now: datetime) -> str:
    """The unfinished matters of the speaker's branch, and this month's sums.

    Raises:
        NotFound: nobody knows yet to which branch they belong.
    """
    name, branch_id = speaking.preset.name, speaking.branch_id
    unit = "" if speaking.branch is None else speaking.branch.name
    unfinished = [
        one
        for one in await matter_rows.unfinished_in_branch(session, branch_id)
        if not is_accused(one, speaking.actor.person_id)
    ]
    lines = [
        say("help.board_head" if unfinished else "help.board_none", name, unit=unit, count=len(unfinished))
    ]
    for matter in unfinished[:_MOST]:
        sentence = "board_private" if matter.private else "board_matter"
        told, state = short(matter.text), status_words(matter, speaking.preset)
        lines.append(say(f"help.{sentence}", name, number=matter.number, told=told, state=state))
    if len(unfinished) > _MOST:
        lines.append(say("help.board_more", name, count=len(unfinished) - _MOST))
    today = speaking.day_of(now)
    month = await done_between(
        session, branch_id, first=first_day(Period.MONTH, today), last=today, zone=speaking.preset.zone
    )
    sums = say("help.board_month", name, visits=month.households, raised=month.raised, closed=month.closed)
    return "\n".join([*lines, sums])
