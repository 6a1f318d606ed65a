"""Which matter is meant by words that give no number ("老李家的水管修好了")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Resolution
from bot.domain.inbound import Inbound
from bot.domain.matters import MatterStatus
from bot.services.chat.speaker import Speaking, resolve_household
from bot.services.matters.accused import is_accused
from bot.text.replies import says_only_solved
from storage.queries import matters as matter_rows
from storage.tables import Matter

_OPEN = (MatterStatus.OPEN, MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND, MatterStatus.ON_LEDGER)
_NOT_CHINESE = re.compile(r"[^一-鿿]+")


async def find_matter(
    session: AsyncSession, act: Resolution, speaking: Speaking, inbound: Inbound
) -> list[Matter]:
    """The matters that may be meant: one when it is clear, several when it has to be asked, or none.

    Looked for among what the speaker holds, has raised, or answers for by their households; a secretary's
    words may be about any of the branch. The household named counts first, then words in common. Words
    without an object ("修好了") mean the only one there is.
    """
    for pool in await _pools(session, speaking, inbound):
        found = await _match(session, act, pool, speaking, inbound)
        if found:
            return found
    return []


async def _pools(session: AsyncSession, speaking: Speaking, inbound: Inbound) -> list[list[Matter]]:
    who = speaking.actor
    if speaking.branch is None:
        return []
    unfinished = [
        one
        for one in await matter_rows.unfinished_in_branch(session, speaking.branch_id)
        if not is_accused(one, who.person_id)
    ]
    if not inbound.private:
        # What a group does not read is not to be found by guessing in it, but by those who have it.
        unfinished = [
            one for one in unfinished if not one.private or one.assignee_id == who.person_id is not None
        ]
    raised = [one for one in unfinished if who.telegram_id and one.reporter_telegram_id == who.telegram_id]
    if not who.is_member:
        return [raised]
    linked = {household.id for household in speaking.linked}
    mine = [
        one
        for one in unfinished
        if one.status in _OPEN
        and (
            who.person_id in (one.assignee_id, one.first_holder_id)
            or one in raised
            or one.household_id in linked
        )
    ]
    everybody = [one for one in unfinished if one.status in _OPEN] if speaking.is_secretary else []
    return [mine, everybody]


async def _match(
    session: AsyncSession, act: Resolution, pool: Sequence[Matter], speaking: Speaking, inbound: Inbound
) -> list[Matter]:
    if act.about is not None:
        household_id = (await resolve_household(session, act.about, speaking)).household_id
        living = [one for one in pool if household_id is not None and one.household_id == household_id]
        named = [one for one in pool if act.about in (one.about or "") or act.about in one.text]
        # A resident's own matter bears their household without being about it (a street lamp).
        named += [one for one in living if one.about is not None and one not in named]
        pool = named or living
        if len(pool) <= 1:
            return list(pool)
    elif says_only_solved(inbound.text):
        return list(pool)
    told = f"{inbound.text} {inbound.reply_to_text or ''}"
    scores = {one.number: _in_common(told, one.text, act.about or "") for one in pool}
    best = max(scores.values(), default=0)
    if best == 0:
        return list(pool) if act.about is not None else []
    return [one for one in pool if scores[one.number] == best]


def _in_common(one: str, other: str, without: str) -> int:
    """How many pairs of characters two texts share."""
    if without:
        one, other = one.replace(without, " "), other.replace(without, " ")
    return len(_pairs(one) & _pairs(other))


def _pairs(text: str) -> set[str]:
    return {run[i : i + 2] for run in _NOT_CHINESE.split(text) for i in range(len(run) - 1)}
