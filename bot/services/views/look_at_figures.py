"""A branch's figures for a visitor of the console: the month's rates, and the burden of the last weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.periods import Period, first_day
from bot.services.figures import rate_words, reckon_burden
from bot.services.figures.reckon_rates import Asked, By, rates
from bot.services.roster.parameters import for_unit
from bot.services.views.open_console import Visitor
from bot.wording import say
from storage.tables import Unit

_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title; no rows: there is nothing to show."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """What is shown of a branch. now: the present moment in its zone. notes: what the figures mean."""

    branch_id: int
    branch: str
    now: datetime
    rates: tuple[Table, ...]
    burden: Table
    notes: tuple[str, ...]


async def figures_page(
    session: AsyncSession, who: Visitor, branch_id: int | None, *, now: datetime
) -> FiguresPage:
    """The figures of one of the visitor's branches (null: their first).

    Raises:
        NotLetIn: when it is not one of theirs.
    """
    chosen = who.chosen(branch_id)
    branch = await session.get_one(Unit, chosen)
    local = now.astimezone((await for_unit(session, chosen)).zone)
    today = local.date()
    month = first_day(Period.MONTH, today)
    tables = []
    for by in (By.UNIT, By.CATEGORY, By.HOLDER):
        asked = Asked(branch.name, [branch], month, today, by, who.person_id)
        rows = tuple(tuple(rate_words.cells(one, by)) for one in await rates(session, asked, now=now))
        tables.append(Table(say(f"figures.by_{by}"), tuple(rate_words.column_titles()), rows))
    since = first_day(Period.WEEK, today) - timedelta(weeks=_WEEKS - 1)
    weeks = await reckon_burden.burden(session, branch, first=since, last=today)
    burden = Table(
        say("figures.burden_title"),
        tuple(reckon_burden.column_titles()),
        tuple(tuple(reckon_burden.cells(week)) for week in weeks),
    )
    notes = (*rate_words.definitions(), say("figures.burden_note"))
    return FiguresPage(chosen, branch.name, local, tuple(tables), burden, notes)
