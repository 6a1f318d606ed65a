"""How commands print figures: as JSON lines, as a table to read, or as a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from bot.commands.row_files import Row, as_jsonl, write_xlsx
from bot.commands.terminal import USAGE, Refused, complain
from bot.wording import say

# Wide enough that nothing is cut off where there is no terminal to ask.
_WIDTH = 200


def see_that_it_fits(format: str, out: Path | None) -> None:
    """See that the rows can be written so.

    Raises:
        Refused: a spreadsheet needs a file; the file's folder has to be there.
    """
    if format == "xlsx" and out is None:
        raise Refused(say("setup.export_needs_file"), code=USAGE)
    if out is not None and not out.parent.is_dir():
        raise Refused(say("setup.folder_missing", path=out.parent))


def write(rows: Sequence[Row], format: str, out: Path | None) -> None:
    """Write rows as JSON lines or as a spreadsheet, to standard output or a file."""
    if out is None:
        typer.echo(as_jsonl(rows), nl=False)
        return
    if format == "xlsx":
        write_xlsx(rows, out)
    else:
        out.write_text(as_jsonl(rows), encoding="utf-8")
    complain(say("setup.export_done", count=len(rows), path=out))


def print_table(title: str, columns: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    """Print a table for people."""
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")  # Chinese has no spaces to break at
    for row in cells:
        table.add_row(*row)
    console_for_tables().print(table, markup=False)


def console_for_tables() -> Console:
    """Where tables are printed: as wide as the terminal, or wide enough."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDTH)
