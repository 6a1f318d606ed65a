"""The published figures of a branch for a visitor of the console, and the rows behind one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.periods import days_of
from bot.services.chat.speaker import Speaking, in_branch, place_name, speaking_for
from bot.services.figures.explain_figure import days_words
from bot.services.figures.figures_in_reach import Reach, figures_in_reach
from bot.services.figures.indicator_words import definition_of, name_of, value_words
from bot.services.figures.row_words import OWN, lines_of, rows_shown
from bot.services.views.open_console import NotLetIn, Visitor
from bot.wording import say
from storage.tables import Person

_ROWS = 100  # on a page


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A figure as a line of the table."""

    key: str
    name: str
    value: str
    definition: str


@dataclass(frozen=True, slots=True)
class Published:
    """The figures of a branch. periods: others that can be chosen, as written and as read."""

    period: str
    days: str
    periods: tuple[tuple[str, str], ...]
    figures: tuple[PublishedFigure, ...]


@dataclass(frozen=True, slots=True)
class OpenedFigure:
    """A figure with the rows behind it. note: what is counted and not shown; empty: everything is."""

    branch_id: int
    branch: str
    period: str
    days: str
    figure: PublishedFigure
    rows: tuple[str, ...]
    count: int
    note: str
    page: int
    pages: int


async def published_figures(
    session: AsyncSession, who: Visitor, branch_id: int, period: str | None, *, now: datetime
) -> Published:
    """The figures of a period (null, or not understood: this month).

    Raises:
        NotLetIn: the branch is not one of theirs.
    """
    speaking = await _speaking(session, who, branch_id)
    today = speaking.day_of(now)
    period, reach = await _reach(session, speaking, period, now=now)
    preset = speaking.preset.name
    figures = tuple(
        PublishedFigure(one.key, name_of(one.key, preset), value_words(one), definition_of(one.key, preset))
        for one in reach.figures
        if one.key not in OWN
    )
    return Published(period, days_words(reach.span), _periods(today), figures)


async def opened_figure(
    session: AsyncSession,
    who: Visitor,
    branch_id: int | None,
    key: str,
    period: str | None,
    *,
    page: int,
    now: datetime,
) -> OpenedFigure:
    """The rows behind a figure, as many as stand on a page.

    Raises:
        NotLetIn: the branch is not one of theirs, or there is no such figure.
    """
    speaking = await _speaking(session, who, who.branches[0][0] if branch_id is None else branch_id)
    period, reach = await _reach(session, speaking, period, now=now)
    figure = reach.figure(key)
    if figure is None:
        raise NotLetIn
    preset = speaking.preset.name
    shown = await rows_shown(session, figure, speaking, reach.span, in_group=False)
    pages = max(-(-len(shown.rows) // _ROWS), 1)
    page = min(max(page, 1), pages)
    lines = await lines_of(
        session, figure, shown.rows[(page - 1) * _ROWS : page * _ROWS], speaking, reach.span
    )
    note = say("why.kept_back_private", preset, count=shown.kept_back) if shown.kept_back else ""
    return OpenedFigure(
        branch_id=speaking.branch_id,
        branch=place_name(reach.branches[0].name),
        period=period,
        days=days_words(reach.span),
        figure=PublishedFigure(key, name_of(key, preset), value_words(figure), definition_of(key, preset)),
        rows=tuple(line.removeprefix(say("why.bullet")) for line in lines),
        count=len(shown.rows),
        note=note,
        page=page,
        pages=pages,
    )


async def _speaking(session: AsyncSession, who: Visitor, branch_id: int) -> Speaking:
    if branch_id not in dict(who.branches):
        raise NotLetIn
    return await in_branch(
        session, await speaking_for(session, await session.get_one(Person, who.person_id)), branch_id
    )


async def _reach(
    session: AsyncSession, speaking: Speaking, period: str | None, *, now: datetime
) -> tuple[str, Reach]:
    today = speaking.day_of(now)
    try:
        first, last = days_of(period or "")
        written = (period or "").strip().upper()
    except ValueError:
        written = f"{today:%Y-%m}"
        first, last = days_of(written)
    return written, await figures_in_reach(session, speaking, first, last, now=now)


def _periods(today: date) -> tuple[tuple[str, str], ...]:
    """What can be chosen with a click: this month and the last, this quarter, half-year and year."""
    last_month = today.replace(day=1) - timedelta(days=1)
    return (
        (f"{today:%Y-%m}", say("console.period_month")),
        (f"{last_month:%Y-%m}", say("console.period_last_month")),
        (f"{today.year}-Q{(today.month + 2) // 3}", say("console.period_quarter")),
        (f"{today.year}-H{(today.month + 5) // 6}", say("console.period_half_year")),
        (f"{today.year}", say("console.period_year")),
    )
