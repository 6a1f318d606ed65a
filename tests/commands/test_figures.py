"""Figures as a terminal shows them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands.conftest import Bot


def test_rates_come_as_json_lines_with_null_where_there_is_nothing(village: Bot) -> None:
    result = village("rates", "--period", "2026-11")
    assert result.exit_code == 0, result.stderr
    [row] = [json.loads(line) for line in result.stdout.splitlines()]
    assert (row["since"], row["until"], row["unit"]) == ("2026-11-01", "2026-11-30", "全部")
    assert (row["response_rate"], row["response_denominator"]) == (None, 0)


def test_rates_as_a_table_say_what_they_mean(village: Bot) -> None:
    result = village(
        "rates", "--period", "2026-Q4", "--by", "branch", "--unit", "青溪镇", "--format", "table"
    )
    assert result.exit_code == 0, result.stderr
    assert "柳湾村" in result.stdout
    assert "还没有（0 件）" in result.stdout
    assert "解决率＝" in result.stdout


def test_rates_as_a_spreadsheet(village: Bot, tmp_path: Path) -> None:
    result = village("rates", "--period", "2026", "--format", "xlsx", "--out", tmp_path / "率.xlsx")
    assert result.exit_code == 0, result.stderr
    sheet = load_workbook(tmp_path / "率.xlsx").active
    assert sheet["A2"].value == "2026-01-01"


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
    result = village("rates", *arguments)
    assert result.exit_code == code
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_the_burden_of_a_village_where_nobody_has_been_told_anything_is_empty(village: Bot) -> None:
    days = ("--since", "2026-11-01", "--until", "2026-11-30")
    assert village("burden", *days).stdout == ""
    table = village("burden", *days, "--format", "table", "--branch", "柳湾村")
    assert table.exit_code == 0, table.stderr
    assert "不排名次" in table.stdout


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("clocks.normal.acknowledge", "--set 参数=值"),
        ("clocks.normal.acknowlege=12h", "没有叫“clocks.normal.acknowlege”的参数"),
        ("clocks.normal.acknowledge=soon", "要写：一段时间，如 15m"),
    ],
)
def test_a_rehearsal_says_which_parameter_is_wrong(village: Bot, change: str, told: str) -> None:
    days = ("--since", "2026-11-01", "--until", "2026-11-30")
    result = village("rehearse", *days, "--set", change)
    assert result.exit_code == 2
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_rehearsal_without_history_sends_nothing(village: Bot) -> None:
    result = village("rehearse", "--since", "2026-11-01", "--until", "2026-11-30", "--set", "cadence.key=5")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "实际发了 0 条，换成这些参数会发 0 条。\n"
