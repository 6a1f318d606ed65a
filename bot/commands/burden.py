"""`burden`: how much the bot asks of whom, by person and week."""

from __future__ import annotations

from pathlib import Path

import typer

from bot.commands.figures import print_table, see_that_it_fits, write
from bot.commands.terminal import DONE, USAGE, Refused, day, open_database, run
from bot.config import Settings
from bot.services.figures.reckon_burden import as_row, cells, column_titles
from bot.services.figures.reckon_burden import burden as reckon
from bot.services.roster.find_branch import all_branches, find_branch
from bot.wording import say


def burden(*, since: str, until: str, branch: str | None, format: str, out: Path | None) -> int:
    """Write the figures to `out`, or to standard output."""

    async def work(settings: Settings) -> int:
        first, last = day(since), day(until)
        if first is None or last is None:
            raise Refused(say("figures.needs_days"), code=USAGE)
        if first > last:
            raise Refused(say("setup.period_reversed"), code=USAGE)
        see_that_it_fits(format, out)
        async with open_database(settings) as database, database.reading() as session:
            branches = [await find_branch(session, branch)] if branch else await all_branches(session)
            found = [week for one in branches for week in await reckon(session, one, first=first, last=last)]
        if format != "table":
            write([as_row(week) for week in found], format, out)
            return DONE
        title = f"{say('figures.burden_title')} {first}..{last}"
        print_table(title, column_titles(), [cells(week) for week in found])
        typer.echo(say("figures.burden_note"))
        return DONE

    return run(work)
