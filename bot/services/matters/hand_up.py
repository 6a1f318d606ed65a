"""Whoever holds a matter can't settle it alone: it goes up by their word (报上级, 请镇里帮忙)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Urgency
from bot.domain.errors import NotPossible
from bot.domain.matters import Move
from bot.services.chat.speaker import Speaking
from bot.services.matters.matter_messages import refresh
from bot.services.matters.move_matter import check_version, move
from bot.services.matters.parts import see_that_they_may
from bot.services.matters.tell_holders import TO_HOLDERS, about_matter, id_of, tell_holders, words_for
from bot.services.roster.parameters import for_unit
from storage import outbox
from storage.tables import Matter


async def hand_up(
    session: AsyncSession,
    matter: Matter,
    speaking: Speaking,
    *,
    reason: str = "",
    now: datetime,
    version: int | None = None,
) -> str:
    """Put a matter on the next rung above both itself and the speaker; returns who is told, in words.

    It stays with whoever had it (首接负责) until somebody above has taken it on; those above have a full
    acknowledge clock, and the time to solve goes on.

    Raises:
        Stale, NotEntitled: as for every move.
        NotPossible: nobody is above, or the matter is over.
    """
    person = await see_that_they_may(session, matter, Move.HAND_UP, speaking, now=now)
    check_version(matter, version)
    preset = await for_unit(session, matter.branch_id)
    words = await words_for(session, matter, preset, now)
    theirs = [rung for rung, held in words.held.items() if any(one.person.id == person.id for one in held)]
    above = [rung for rung in words.above if rung not in theirs]
    if theirs and theirs[0] in words.above:
        above = above[words.above.index(theirs[0]) :]
    if not above:
        raise NotPossible("moves.nobody_above", number=matter.number)
    to = words.who(above[0])
    note = words.say("event_hand_up", to=to, reason=reason) if reason else to
    await move(session, matter, Move.HAND_UP, by=speaking.actor, now=now, note=note)
    matter.step, matter.step_level = above[0].step, above[0].level
    matter.warned_for = matter.remind_at = None
    urgency = Urgency(matter.urgency)
    matter.acknowledge_by = preset.ladder.acknowledge_by(urgency, now, above[1] if above[1:] else None)
    spare = preset.ladder.spans[urgency].warn_solve or timedelta()
    matter.solve_by = max(matter.solve_by or matter.acknowledge_by, matter.acknowledge_by + spare)
    if urgency is Urgency.EMERGENCY:
        matter.next_call_at = now + preset.call_every
    session.add(matter)
    by = f"handed up by {speaking.actor.name}"
    await outbox.cancel(
        session, subject_kind="matter", subject_id=id_of(matter), kinds=TO_HOLDERS, by=by, now=now
    )
    words = await words_for(session, matter, preset, now)
    sentence = "handed_up_why" if reason else "handed_up"
    text = words.telling(sentence, name=speaking.actor.name, reason=reason)
    about = about_matter(matter, "matter.escalated", above[0].step, now)
    loud = urgency is not Urgency.NORMAL
    await tell_holders(session, words, about, text, rungs=[above[0]], breaks_quiet=loud)
    await refresh(session, matter, preset=preset, now=now)
    return to
