import json
import re
import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.playground import Playground
from tests.commands.conftest import SAMPLE, Bot, beside

BRANCH = ("init", "--preset", "huozhou", "--branch", "柳湾村")


def test_init_makes_the_database_and_can_be_called_again(bot: Bot, tmp_path: Path) -> None:
    assert bot(*BRANCH).exit_code == 0
    assert (tmp_path / "lianxin.db").exists()
    again = bot(*BRANCH)
    assert (again.exit_code, "没有改动" in again.stdout) == (0, True)
    assert bot("init", "--preset", "huiji", "--branch", "石桥村", "--town", "青溪镇").exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("init", "--preset", "nowhere", "--branch", "柳湾村"),
        ("init", "--branch", "柳湾村"),
        ("export", "secrets"),
        ("export", "reports", "--since", "yesterday"),
        ("export", "reports", "--since", "2026-11-02", "--until", "2026-11-01"),
        ("export", "reports", "--format", "xlsx"),
        ("import",),
        ("nothing",),
    ],
)
def test_wrong_usage_exits_with_2_and_says_why(bot: Bot, arguments: tuple[str, ...]) -> None:
    bot(*BRANCH)
    result = bot(*arguments)
    assert result.exit_code == 2
    assert result.stderr
    assert not result.stdout


@pytest.mark.parametrize("command", ["invites", "export members", f"import {SAMPLE}", "backup x"])
def test_without_a_database_commands_say_what_to_run_first(bot: Bot, tmp_path: Path, command: str) -> None:
    result = bot(*command.split())
    assert result.exit_code == 1
    assert "init" in result.stderr or "还没有数据库" in result.stderr
    assert not (tmp_path / "lianxin.db").exists()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("BOT_SECRET_KEY", "short"),
        ("BOT_TOKEN", "no token"),
        ("BOT_DATABASE_URL", "mysql://somewhere"),
        ("BOT_TIMEZONE", "Moon/Base"),
        ("BOT_MODE", "guess"),
        ("BOT_PORT", "many"),
        ("BOT_API_URL", "somewhere"),
        ("BOT_LOG_FORMAT", "poem"),
    ],
)
def test_a_wrong_setting_is_named(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, setting: str, value: str
) -> None:
    monkeypatch.setenv(setting, value)
    result = bot(*BRANCH)
    assert result.exit_code == 1
    assert setting in result.stderr
    assert value not in result.stderr


def test_a_roster_needs_the_key_that_encrypts_its_phones(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    bot(*BRANCH)
    monkeypatch.delenv("BOT_SECRET_KEY")
    result = bot("import", SAMPLE)
    assert (result.exit_code, "BOT_SECRET_KEY" in result.stderr) == (1, True)


def test_a_bad_roster_is_refused_row_by_row_and_nothing_of_it_is_kept(bot: Bot, tmp_path: Path) -> None:
    bot(*BRANCH)
    text = "党员,手机,户主\n张建军,13800000002,王福来\n,,李秀兰\n刘春生,12,马德胜\n"
    (tmp_path / "bad.csv").write_bytes(text.encode("gbk"))
    result = bot("import", tmp_path / "bad.csv")
    assert result.exit_code == 1
    assert "第 3 行，党员" in result.stderr
    assert "第 4 行，手机" in result.stderr
    assert bot("export", "members").stdout == ""


def test_a_trial_keeps_nothing(bot: Bot) -> None:
    bot(*BRANCH, "--town", "青溪镇")
    result = bot("import", SAMPLE, "--dry-run")
    assert (result.exit_code, "20 户新增" in result.stdout) == (0, True)
    assert bot("export", "households").stdout == ""


def test_phones_are_not_readable_in_the_database(village: Bot, tmp_path: Path) -> None:
    content = b"".join(path.read_bytes() for path in tmp_path.glob("lianxin.db*"))
    assert "张建军".encode() in content
    assert b"13800000002" not in content


def test_invites_are_json_lines_and_the_same_again(village: Bot) -> None:
    first = village("invites")
    lines = [json.loads(line) for line in first.stdout.splitlines()]
    assert first.exit_code == 0
    assert all(set(line) == {"branch", "kind", "name", "role", "code", "link"} for line in lines)
    assert [line["kind"] for line in lines] == ["group"] + ["person"] * 8
    assert {line["name"]: line["role"] for line in lines}["周明远"] == "secretary"
    codes = [line["code"] for line in lines]
    assert len(set(codes)) == 9
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{16,64}", code) for code in codes)
    assert {line["link"] for line in lines} == {None}
    assert [json.loads(line)["code"] for line in village("invites").stdout.splitlines()] == codes


def test_each_group_can_have_a_code_for_its_own_chat(village: Bot) -> None:
    lines = [json.loads(line) for line in village("invites", "--groups").stdout.splitlines()]
    assert [line["name"] for line in lines if line["kind"] == "group"] == ["柳湾村", "一组", "二组"]


def test_who_has_claimed_needs_no_code(village: Bot, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "lianxin.db") as database:
        database.execute("UPDATE person SET telegram_id = 7 WHERE name = '张建军'")
    database.close()
    result = village("invites")
    assert "张建军" not in result.stdout
    assert "--all" in result.stderr
    assert "张建军" in village("invites", "--all").stdout


async def test_with_a_token_people_get_links(village: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    playground = Playground(username="lianxin_bot")
    async with playground.serve() as url:
        monkeypatch.setenv("BOT_TOKEN", playground.world.bot.token or "")
        monkeypatch.setenv("BOT_API_URL", url)
        result = await beside(village, "invites")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert lines[1]["link"] == f"https://t.me/lianxin_bot?start={lines[1]['code']}"


def test_rows_are_exported_in_three_forms(village: Bot, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in village("export", "households").stdout.splitlines()]
    assert len(rows) == 20
    assert rows[3]["head"] == "王福来"
    table = village("export", "households", "--format", "csv").stdout.splitlines()
    assert (len(table), table[0].split(",")[0]) == (21, "head")
    out = tmp_path / "households.xlsx"
    result = village("export", "households", "--format", "xlsx", "--out", out)
    assert (result.exit_code, result.stdout) == (0, "")
    sheet = load_workbook(out).active
    assert sheet["A5"].value == "王福来"
    out = tmp_path / "households.csv"
    village("export", "households", "--format", "csv", "--out", out)
    assert out.read_bytes().startswith(b"\xef\xbb\xbfhead,")


def test_a_roster_goes_out_and_in_again_unchanged(village: Bot, tmp_path: Path) -> None:
    for format in ("xlsx", "csv"):
        out = tmp_path / f"roster.{format}"
        assert village("export", "roster", "--format", format, "--out", out).exit_code == 0
        trial = village("import", out, "--dry-run")
        assert (trial.exit_code, trial.stderr) == (0, "")
        assert trial.stdout.startswith("试导入没有问题（没有保存）：党员 0 名新增、0 名更新；住户 0 户新增、")
        assert trial.stdout.endswith("0 户更新；联系 0 条新增、0 条终止。\n")
    rows = [json.loads(line) for line in village("export", "roster").stdout.splitlines()]
    assert rows[0]["手机"] == "13800000001"
    for arguments in (("--mask-phones",), ("--for", "张建军")):
        rows = [json.loads(line) for line in village("export", "roster", *arguments).stdout.splitlines()]
        assert rows[0]["手机"] == "138****0001"
    out = tmp_path / "masked.csv"
    village("export", "roster", "--format", "csv", "--mask-phones", "--out", out)
    refused = village("import", out)
    assert (refused.exit_code, "“138****0001”遮住了中间几位" in refused.stderr) == (1, True)


def test_a_trial_says_row_by_row_what_would_change(village: Bot, tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text(
        "党员,手机,户主,地址\n张建军,13800000092,王福来,柳湾路2号\n,,,\n新来的,,李秀兰,柳湾路4号\n", "utf-8"
    )
    trial = village("import", tmp_path / "new.csv", "--dry-run")
    assert trial.stderr == "第 3 行是空行，跳过了。\n"
    assert trial.stdout.splitlines()[:2] == [
        "第 2 行：张建军的手机改了；张建军不再联系李秀兰家；张建军不再联系赵大柱家；张建军不再联系陈玉梅家；"
        "张建军不再联系孙有田家。",
        "第 4 行：新增新来的（党员）；新来的联系李秀兰家。",
    ]
    assert "台账里有、这次花名册里没有的人（没有改动）：" in trial.stdout


def test_an_export_of_an_unknown_branch_names_those_there_are(village: Bot) -> None:
    result = village("export", "members", "--branch", "石桥村")
    assert (result.exit_code, "柳湾村" in result.stderr) == (1, True)


def test_every_export_is_audited(village: Bot) -> None:
    village("export", "matters")
    actions = [json.loads(line)["action"] for line in village("export", "audit").stdout.splitlines()]
    assert actions == ["branch.create", "roster.import", "export.matters"]
