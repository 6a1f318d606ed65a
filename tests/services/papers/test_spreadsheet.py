"""Spreadsheets are read back as whoever opens them finds them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.services.papers.spreadsheet import as_xlsx
from bot.services.papers.table import Column, Table

TABLE = Table(
    title="柳树村[一]问题台账：很长的题目" * 3,
    under=("2026年11月",),
    columns=(Column("序号", 10, centred=True), Column("内容", 60), Column("日期", 24), Column("比率", 20)),
    rows=((1, "水管漏了", date(2026, 11, 2), 0.5), (2, "=1+1\x07", None, None), (3, "长" * 300, None, 1.0)),
    empty="没有",
    total=("", "合计", None, 0.75),
    notes=("说明",),
    signs=("填表人：",),
    landscape=True,
)


def sheet_of(table: Table) -> Worksheet:
    [sheet] = load_workbook(BytesIO(as_xlsx(table))).worksheets
    return sheet


def test_it_prints_on_one_pages_width_with_its_heading_on_every_page() -> None:
    sheet = sheet_of(TABLE)
    assert [cell.value for cell in sheet[3]] == ["序号", "内容", "日期", "比率"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$3:$3")
    assert sheet.print_area.endswith("!$A$1:$D$9")
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.column_dimensions["B"].width == 30
    assert len(sheet.title) <= 31
    assert sheet_of(replace(TABLE, landscape=False)).page_setup.orientation == "portrait"


def test_values_keep_their_kinds_and_words_are_never_formulas() -> None:
    sheet = sheet_of(TABLE)
    first = sheet[4]
    assert [cell.value for cell in first[:2]] == [1, "水管漏了"]
    assert (first[2].value.date(), first[3].value) == (date(2026, 11, 2), 0.5)
    assert (first[2].number_format, first[3].number_format) == ("yyyy-mm-dd", "0%")
    formula = sheet["B5"]
    assert (formula.value, formula.data_type, formula.quotePrefix) == ("=1+1", "s", True)
    assert sheet["B4"].quotePrefix is False
    assert [cell.value for cell in sheet[7]] == [None, "合计", None, 0.75]
    assert (sheet["A8"].value, sheet["A9"].value) == ("说明", "填表人：____________")


def test_rows_are_as_high_as_their_words_need() -> None:
    sheet = sheet_of(TABLE)
    assert sheet.row_dimensions[4].height == 18
    assert 300 < sheet.row_dimensions[6].height <= 409


def test_without_rows_it_says_so() -> None:
    sheet = sheet_of(replace(TABLE, rows=(), notes=(), signs=()))
    assert [sheet.cell(row, 1).value for row in (4, 5)] == ["没有", None]
