"""Commands that give out what the ledger holds: rows, figures and papers."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.arguments.options import Branch


class Format(StrEnum):
    """How exported rows are written."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"


class FiguresFormat(StrEnum):
    """How figures are written."""

    JSONL = "jsonl"
    TABLE = "table"
    XLSX = "xlsx"


class LedgerPart(StrEnum):
    """Which matters the problem ledger lists."""

    ALL = "all"
    UNFINISHED = "unfinished"
    ON_LEDGER = "on_ledger"
    CLOSED = "closed"


class RatesBy(StrEnum):
    """What rates are told apart by."""

    BRANCH = "branch"
    CATEGORY = "category"
    HOLDER = "holder"


def export(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="reports, matters, members, households, …")],
    branch: Branch = None,
    since: Annotated[str | None, typer.Option(metavar="D", help="First day, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(metavar="D", help="Last day.")] = None,
    format: Annotated[Format, typer.Option(help="How to write the rows.")] = Format.JSONL,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Default: standard output.")] = None,
    reader: Annotated[
        str | None, typer.Option("--for", metavar="NAME", help="Leave out what accuses this person.")
    ] = None,
    mask_phones: Annotated[
        bool, typer.Option("--mask-phones", help="Of a roster: phones without their middle.")
    ] = False,
) -> None:
    """Export rows of the ledger.

    KIND: reports, matters, members, households, sessions, rollcalls, notices, audit, appraisals, points;
    corrections: messages whose reading somebody has put right, labelled; roster: the file that `import`
    takes, as the ledger has it now.
    """
    from bot.commands.export import export as write

    raise typer.Exit(
        write(
            kind=kind,
            branch=branch,
            since=since,
            until=until,
            format=format,
            out=out,
            reader=reader,
            mask_phones=mask_phones,
        )
    )


def rates(
    period: Annotated[str, typer.Option(metavar="PERIOD", help="2026-11, 2026-Q4, 2026-H2 or 2026.")],
    by: Annotated[RatesBy | None, typer.Option(help="Default: one row for the unit.")] = None,
    unit: Annotated[str | None, typer.Option(metavar="NAME", help="A branch, town or district.")] = None,
    format: Annotated[FiguresFormat, typer.Option(help="How to write them.")] = FiguresFormat.JSONL,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Default: standard output.")] = None,
) -> None:
    """Response, solution and satisfaction rates, as the 12345 hotlines define them."""
    from bot.commands.rates import rates as reckon

    raise typer.Exit(reckon(period=period, by=by, unit=unit, format=format, out=out))


def indicators(
    period: Annotated[str, typer.Option(metavar="PERIOD", help="2026-11, 2026-Q4, 2026-H2 or 2026.")],
    unit: Annotated[str | None, typer.Option(metavar="NAME", help="It and all units below it.")] = None,
    format: Annotated[FiguresFormat, typer.Option(help="How to write them.")] = FiguresFormat.JSONL,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Default: standard output.")] = None,
) -> None:
    """The published figures of every branch, town and district, each with its definition."""
    from bot.commands.indicators import indicators as reckon

    raise typer.Exit(reckon(period=period, unit=unit, format=format, out=out))


def burden(
    since: Annotated[str, typer.Option(metavar="D", help="First day, YYYY-MM-DD.")],
    until: Annotated[str, typer.Option(metavar="D", help="Last day.")],
    branch: Branch = None,
    format: Annotated[FiguresFormat, typer.Option(help="How to write them.")] = FiguresFormat.JSONL,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Default: standard output.")] = None,
) -> None:
    """How much the bot asks of whom, by person and week."""
    from bot.commands.burden import burden as reckon

    raise typer.Exit(reckon(since=since, until=until, branch=branch, format=format, out=out))


def paper(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="plates, cards, handbook, ledger, …")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="To print: .html; a spreadsheet: .xlsx.")],
    branch: Branch = None,
    group: Annotated[str | None, typer.Option(metavar="NAME", help="Only this group.")] = None,
    member: Annotated[str | None, typer.Option(metavar="NAME", help="Only this member.")] = None,
    household: Annotated[str | None, typer.Option(metavar="NAME", help="Only one plate.")] = None,
    month: Annotated[str | None, typer.Option(metavar="PERIOD", help="2026-11, 2026-Q4 or 2026-H2.")] = None,
    year: Annotated[str | None, typer.Option(metavar="YEAR", help="2026.")] = None,
    part: Annotated[LedgerPart, typer.Option(help="Which matters the ledger lists.")] = LedgerPart.ALL,
    per_page: Annotated[int, typer.Option(help="Door plates on a page: 1 or 4.")] = 4,
    phones: Annotated[bool | None, typer.Option("--phones/--no-phones", help="Members' numbers.")] = None,
    with_private: Annotated[bool, typer.Option("--with-private", help="Also what is private.")] = False,
    reader: Annotated[
        str | None, typer.Option("--for", metavar="NAME", help="Leave out what accuses this person.")
    ] = None,
) -> None:
    """Print door plates, members' cards and handbooks, the problem ledger, the monthly table, …

    KIND: plates, cards, handbook, ledger, monthly, roster, session, year.
    """
    from bot.commands.paper import paper as write

    raise typer.Exit(
        write(
            kind=kind,
            branch=branch,
            group=group,
            member=member,
            household=household,
            period=month or year,
            part=part,
            per_page=per_page,
            phones=phones,
            with_private=with_private,
            reader=reader,
            out=out,
        )
    )
