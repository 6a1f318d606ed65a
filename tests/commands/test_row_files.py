from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.commands.row_files import as_csv, as_jsonl, write_xlsx


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("路灯", "路灯"),
        (None, ""),
        (True, "true"),
        (-100, "-100"),
        (["普通", "残疾"], "普通、残疾"),
        ([{"at": 1}], '[{"at": 1}]'),
        ("=1+1", "'=1+1"),
        ("@everyone", "'@everyone"),
        ("  +8613800000001", "'  +8613800000001"),
        ("＝1+1", "'＝1+1"),
        (["-1", "二"], "'-1、二"),
        ("a\x07b", "ab"),
    ],
)
def test_a_cell_is_plain_and_never_a_formula(tmp_path: Path, value: Any, written: str) -> None:
    quoted = '"' + written.replace('"', '""') + '"' if '"' in written else written
    assert as_csv([{"a": 1, "b": value}]) == f"a,b\r\n1,{quoted}\r\n"
    write_xlsx([{"a": 1, "b": value}], tmp_path / "a.xlsx")
    cell = load_workbook(tmp_path / "a.xlsx").active["B2"]
    assert str(cell.value or "") == written
    assert cell.data_type != "f"


def test_no_rows_make_an_empty_file(tmp_path: Path) -> None:
    assert as_jsonl([]) == as_csv([]) == ""
    write_xlsx([], tmp_path / "a.xlsx")
    assert load_workbook(tmp_path / "a.xlsx").active["A1"].value is None
