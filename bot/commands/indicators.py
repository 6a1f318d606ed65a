"""`indicators`: every published figure of branches, towns and districts, each with its definition."""

from __future__ import annotations

from pathlib import Path

from bot.clock import SystemClock
from bot.commands.figures import print_table, see_that_it_fits, write
from bot.commands.terminal import DONE, USAGE, Refused, open_database, run
from bot.config import Settings
from bot.domain.periods import days_of
from bot.services.figures.indicator_words import definition_of, name_of, value_words
from bot.services.figures.reckon_indicators import as_rows, indicators_of
from bot.wording import say

_COLUMNS = ("name", "value", "key", "definition")


def indicators(*, period: str, unit: str | None, format: str, out: Path | None) -> int:
    """Write the figures to `out`, or to standard output."""

    async def work(settings: Settings) -> int:
        try:
            first, last = days_of(period)
        except ValueError:
            raise Refused(say("figures.period_wrong", value=period), code=USAGE) from None
        see_that_it_fits(format, out)
        now = SystemClock().now()
        async with open_database(settings) as database, database.reading() as session:
            found = await indicators_of(session, unit, first=first, last=last, now=now)
        if format != "table":
            today = now.astimezone(settings.zone).date()
            write(as_rows(found, period, first=first, last=last, today=today), format, out)
            return DONE
        for one in found:
            print_table(
                say("indicators.title", unit=one.unit.name, period=period),
                [say(f"indicators.column_{column}") for column in _COLUMNS],
                [
                    [
                        name_of(each.key, one.preset),
                        value_words(each),
                        each.key,
                        definition_of(each.key, one.preset),
                    ]
                    for each in one.figures
                ],
            )
        return DONE

    return run(work)
