"""The demo in the terminal: a scripted month, its transcript and the ledger it leaves."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlmodel import select

from bot.demo.village import Village, village
from bot.demo.words import month, word
from bot.domain.matters import MatterStatus
from bot.domain.roster import UnitKind
from bot.playground import TourError
from bot.services.views.ledger_view import LedgerPage, ledger_page
from bot.wording import say
from storage import inbox
from storage.tables import Unit


async def replay(folder: Path) -> int:
    """Play the month and print it; the exit code."""
    console = Console(highlight=False)
    async with village(folder) as here:
        here.playground.tour.load(month(), title=word("tour_title"))
        failure = ""
        try:
            await here.playground.tour.play()
        except TourError as error:
            failure = str(error)
        console.rule(word("transcript"))
        console.print(here.playground.transcript.text(), markup=False, soft_wrap=True)
        console.rule(word("ledger"))
        await _print_ledger(console, here)
    if failure:
        Console(stderr=True).print(word("step_failed", error=failure), markup=False)
    return 1 if failure else 0


async def _print_ledger(console: Console, here: Village) -> None:
    async with here.app.database.reading() as session:
        branch = (await session.exec(select(Unit.id).where(Unit.kind == UnitKind.BRANCH))).one()
        page = await ledger_page(session, branch or 0, limit=1000)
        states = await inbox.count_states(session)
    console.print(_matters(page))
    console.print(_reports(page))
    standing = [report for report in page.reports if report.status != "withdrawn"]
    notices = Counter(notice.state for notice in page.notices)
    console.print(
        word(
            "counts",
            reports=len(standing),
            visits=sum(report.count or len(report.households) for report in standing),
            matters=len(page.matters),
            closed=sum(matter.status == MatterStatus.CLOSED for matter in page.matters),
            notices="，".join(f"{say(f'console.notice_{state}')} {n}" for state, n in notices.items()),
        )
    )
    console.print(word("updates", states="，".join(f"{state} {n}" for state, n in states.items())))


def _matters(page: LedgerPage) -> Table:
    table = _table("matters", "number", "text", "who", "state", "outcome")
    for matter in reversed(page.matters):
        outcome = say(f"console.outcome_{matter.outcome}") if matter.outcome else ""
        who = matter.assignee or say(f"console.step_{matter.step}")
        state = say(f"console.status_{matter.status}")
        table.add_row(f"#{matter.number}", matter.text, who, state, outcome)
    return table


def _reports(page: LedgerPage) -> Table:
    table = _table("reports", "day", "member", "households", "count", "state")
    for report in reversed(page.reports):
        heads = "、".join((*report.households, *report.unknown_names))
        count = "" if report.count is None else str(report.count)
        state = say(f"console.report_{report.status}")
        table.add_row(report.day.isoformat(), report.member, heads, count, state)
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=word(title), title_justify="left")
    for column in columns:
        table.add_column(word(f"column_{column}"))
    return table
