"""`paper` at the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands.conftest import Bot


def test_papers_are_written_as_pages_and_spreadsheets(village: Bot, tmp_path: Path) -> None:
    for kind in ("plates", "cards", "ledger", "monthly", "roster"):
        done = village("paper", kind, "--out", f"{kind}.html")
        assert done.exit_code == 0, done.stderr
        assert f"已写好：{kind}.html" in done.stderr
        assert "柳湾村" in (tmp_path / f"{kind}.html").read_text("utf-8")
    assert village("paper", "handbook", "--member", "周明远", "--out", "册.html").exit_code == 0
    assert village("paper", "roster", "--group", "1组", "--out", "公示.xlsx").exit_code == 0
    sheet = load_workbook(tmp_path / "公示.xlsx").worksheets[0]
    assert sheet["A1"].value == "柳湾村 一组党员联户公示"
    audit = village("export", "audit").stdout
    assert '"by": "命令行", "action": "paper.handbook", "subject": "柳湾村", "detail": "周明远"' in audit


def test_without_a_token_plates_have_codes_alone(village: Bot, tmp_path: Path) -> None:
    done = village("paper", "plates", "--member", "周明远", "--per-page", "1", "--out", "牌.html")
    assert "门牌上只印户码，没有二维码" in done.stderr
    page = (tmp_path / "牌.html").read_text("utf-8")
    assert "size: A5 landscape" in page
    assert "<svg" not in page
    assert "138 0000 0001" in page
    village("paper", "plates", "--no-phones", "--out", "牌.html")
    assert "138 0000 0001" not in (tmp_path / "牌.html").read_text("utf-8")


def test_a_town_gets_the_monthly_table_by_village(village: Bot, tmp_path: Path) -> None:
    village("init", "--preset", "huozhou", "--branch", "桃园村", "--town", "青溪镇")
    assert village("paper", "monthly", "--branch", "青溪镇", "--out", "月报.xlsx").exit_code == 0
    sheet = load_workbook(tmp_path / "月报.xlsx").worksheets[0]
    assert [row[1].value for row in sheet["A5:B6"]] == ["柳湾村", "桃园村"]
    assert "请指明是哪一个：柳湾村、桃园村。" in village("paper", "cards", "--out", "卡.html").stderr


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["money", "--out", "a.html"], 2, "不认识材料“money”。可写：plates、cards、"),
        (["plates", "--out", "a.pdf"], 2, "文件名请用 .html（打印）或 .xlsx（表格）结尾：a.pdf"),
        (["cards", "--out", "a.xlsx"], 2, "这种材料只能印成网页，文件名请用 .html 结尾：a.xlsx"),
        (["plates", "--per-page", "3", "--out", "a.html"], 2, "一页印 1 块或 4 块门牌，不能印 3 块。"),
        (["plates", "--out", "no/a.html"], 1, "文件夹“no”不存在。"),
        (["plates", "--branch", "桃园村", "--out", "a.html"], 1, "没有叫“桃园村”的支部；现有：柳湾村。"),
        (["plates", "--group", "九组", "--out", "a.html"], 1, "柳湾村没有叫“九组”的组；现有："),
        (["plates", "--household", "某户", "--out", "a.html"], 1, "柳湾村没有户主或户码是“某户”的住户。"),
        (["cards", "--member", "某人", "--out", "a.html"], 1, "柳湾村没有叫“某人”的党员。"),
        (["handbook", "--out", "a.html"], 1, "手册一人一册，请指明是谁的。"),
        (["handbook", "--member", "周明远", "--year", "26", "--out", "a.html"], 1, "“26”看不懂。"),
        (["ledger", "--month", "2026-13", "--out", "a.html"], 1, "“2026-13”看不懂。"),
        (["monthly", "--month", "2999-01", "--out", "a.html"], 1, "2999年1月还没到，没有可印的。"),
        (["session", "--out", "a.html"], 1, "还没有开过会，没有可印的。"),
        (["ledger", "--for", "某人", "--out", "a.html"], 1, "名册里没有叫“某人”的人。"),
    ],
)
def test_what_cannot_be_written_gets_one_sentence_and_leaves_no_file(
    village: Bot, tmp_path: Path, arguments: list[str], code: int, sentence: str
) -> None:
    refused = village("paper", *arguments)
    assert refused.exit_code == code
    assert sentence in refused.stderr
    assert not any((tmp_path / name).exists() for name in ("a.html", "a.xlsx", "a.pdf"))
