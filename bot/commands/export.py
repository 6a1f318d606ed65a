"""`export`: rows of the ledger as JSON lines, CSV or a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import typer

from bot.clock import SystemClock
from bot.commands.row_files import as_csv, as_jsonl, write_xlsx
from bot.commands.terminal import DONE, USAGE, Refused, complain, day, listed, open_database, run
from bot.config import Settings
from bot.secrets import Secrets
from bot.services.chat.find_reader import find_reader
from bot.services.figures.export_rows import ExportKind, Row, Wanted, audit_export, export_rows
from bot.services.roster.export_roster import export_roster
from bot.services.roster.find_branch import all_branches, find_branch
from bot.wording import say

_ROSTER = "roster"  # no rows of the ledger, but the file that is brought in


def export(
    *,
    kind: str,
    branch: str | None,
    since: str | None,
    until: str | None,
    format: str,
    out: Path | None,
    reader: str | None = None,
    mask_phones: bool = False,
) -> int:
    """Write the rows to `out`, or to standard output; the export itself is audited.

    Args:
        reader: the name of the person for whom it is made; what accuses them is left out, and a roster's
            phones are masked.
        mask_phones: of a roster, show phones without their middle.
    """

    async def work(settings: Settings) -> int:
        if kind not in (_ROSTER, *ExportKind):
            known = "、".join((_ROSTER, *ExportKind))
            raise Refused(say("setup.export_kind", kind=kind, known=known), code=USAGE)
        if format == "xlsx" and out is None:
            raise Refused(say("setup.export_needs_file"), code=USAGE)
        first, last = day(since), day(until)
        if first and last and first > last:
            raise Refused(say("setup.period_reversed"), code=USAGE)
        if kind == _ROSTER:
            rows = await _roster(settings, branch, reader, mask_phones=mask_phones)
            _write(rows, format, out)
            return DONE
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


async def _roster(
    settings: Settings, branch: str | None, reader: str | None, *, mask_phones: bool
) -> list[Row]:
    secrets = Secrets(settings.key)
    async with open_database(settings) as database, database.transaction() as session:
        branches = [await find_branch(session, branch)] if branch else await all_branches(session)
        masked = mask_phones or (reader is not None and await find_reader(session, reader) is not None)
        exported = await export_roster(session, branches, secrets, masked=masked, now=SystemClock().now())
    if exported.unlinked:
        heads = listed(exported.unlinked)
        complain(say("roster.export_unlinked", count=len(exported.unlinked), heads=heads))
    return [dict(row) for row in exported.rows]


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
