"""Members and their households for the notice board (双向公示): names alone, no numbers and no kinds."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.preset import Preset
from bot.services.notices.times import plain_day_words
from bot.services.papers.asked import Asked, choose, today_of
from bot.services.papers.lasting_links import Links
from bot.services.papers.table import Column, Table
from bot.wording import say

_COLUMNS = (("number", 12), ("group", 34), ("member", 26), ("linked", 20), ("heads", 94))


async def roster_notice(session: AsyncSession, asked: Asked, preset: Preset, *, now: datetime) -> Table:
    """Who answers for which households, by group and in the order of the roster.

    Raises:
        NotFound: there is no such group or member, or none of them answers for any household.
    """
    name, today = preset.name, today_of(preset, now)
    chosen = await choose(session, asked)
    links = await Links.load(session, asked.branch_id, today)
    linked = [person for person in chosen.members if links.households_of(person)]
    if not linked:
        raise NotFound("papers.no_links")
    order = list(chosen.group_names.values())
    groups = [chosen.group_of.get(person.id or 0, "") for person in linked]
    places = sorted(range(len(linked)), key=lambda at: order.index(groups[at]) if groups[at] else -1)
    rows = tuple(
        (
            number,
            groups[at],
            linked[at].name,
            len(links.households_of(linked[at])),
            say("papers.and").join(one.head for one in links.households_of(linked[at])),
        )
        for number, at in enumerate(places, start=1)
    )
    households = {one.id for person in linked for one in links.households_of(person)}
    unit = asked.branch.name if chosen.group is None else f"{asked.branch.name} {chosen.group.name}"
    return Table(
        title=say("papers.roster_title", name, unit=unit),
        under=(say("papers.as_of", year=today.year, day=plain_day_words(today)),),
        columns=tuple(
            Column(say(f"papers.column_{key}", name), width, centred=key != "heads")
            for key, width in _COLUMNS
        ),
        rows=rows,
        empty=say("papers.nothing"),
        total=("", say("papers.sum"), len(linked), len(households), ""),
        notes=(say("papers.roster_note", name),),
    )
