from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from bot.services.roster.roster_file import RosterUnreadable, read_roster

HEADER = "支部,党小组,党员,手机,角色,户主,地址,户类别,住户手机,备注"
LINE = "柳湾村,一组,张建军,13800000002,党员,王福来,柳湾路2号,普通,,"


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "number"),
    [
        (f"{HEADER}\n{LINE}\n".encode(), 2),
        (f"\ufeff{HEADER}\r\n{LINE}\r\n".encode(), 2),
        (f"{HEADER}\n{LINE}\n".encode("gbk"), 2),
        (f"{HEADER}\n{LINE}\n".encode("utf-16"), 2),
        (f"{HEADER}\n{LINE}\n".replace(",", "\t").encode("utf-16"), 2),
        (f"{HEADER}\n{LINE}\n".replace(",", ";").encode(), 2),
        (f"柳湾村花名册,,\n,,\n{HEADER}\n\n{LINE}\n".encode(), 5),
        (f" 支 部 ,{HEADER.partition(',')[2]}\n{LINE}".encode(), 2),
    ],
    ids=["utf-8", "with-bom", "gbk", "utf-16", "unicode-text", "semicolons", "title-above", "spaced-header"],
)
def test_csv_is_read_as_spreadsheets_write_it(tmp_path: Path, content: bytes, number: int) -> None:
    [row] = read_roster(written(tmp_path / "a.csv", content)).rows
    assert row.number == number
    assert row.cells["党员"] == "张建军"
    assert row.cells["支部"] == "柳湾村"
    assert row.cells["手机"] == "13800000002"


def test_columns_may_come_in_any_order_and_unknown_ones_are_named(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "户主,性别,党员\n王福来,男,张建军\n".encode())
    roster = read_roster(path)
    assert roster.rows[0].cells["户主"] == "王福来"
    assert roster.rows[0].cells["地址"] == ""
    assert list(roster.ignored) == ["性别"]


def test_xlsx_is_read_with_numbers_and_merged_cells(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["柳湾村党员联户花名册"])
    sheet.append(["党员", "手机", "户主"])
    sheet.append(["张建军", 13800000002, "王福来"])
    sheet.append([None, None, "李秀兰"])
    sheet.append(["刘春生", 13800000003.0, "马德胜"])
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B3:B4")
    content = BytesIO()
    book.save(content)
    rows = read_roster(written(tmp_path / "a.xlsx", content.getvalue())).rows
    assert [(row.number, row.cells["党员"], row.cells["手机"], row.cells["户主"]) for row in rows] == [
        (3, "张建军", "13800000002", "王福来"),
        (4, "张建军", "13800000002", "李秀兰"),
        (5, "刘春生", "13800000003", "马德胜"),
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0old", "另存为 .xlsx"),
        (b"PK\x03\x04 and then nothing", "打不开"),
        (b"\xff\xff\xfe\x81\xff", "打不开"),
        ("姓名,电话\n张,1\n".encode(), "“姓名”要写成“党员”"),
        (b"", "是空的"),
        (f"{HEADER}\n,,,\n".encode(), "没有内容"),
        ("党员,户主,党员\n张,王,李\n".encode(), "两次"),
    ],
)
def test_what_is_no_roster_is_refused_with_what_to_do(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(RosterUnreadable, match=told):
        read_roster(written(tmp_path / "a.csv", content))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_a_spreadsheet_that_is_damaged_inside_is_refused(tmp_path: Path, part: str) -> None:
    whole, damaged = BytesIO(), BytesIO()
    Workbook().save(whole)
    with ZipFile(whole) as old, ZipFile(damaged, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[: 60 if name == part else None])
    with pytest.raises(RosterUnreadable, match="打不开"):
        read_roster(written(tmp_path / "a.xlsx", damaged.getvalue()))


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(RosterUnreadable, match="找不到"):
        read_roster(tmp_path / "nowhere.csv")
