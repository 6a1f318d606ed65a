"""The figures of a time in one message ("数据", "十月数据"): those with a value, as they are published."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled, NotPossible
from bot.domain.figures import Measure
from bot.services.chat.speaker import Speaking
from bot.services.figures.explain_figure import days_words, unit_words
from bot.services.figures.figures_in_reach import figures_in_reach
from bot.services.figures.indicator_words import name_of, value_words
from bot.services.figures.row_words import OWN
from bot.services.figures.standing_figures import STANDING
from bot.wording import say

_EXAMPLE = "participation"


async def tell_figures(
    session: AsyncSession, speaking: Speaking, first: date, last: date, *, in_group: bool, now: datetime
) -> str | None:
    """The figures as text; null when a group need not hear an answer.

    Raises:
        NotEntitled: the figures are not theirs to see.
        NotPossible: not in a group.
    """
    if in_group:
        if speaking.actor.is_member:
            raise NotPossible("help.private_only")
        return None
    reach = await figures_in_reach(session, speaking, first, last, now=now)
    if not reach.branches:
        raise NotEntitled("why.members_only")
    preset = speaking.preset.name
    lines = [say("why.title", preset, unit=unit_words(reach, speaking), days=days_words(reach.span))]
    for figure in reach.figures:
        nothing = figure.value is None or (figure.measure is Measure.COUNT and not figure.value)
        if not nothing and figure.key not in STANDING | OWN:
            name, value = name_of(figure.key, preset), value_words(figure)
            lines.append(say("why.line", preset, name=name, value=value))
    return "\n".join([*lines, say("why.foot", preset, name=name_of(_EXAMPLE, preset))])
