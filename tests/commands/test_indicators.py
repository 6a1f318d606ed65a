"""`indicators` as a terminal shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands.conftest import Bot


def test_figures_come_as_json_lines_for_every_unit(village: Bot) -> None:
    result = village("indicators", "--period", "2026-11")
    assert result.exit_code == 0, result.stderr
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {row["level"] for row in rows} >= {"town", "branch"}
    [row] = [row for row in rows if (row["level"], row["key"]) == ("branch", "participation")]
    assert row["name"] == "参与率"
    assert row["value"] == 0
    assert row["denominator"] > 0
    assert row["definition"].startswith("参与率＝")


def test_a_table_tells_each_value_with_its_definition(village: Bot) -> None:
    result = village("indicators", "--period", "2026-H2", "--unit", "柳湾村", "--format", "table")
    assert result.exit_code == 0, result.stderr
    assert "柳湾村" in result.stdout
    assert "化解率＝化解的纠纷" in result.stdout
    assert "青溪镇" not in result.stdout


def test_a_spreadsheet_has_a_line_for_each_unit_and_figure(village: Bot, tmp_path: Path) -> None:
    path = tmp_path / "数据.xlsx"
    result = village("indicators", "--period", "2026", "--format", "xlsx", "--out", path)
    assert result.exit_code == 0, result.stderr
    header, *lines = load_workbook(path).active.iter_rows(values_only=True)
    assert header[:5] == ("unit", "level", "period", "key", "name")
    assert "覆盖率" in {line[4] for line in lines}


@pytest.mark.parametrize(
    ("arguments", "told", "code"),
    [
        (("--period", "十一月"), "时间请写成", 2),
        (("--period", "2026", "--unit", "火星"), "没有叫“火星”的单位", 1),
        (("--period", "2026", "--format", "xlsx"), "--out", 2),
    ],
)
def test_wrong_usage_is_told_in_a_sentence(
    village: Bot, arguments: tuple[str, ...], told: str, code: int
) -> None:
    result = village("indicators", *arguments)
    assert result.exit_code == code
    assert told in result.stderr
