"""The secretary gives a matter another category or urgency: its clocks are reckoned anew."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category, Urgency
from bot.domain.errors import NotPossible
from bot.domain.matters import Move
from bot.services.chat.speaker import Speaking
from bot.services.matters.amend_matter import is_harder, set_clocks, tell_again
from bot.services.matters.matter_messages import refresh
from bot.services.matters.move_matter import check_version, move
from bot.services.matters.parts import see_that_they_may
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.tables import Matter


async def reclassify_matter(
    session: AsyncSession,
    matter: Matter,
    speaking: Speaking,
    *,
    category: Category | None = None,
    urgency: Urgency | None = None,
    now: datetime,
    version: int | None = None,
) -> None:
    """Give a matter another category or urgency. What has become more urgent is told anew.

    A matter that becomes one of conduct is private from then on.

    Raises:
        Stale, NotEntitled: as for every move.
        NotPossible: it is that already, or the matter is not being worked on.
    """
    await see_that_they_may(session, matter, Move.RECLASSIFY, speaking, now=now)
    check_version(matter, version)
    category, urgency = category or Category(matter.category), urgency or Urgency(matter.urgency)
    if (category, urgency) == (matter.category, matter.urgency):
        raise NotPossible("moves.same_already", number=matter.number)
    preset = await for_unit(session, matter.branch_id)
    kind = "category" if category != matter.category else "urgency"
    to = say(f"console.{kind}_{category if kind == 'category' else urgency}", preset.name)
    note = say(f"moves.event_{kind}", preset.name, to=to)
    await move(session, matter, Move.RECLASSIFY, by=speaking.actor, now=now, note=note)
    harder = is_harder(urgency, Urgency(matter.urgency))
    matter.category, matter.urgency = category, urgency
    matter.private = matter.private or category is Category.DISCIPLINE
    if harder:
        await tell_again(session, matter, now)
    else:
        set_clocks(matter, preset)
    session.add(matter)
    await refresh(session, matter, preset=preset, now=now)
