"""`export`: rows of the ledger as JSON lines, CSV or a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import typer

from bot.clock import SystemClock
from bot.commands.row_files import as_csv, as_jsonl, write_xlsx
from bot.commands.terminal import DONE, USAGE, Refused, complain, day, open_database, run
from bot.config import Settings
from bot.services.chat.find_reader import find_reader
from bot.services.figures.export_rows import ExportKind, Row, Wanted, audit_export, export_rows
from bot.services.roster.find_branch import all_branches, find_branch
from bot.wording import say


def export(
    *,
    kind: str,
    branch: str | None,
    since: str | None,
    until: str | None,
    format: str,
    out: Path | None,
    reader: str | None = None,
) -> int:
    """Write the rows to `out`, or to standard output; the export itself is audited.

    reader: the name of the person for whom it is made; what accuses them is left out.
    """

    async def work(settings: Settings) -> int:
        if kind not in list(ExportKind):
            raise Refused(say("setup.export_kind", kind=kind, known="、".join(ExportKind)), code=USAGE)
        if format == "xlsx" and out is None:
            raise Refused(say("setup.export_needs_file"), code=USAGE)
        first, last = day(since), day(until)
        if first and last and first > last:
            raise Refused(say("setup.period_reversed"), code=USAGE)
        async with open_database(settings) as database:
            async with database.reading() as session:
                branches = [await find_branch(session, branch)] if branch else await all_branches(session)
                wanted = Wanted(
                    kind=ExportKind(kind),
                    branches=branches,
                    all_branches=branch is None,
                    since=first,
                    until=last,
                    now=SystemClock().now(),
                    reader=None if reader is None else await find_reader(session, reader),
                )
                rows = await export_rows(session, wanted)
            async with database.transaction() as session:
                await audit_export(session, wanted, count=len(rows))
        _write(rows, format, out)
        return DONE

    return run(work)


def _write(rows: list[Row], format: str, out: Path | None) -> None:
    if out is None:
        typer.echo(as_csv(rows) if format == "csv" else as_jsonl(rows), nl=False)
        return
    if not out.parent.is_dir():
        raise Refused(say("setup.folder_missing", path=out.parent))
    if format == "xlsx":
        write_xlsx(rows, out)
    else:
        # The mark at the beginning tells spreadsheets that the file is UTF-8.
        text, encoding = (as_csv(rows), "utf-8-sig") if format == "csv" else (as_jsonl(rows), "utf-8")
        out.write_text(text, encoding=encoding, newline="")
    complain(say("setup.export_done", count=len(rows), path=out))
