"""A table as a spreadsheet that prints as it should: on one page's width, its heading on every page."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from math import ceil
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.services.papers.table import Cell, Column, Table
from bot.wording import say

A4 = 9  # as spreadsheets number the sizes of paper
_MM_A_CHARACTER = 2.0  # of a column's width
_LINE, _HIGHEST = 15.0, 400.0  # points; a row can't be higher than 409
_SHEET_NAME = 31
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def as_xlsx(table: Table) -> bytes:
    """The spreadsheet as a file's content."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "".join(char for char in table.title if char not in "[]:*?/\\'")[:_SHEET_NAME]
    width = len(table.columns)
    _heading(sheet, table, width)
    head = sheet.max_row + 1
    for number, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width / _MM_A_CHARACTER
        _put(sheet, head, number, column.title, centred=True, bold=True)
    rows = [*table.rows, *([table.total] if table.total and table.rows else [])]
    for at, row in enumerate(rows, start=head + 1):
        for number, (column, cell) in enumerate(zip(table.columns, row, strict=True), start=1):
            _put(sheet, at, number, cell, centred=column.centred, bold=row is table.total)
        sheet.row_dimensions[at].height = _height(table.columns, row)
    if not rows:
        _across(sheet, head + 1, width, table.empty, centred=True)
    last = sheet.max_row
    for number, note in enumerate((*table.notes, *_signs(table)), start=last + 1):
        _across(sheet, number, width, note)
        sheet.row_dimensions[number].height = _LINE * ceil(_wide(note) * _MM_A_CHARACTER / _whole(table))
    _page(sheet, table, head)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _heading(sheet: Worksheet, table: Table, width: int) -> None:
    _across(sheet, 1, width, table.title, centred=True)
    sheet.cell(1, 1).font = Font(bold=True, size=16)
    sheet.row_dimensions[1].height = _LINE * 2
    for number, line in enumerate(table.under, start=2):
        _across(sheet, number, width, line, centred=True)


def _across(sheet: Worksheet, row: int, width: int, text: str, *, centred: bool = False) -> None:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    cell = sheet.cell(row, 1)
    _write(cell, text)
    cell.alignment = Alignment(horizontal="center" if centred else "left", vertical="center", wrap_text=True)


def _put(sheet: Worksheet, row: int, number: int, value: Cell, *, centred: bool, bold: bool) -> None:
    cell = sheet.cell(row, number)
    _write(cell, value)
    cell.border = _BOX
    cell.font = Font(bold=bold)
    across = "center" if centred or not isinstance(value, str) else "left"
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)


def _write(cell: SheetCell, value: Cell) -> None:
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        # What people wrote is text, even where it begins as a formula does, and stays so when it is edited.
        cell.data_type = "s"
        cell.quotePrefix = value.lstrip().startswith(tuple("=+-@＝＋－＠"))
        return
    cell.value = value
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, float):
        cell.number_format = "0%"


def _page(sheet: Worksheet, table: Table, head: int) -> None:
    sheet.freeze_panes = sheet.cell(head + 1, 1)
    sheet.print_title_rows = f"{head}:{head}"
    sheet.print_area = f"A1:{get_column_letter(len(table.columns))}{sheet.max_row}"
    sheet.page_setup.orientation = "landscape" if table.landscape else "portrait"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    for side in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, side, 0.4)  # inches
    sheet.oddFooter.center.text = say("papers.sheet_footer")


def _height(columns: tuple[Column, ...], row: tuple[Cell, ...]) -> float:
    """Points for a row: spreadsheets do not all see by themselves how many lines a text takes."""
    lines = 1
    for column, cell in zip(columns, row, strict=True):
        if isinstance(cell, str):
            room = max(column.width / _MM_A_CHARACTER - 1, 2)
            lines = max(lines, sum(ceil(max(_wide(part), 1) / room) for part in cell.split("\n")))
    return min(_LINE * lines + 3, _HIGHEST)


def _wide(text: str) -> int:
    """Width in characters of half width."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _whole(table: Table) -> int:
    return sum(column.width for column in table.columns)


def _signs(table: Table) -> list[str]:
    return ["        ".join(f"{sign}____________" for sign in table.signs)] if table.signs else []
