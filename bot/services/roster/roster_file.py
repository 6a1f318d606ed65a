"""A roster file as rows of text: .xlsx, or .csv as spreadsheets in China write it."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from bot.wording import say

COLUMNS = ("支部", "党小组", "党员", "手机", "角色", "户主", "地址", "户类别", "住户手机", "备注")
_HEADER_WITHIN = 10  # rows: above the header people put titles and dates
_HEADER_NEEDS = {"党员"}


class RosterUnreadable(Exception):
    """The file is no roster; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One row below the header.

    number: as the spreadsheet shows it, the first row of the file being 1.
    cells: text by column; columns the file does not have are empty.
    """

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RosterFile:
    """The rows that are not blank, and the columns that mean nothing to us."""

    rows: Sequence[RosterRow]
    ignored: Sequence[str]


def read_roster(path: Path) -> RosterFile:
    """Read a roster.

    Raises:
        RosterUnreadable: when the file is not there, is no .xlsx or .csv, or has no header or no rows.
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise RosterUnreadable(say("setup.roster_missing", path=path)) from None
    for table in _tables(content, path.name):
        found = _header(table)
        if found is not None:
            return _below(table, found, path.name)
    raise RosterUnreadable(say("setup.roster_no_header", path=path.name))


def _tables(content: bytes, name: str) -> Iterator[list[list[str]]]:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise RosterUnreadable(say("setup.roster_old_excel", path=name))
    if content.startswith(b"PK"):
        yield from _sheets(content, name)
        return
    yield from (_cells(content, name, separator) for separator in ",\t;，")


def _sheets(content: bytes, name: str) -> Iterator[list[list[str]]]:
    try:
        book = load_workbook(BytesIO(content), data_only=True)
    except Exception:  # whatever the libraries below openpyxl happen to stumble over
        raise RosterUnreadable(say("setup.roster_damaged", path=name)) from None
    for sheet in book.worksheets:
        table = [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        # A cell merged over several rows says the same of each of them.
        for merged in sheet.merged_cells.ranges:
            value = table[merged.min_row - 1][merged.min_col - 1]
            for row in range(merged.min_row, min(merged.max_row, len(table)) + 1):
                table[row - 1][merged.min_col - 1] = value
        yield table


def _cells(content: bytes, name: str, separator: str) -> list[list[str]]:
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            break
    else:
        raise RosterUnreadable(say("setup.roster_damaged", path=name))
    try:
        return [[_text(cell) for cell in row] for row in csv.reader(StringIO(text), delimiter=separator)]
    except csv.Error:
        raise RosterUnreadable(say("setup.roster_damaged", path=name)) from None


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a phone number in a cell of numbers
    return str(value).replace("\x00", "").replace("\u3000", " ").strip()


def _name(cell: str) -> str:
    return "".join(unicodedata.normalize("NFKC", cell).split())


def _header(table: Iterable[Sequence[str]]) -> int | None:
    for index, row in enumerate(islice(table, _HEADER_WITHIN)):
        names = {_name(cell) for cell in row}
        if names >= _HEADER_NEEDS and len(names & set(COLUMNS)) > 1:
            return index
    return None


def _below(table: Sequence[Sequence[str]], header: int, name: str) -> RosterFile:
    names = [_name(cell) for cell in table[header]]
    for column in COLUMNS:
        if names.count(column) > 1:
            raise RosterUnreadable(say("setup.roster_twice_column", path=name, column=column))
    rows = []
    for number, row in enumerate(table[header + 1 :], start=header + 2):
        given = dict(zip(names, row, strict=False))
        cells = {column: given.get(column, "") for column in COLUMNS}
        if any(cells.values()):
            rows.append(RosterRow(number, cells))
    if not rows:
        raise RosterUnreadable(say("setup.roster_empty", path=name))
    return RosterFile(rows, [column for column in names if column and column not in COLUMNS])
