"""Rows as JSON lines, CSV and spreadsheets."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Font

Row = dict[str, Any]

# What begins so, in half or full width, would be run as a formula by the spreadsheet that opens the file.
_FORMULA = tuple("=+-@＝＋－＠")


def as_jsonl(rows: Sequence[Row]) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def as_csv(rows: Sequence[Row]) -> str:
    """A table with a header; lists of texts are joined, anything deeper is JSON."""
    table = StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    if rows:
        writer.writerow(rows[0])
        writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return table.getvalue()


def write_xlsx(rows: Sequence[Row], path: Path) -> None:
    """A spreadsheet with a header that stays in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("rows")
    sheet.freeze_panes = "A2"
    if rows:
        header = [WriteOnlyCell(sheet, value=name) for name in rows[0]]
        for cell in header:
            cell.font = Font(bold=True)
        sheet.append(header)
    for row in rows:
        sheet.append([_cell(value) for value in row.values()])
    book.save(path)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        plain = all(isinstance(item, str) for item in value)
        value = "、".join(value) if plain else json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: ""}[value]
    if not isinstance(value, str):
        return value
    value = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{value}" if value.lstrip().startswith(_FORMULA) else value
