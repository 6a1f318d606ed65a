"""`rates`: response, solution and satisfaction over a period."""

from __future__ import annotations

from pathlib import Path

import typer

from bot.clock import SystemClock
from bot.commands.figures import print_table, see_that_it_fits, write
from bot.commands.terminal import DONE, USAGE, Refused, open_database, run
from bot.config import Settings
from bot.domain.periods import days_of
from bot.services.figures.rate_words import cells, column_titles, definitions
from bot.services.figures.reckon_rates import Asked, By, as_row, branches_of
from bot.services.figures.reckon_rates import rates as reckon
from bot.wording import say


def rates(*, period: str, by: str | None, unit: str | None, format: str, out: Path | None) -> int:
    """Write the figures to `out`, or to standard output."""

    async def work(settings: Settings) -> int:
        try:
            first, last = days_of(period)
        except ValueError:
            raise Refused(say("figures.period_wrong", value=period), code=USAGE) from None
        see_that_it_fits(format, out)
        async with open_database(settings) as database, database.reading() as session:
            name, branches = await branches_of(session, unit)
            asked = Asked(name, branches, first, last, By(by or By.UNIT))
            found = await reckon(session, asked, now=SystemClock().now())
        if format != "table":
            write([as_row(one, asked) for one in found], format, out)
            return DONE
        title = f"{say('figures.rates_title')} {name} {first}..{last}"
        print_table(title, column_titles(), [cells(one, asked.by) for one in found])
        for sentence in definitions():
            typer.echo(sentence)
        return DONE

    return run(work)
