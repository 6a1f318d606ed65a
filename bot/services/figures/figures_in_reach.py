"""The figures that somebody may ask for: of their branch, or of the villages of their town; and their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled
from bot.domain.figures import Figure
from bot.domain.indicators import Facts, indicators
from bot.services.chat.speaker import Speaking, in_branch
from bot.services.figures.gather_indicators import Span, gather, span_of
from bot.services.figures.standing_figures import standing_figures
from bot.services.roster.parameters import for_unit
from storage.tables import Unit


@dataclass(frozen=True, slots=True)
class Reach:
    """The figures of some days, of one branch or of several together.

    branches: those they are of; several for a town officer who means none of them; none for somebody of whom
    nobody knows where they belong.
    of_each: the published figures of each branch, when there are several.
    """

    branches: tuple[Unit, ...]
    span: Span
    figures: tuple[Figure, ...]
    of_each: Mapping[int, tuple[Figure, ...]] = field(default_factory=dict)

    def figure(self, key: str) -> Figure | None:
        """The figure with this key; null when it is not theirs to ask for."""
        return next((one for one in self.figures if one.key == key), None)


async def figures_in_reach(
    session: AsyncSession, speaking: Speaking, first: date, last: date, *, now: datetime
) -> Reach:
    """What the speaker may ask for. Residents have their own matters alone."""
    branches = branches_in_reach(speaking)
    span = await _span(session, speaking, branches, first, last, now=now)
    own = await standing_figures(
        session, speaking, branches[0].id if len(branches) == 1 else None, span, now=now
    )
    if not branches:
        return Reach((), span, tuple(own))
    reader = speaking.actor.person_id
    facts = {one.id or 0: await gather(session, one.id or 0, span, reader=reader) for one in branches}
    together = indicators(sum(facts.values(), start=Facts()), now=now)
    each = {key: indicators(one, now=now) for key, one in facts.items()} if len(facts) > 1 else {}
    return Reach(branches, span, (*together, *own), each)


def branches_in_reach(speaking: Speaking) -> tuple[Unit, ...]:
    """The branches whose figures are the speaker's to see."""
    if not (speaking.actor.is_member or speaking.actor.roles):
        return ()
    if speaking.branch is not None:
        return (speaking.branch,)
    return speaking.villages


async def to_branch(session: AsyncSession, speaking: Speaking, branch_id: int) -> Speaking:
    """The speaker as one who means this branch.

    Raises:
        NotEntitled: it is none of theirs.
    """
    within = [*branches_in_reach(speaking), *speaking.villages]
    if branch_id not in {one.id for one in within}:
        raise NotEntitled("why.not_your_village")
    return await in_branch(session, speaking, branch_id)


def to_all(speaking: Speaking) -> Speaking:
    """The speaker as one who means none of their villages."""
    return replace(speaking, branch=None) if speaking.villages else speaking


async def _span(
    session: AsyncSession,
    speaking: Speaking,
    branches: Sequence[Unit],
    first: date,
    last: date,
    *,
    now: datetime,
) -> Span:
    if branches:
        return await span_of(session, branches[0].id or 0, first, last, now=now)
    preset = await for_unit(session, None if speaking.branch is None else speaking.branch.id)
    return Span(first, last, now.astimezone(preset.zone).date(), preset.zone, preset.appraisal.least)
