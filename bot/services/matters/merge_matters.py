"""Two matters are one, says the secretary: one goes on, and whoever raised the other has joined it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotPossible
from bot.domain.matters import UNFINISHED, Move
from bot.services.chat.speaker import Speaking
from bot.services.matters.join_matter import merge_into
from bot.services.matters.matter_texts import short
from bot.services.matters.move_matter import check_version
from bot.services.matters.parts import see_that_they_may
from bot.services.matters.tell_reporter import tell_reporter
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.tables import Matter


async def merge_matters(
    session: AsyncSession,
    matter: Matter,
    into: Matter,
    speaking: Speaking,
    *,
    now: datetime,
    version: int | None = None,
) -> None:
    """Let `matter` become part of `into`; its reporter is told, and is asked with the others in the end.

    Raises:
        Stale, NotEntitled: as for every move.
        NotPossible: they are of two branches or the same, one of them is over, or only one is private.
    """
    await see_that_they_may(session, matter, Move.MERGE, speaking, now=now)
    await see_that_they_may(session, into, Move.MERGE, speaking, now=now)
    check_version(matter, version)
    if matter.id == into.id or matter.branch_id != into.branch_id:
        raise NotPossible("moves.not_mergeable", number=matter.number)
    if into.status not in UNFINISHED:
        raise NotPossible("moves.over_already", number=into.number)
    if into.private != matter.private:
        raise NotPossible("moves.not_merged_in_public", number=matter.number)
    await merge_into(session, matter, into, speaking.actor, now=now)
    preset = await for_unit(session, matter.branch_id)
    await tell_reporter(
        session,
        matter,
        say("moves.told_merged", preset.name, number=matter.number, other=into.number, told=short(into.text)),
        kind="matter.told_merged",
        stage=str(matter.version),
        preset=preset,
        now=now,
        but_not=speaking.actor.telegram_id,
    )
