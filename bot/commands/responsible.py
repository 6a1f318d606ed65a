"""`responsible`: who answered for a household on a day."""

from __future__ import annotations

import typer

from bot.clock import SystemClock
from bot.commands.terminal import DONE, Refused, day, open_database, run
from bot.config import Settings
from bot.services.roster.find_branch import all_branches, find_branch
from bot.services.roster.parameters import for_unit
from bot.services.roster.responsible import responsible_words
from bot.wording import say
from storage.queries.roster import households_of_branch


def responsible(*, household: str, date: str | None, branch: str | None) -> int:
    """Print a sentence for each household of this head or address, in whatever branch.

    date: YYYY-MM-DD; null: today.
    """

    async def work(settings: Settings) -> int:
        wanted, now = day(date), SystemClock().now()
        lines = []
        async with open_database(settings) as database, database.reading() as session:
            for unit in [await find_branch(session, branch)] if branch else await all_branches(session):
                preset = await for_unit(session, unit.id)
                today = now.astimezone(preset.zone).date()
                for one in await households_of_branch(session, unit.id or 0):
                    if household in (one.head, one.address, one.plate):
                        sentence = await responsible_words(
                            session, one, wanted or today, today=today, preset=preset.name
                        )
                        lines.append(f"{unit.name}：{sentence}")
        if not lines:
            raise Refused(say("linking.unknown_home", name=household))
        typer.echo("\n".join(lines))
        return DONE

    return run(work)
