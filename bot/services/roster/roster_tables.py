"""What stands in a roster's file, cell by cell: .xlsx, or .csv as spreadsheets in China write it."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.wording import say


class RosterUnreadable(Exception):
    """The file is no roster; the text says why and what to do."""


class Cell(NamedTuple):
    """A cell. wrong: what the spreadsheet has made of it that is no text (`date`, `formula`, `error`,
    `merged`); null: nothing."""

    text: str
    wrong: str | None = None


class Table(NamedTuple):
    """A sheet of a spreadsheet, or a whole text file, whose `name` is empty."""

    name: str
    rows: Sequence[Sequence[Cell]]


# What begins a file of another kind, and the sentence that says which.
_OTHER_FILES = (
    (b"%PDF", "file_pdf"),
    (b"\x89PNG", "file_picture"),
    (b"\xff\xd8\xff", "file_picture"),
    (b"Rar!", "file_packed"),
    (b"7z\xbc\xaf", "file_packed"),
)
_PASSWORD = "EncryptedPackage".encode("utf-16-le")  # the name of a part in Excel's files with a password
_DATE = re.compile(r"(?:\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?(?: 0?0:00(?::00)?)?|\d{1,2}月\d{1,2}日)")
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)", re.IGNORECASE)


def tables_of(content: bytes, name: str) -> Iterator[list[Table]]:
    """The tables of a file, in each way in which it can be read.

    name: of the file, for sentences.

    Raises:
        RosterUnreadable: it is no .xlsx and no text.
    """
    if not content.strip():
        raise RosterUnreadable(say("roster.file_void", path=name))
    for beginning, sentence in _OTHER_FILES:
        if content.startswith(beginning):
            raise RosterUnreadable(say(f"roster.{sentence}", path=name))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        sentence = "file_password" if _PASSWORD in content else "file_old_excel"
        if name.lower().endswith((".doc", ".wps")):
            sentence = "file_word"
        raise RosterUnreadable(say(f"roster.{sentence}", path=name))
    if content.startswith(b"PK"):
        yield _sheets(content, name)
        return
    text = _decoded(content, name)
    if re.match(r"\s*<(?:!doctype|html|table|\?xml)", text, re.IGNORECASE):
        raise RosterUnreadable(say("roster.file_web", path=name))
    for separator in ",\t;，|":
        yield [Table("", _separated(text, name, separator))]


def _sheets(content: bytes, name: str) -> list[Table]:
    try:
        with ZipFile(BytesIO(content)) as parts:
            names = parts.namelist()
            if not any(part.startswith("xl/") for part in names):
                sentence = "file_word" if any(part.startswith("word/") for part in names) else "file_packed"
                raise RosterUnreadable(say(f"roster.{sentence}", path=name))
            has_formulas = any(b"<f" in parts.read(part) for part in names if "worksheets/sheet" in part)
        book = load_workbook(BytesIO(content), data_only=True)
        formulas = load_workbook(BytesIO(content)) if has_formulas else None
        return [
            Table(sheet.title, _cells(sheet, None if formulas is None else formulas[sheet.title]))
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        ]
    except BadZipFile:
        raise RosterUnreadable(say("roster.file_damaged", path=name)) from None
    except RosterUnreadable:
        raise
    except Exception:  # whatever the libraries below openpyxl happen to stumble over
        raise RosterUnreadable(say("roster.file_damaged", path=name)) from None


def _cells(sheet: Worksheet, formulas: Worksheet | None) -> list[list[Cell]]:
    table = [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    if formulas is not None:
        for row in formulas.iter_rows():
            for cell in row:
                shown = table[cell.row - 1][cell.column - 1]
                if cell.data_type == "f" and not shown.text:
                    # A program wrote it, and no spreadsheet has reckoned it yet.
                    table[cell.row - 1][cell.column - 1] = Cell("", "formula")
    for merged in sheet.merged_cells.ranges:
        value = table[merged.min_row - 1][merged.min_col - 1]
        if merged.max_col > merged.min_col and value.text:
            table[merged.min_row - 1][merged.min_col - 1] = value._replace(wrong=value.wrong or "merged")
            continue
        # A cell merged over several rows says the same of each of them.
        for number in range(merged.min_row, min(merged.max_row, len(table)) + 1):
            table[number - 1][merged.min_col - 1] = value
    return table


def _cell(value: Any) -> Cell:
    if value is None:
        return Cell("")
    if isinstance(value, datetime | date | time | timedelta):
        return Cell(str(value).removesuffix(" 00:00:00"), "date")
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a phone number in a cell of numbers
    text = _plain(_clean(str(value)))
    return Cell(text, "error" if _ERROR.fullmatch(text) else None)


def _decoded(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise RosterUnreadable(say("roster.file_damaged", path=name))


def _separated(text: str, name: str, separator: str) -> list[list[Cell]]:
    try:
        read = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        raise RosterUnreadable(say("roster.file_damaged", path=name)) from None
    return [[_written(cell) for cell in row] for row in read]


def _written(cell: str) -> Cell:
    """A cell of a text file, where a formula and a date stand as they look."""
    text = _clean(cell)
    if forced := re.fullmatch(r'="(.*)"', text):
        return Cell(forced[1].strip())  # how spreadsheets are told that a number is text
    if text.startswith("=") and len(text) > 1:
        return Cell(text, "formula")
    if _ERROR.fullmatch(text):
        return Cell(text, "error")
    return Cell(_plain(text), "date" if _DATE.fullmatch(text) else None)


def _clean(text: str) -> str:
    """Without what nobody sees."""
    seen = (char for char in text if unicodedata.category(char) not in ("Cf", "Cc") or char in "\t\n\r")
    return " ".join("".join(seen).split())


def _plain(text: str) -> str:
    """Without the mark that keeps a spreadsheet from running it as a formula."""
    return text.lstrip("'").strip()
