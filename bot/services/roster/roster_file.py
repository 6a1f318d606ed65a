"""A roster file as rows of text by column."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from bot.services.roster.roster_tables import Cell, RosterUnreadable, Table, tables_of
from bot.text.roster_words import header_meant, is_total
from bot.wording import say

__all__ = ["COLUMNS", "RosterFile", "RosterRow", "RosterUnreadable", "read_roster"]

COLUMNS = ("支部", "党小组", "党员", "手机", "角色", "户主", "地址", "户类别", "住户手机", "备注")
_HEADER_WITHIN = 10  # rows: above the header people put titles and dates
_NEEDED = "党员"
_REPEATED = 3  # cells that say what the header says: the row is a header again


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One row below the header.

    number: as the spreadsheet shows it, the first row of the file being 1.
    cells: text by column; columns the file does not have are empty.
    wrong: what is no text, by column, as `roster_tables.Cell` has it.
    odd: what is wrong with the whole row (`header`, `total`, `long`); null: nothing.
    """

    number: int
    cells: Mapping[str, str]
    wrong: Mapping[str, str] = field(default_factory=dict)
    odd: str | None = None


@dataclass(frozen=True, slots=True)
class RosterFile:
    """The rows that are not blank, the columns that mean nothing to us, and the numbers of blank rows."""

    rows: Sequence[RosterRow]
    ignored: Sequence[str]
    blank: Sequence[int] = ()

    @property
    def notes(self) -> list[str]:
        """What is told of the file, and hinders nothing."""
        told = [say("roster.file_column_ignored", column=column) for column in self.ignored]
        if self.blank:
            told.append(say("roster.file_blank", rows="、".join(map(str, self.blank))))
        return told


def read_roster(path: Path) -> RosterFile:
    """Read a roster.

    Raises:
        RosterUnreadable: when the file is not there, is no .xlsx or .csv, or has no header or no rows.
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise RosterUnreadable(say("roster.file_missing", path=path)) from None
    nearly: str | None = None
    for tables in tables_of(content, path.name):
        found = [(table, at) for table in tables if (at := _header(table)) is not None]
        if len(found) > 1:
            names = "、".join(table.name for table, _ in found)
            raise RosterUnreadable(say("roster.file_sheets", path=path.name, names=names))
        if found:
            return _below(*found[0], path.name)
        if not any(cell.text for table in tables for row in table.rows for cell in row):
            raise RosterUnreadable(say("roster.file_void", path=path.name))
        nearly = nearly or next(filter(None, (_nearly(table) for table in tables)), None)
    if nearly is not None:
        raise RosterUnreadable(say("roster.file_header_lacks", path=path.name, lacks=nearly))
    raise RosterUnreadable(say("roster.file_no_header", path=path.name))


def _name(cell: Cell) -> str:
    return "".join(unicodedata.normalize("NFKC", cell.text).split())


def _header(table: Table) -> int | None:
    for index, row in enumerate(islice(table.rows, _HEADER_WITHIN)):
        names = {_name(cell) for cell in row}
        if _NEEDED in names and len(names & set(COLUMNS)) > 1:
            return index
    return None


def _nearly(table: Table) -> str | None:
    """What a row lacks to be a header: the column that is needed, or the words we know it by."""
    for number, row in enumerate(islice(table.rows, _HEADER_WITHIN), start=1):
        names = [_name(cell) for cell in row]
        meant = [header_meant(name) for name in names]
        if len(set(meant) & set(COLUMNS)) < 2:
            continue
        renamed = next((name for name, right in zip(names, meant, strict=True) if right == _NEEDED), None)
        if renamed is None:
            return say("roster.header_without", row=number, column=_NEEDED)
        return say("roster.header_renamed", row=number, column=renamed, right=_NEEDED)
    return None


def _below(table: Table, header: int, path: str) -> RosterFile:
    names = [_name(cell) for cell in table.rows[header]]
    for column in COLUMNS:
        if names.count(column) > 1:
            raise RosterUnreadable(say("roster.file_twice_column", path=path, column=column))
    for column in names:
        right = header_meant(column)
        if right not in names:
            raise RosterUnreadable(say("roster.file_column_renamed", path=path, column=column, right=right))
    rows, blank = [], []
    for number, row in enumerate(table.rows[header + 1 :], start=header + 2):
        given = dict(zip(names, row, strict=False))
        read = {column: given.get(column, Cell("")) for column in COLUMNS}
        if any(cell.text or cell.wrong for cell in read.values()):
            cells = {column: cell.text for column, cell in read.items()}
            wrong = {column: cell.wrong for column, cell in read.items() if cell.wrong}
            rows.append(RosterRow(number, cells, wrong, _odd(row, names, cells)))
        else:
            blank.append(number)
    if not rows:
        raise RosterUnreadable(say("roster.file_empty", path=path))
    between = [number for number in blank if number < rows[-1].number]
    return RosterFile(rows, [column for column in names if column and column not in COLUMNS], between)


def _odd(row: Sequence[Cell], names: Sequence[str], cells: Mapping[str, str]) -> str | None:
    if sum(column == text for column, text in cells.items()) >= _REPEATED:
        return "header"
    if any(is_total(cell.text) for cell in row):
        return "total"
    return "long" if any(cell.text for cell in row[len(names) :]) else None
