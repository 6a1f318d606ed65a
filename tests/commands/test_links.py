"""Links on the command line: how they stand, who answered for whom, and codes to print."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from xml.etree import ElementTree

import pytest
import segno

from bot.playground import Playground
from tests.commands.conftest import Bot, beside


def test_coverage_names_what_is_lacking_and_exits_with_1(village: Bot, tmp_path: Path) -> None:
    (tmp_path / "less.csv").write_text("党员,户主,地址\n张建军,王福来,柳湾路2号\n", "utf-8")
    assert village("import", tmp_path / "less.csv").exit_code == 0
    result = village("coverage")
    assert result.exit_code == 1
    head, unlinked, under = result.stdout.splitlines()
    assert head == "柳湾村的联户情况："
    assert unlinked.startswith("· 还没有人联系的 4 户：李秀兰、赵大柱、陈玉梅、孙有田。")
    assert under.startswith("· 少于 5 户的党员：周明远（3 户）、张建军（1 户）、")
    assert village("coverage", "--branch", "石桥村").exit_code == 1


def test_committee_members_are_to_have_some_of_the_needy(bot: Bot, tmp_path: Path) -> None:
    bot("init", "--preset", "huiji", "--branch", "柳湾村")
    rows = [f"周明远,书记,住户{n},普通" for n in "甲乙丙丁戊己"] + [
        f"张建军,副书记,住户{n},困难" for n in "子丑寅卯辰巳"
    ]
    (tmp_path / "a.csv").write_text("\n".join(["党员,角色,户主,户类别", *rows]), "utf-8")
    assert bot("import", tmp_path / "a.csv").exit_code == 0
    result = bot("coverage")
    assert (result.exit_code, result.stdout) == (
        1,
        "柳湾村的联户情况：\n"
        "· 联系年老体弱的党员不是 2 到 3 名的：周明远（0 名）、张建军（0 名）。\n"
        "· 支委里还没有联系困难、留守、独居户的：周明远。\n",
    )


def test_what_is_sound_is_said_to_be(bot: Bot, tmp_path: Path) -> None:
    bot("init", "--preset", "huozhou", "--branch", "柳湾村")
    rows = "\n".join(f"周明远,书记,住户{n}" for n in "甲乙丙丁戊")
    (tmp_path / "a.csv").write_text(f"党员,角色,户主\n{rows}\n", "utf-8")
    bot("import", tmp_path / "a.csv")
    result = bot("coverage")
    assert (result.exit_code, result.stdout) == (
        0,
        "柳湾村的联户情况：\n户户有人联系，每人的户数也合适。\n",
    )


def test_who_answered_for_a_household_on_a_day(village: Bot, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "lianxin.db") as database:
        database.execute("UPDATE link SET since = '2026-01-05'")
    database.close()
    result = village("responsible", "--household", "王福来", "--date", "2026-02-03")
    assert (result.exit_code, result.stdout.count("张建军联系。")) == (0, 1)
    assert result.stdout.startswith("柳湾村：2月3日")
    assert "没有人联系" in village("responsible", "--household", "柳湾路2号", "--date", "2026-01-04").stdout
    assert "现在，王福来家" in village("responsible", "--household", "王福来").stdout
    unknown = village("responsible", "--household", "诸葛亮")
    assert (unknown.exit_code, "没有找到“诸葛亮”" in unknown.stderr) == (1, True)
    assert village("responsible", "--household", "王福来", "--date", "昨天").exit_code == 2


async def test_codes_can_be_printed(village: Bot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    playground = Playground(username="lianxin_bot")
    async with playground.serve() as url:
        monkeypatch.setenv("BOT_TOKEN", playground.world.bot.token or "")
        monkeypatch.setenv("BOT_API_URL", url)
        result = await beside(village, "invites", "--qr", tmp_path / "codes")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    pictures = sorted((tmp_path / "codes").iterdir())
    assert len(pictures) == 8 + 20  # people, doors
    assert "写好了 28 张二维码" in result.stderr
    first = pictures[0].read_text("utf-8")
    ElementTree.fromstring(first)
    assert re.findall(r">([^<>]+)</text>", first) == ["周明远", "柳湾村"]
    link = lines[1]["link"]
    dark = sum(sum(map(bool, row)) for row in segno.make(link, error="m", micro=False).matrix)
    assert len(re.findall(r"M\d", first)) == dark
    door = next(path for path in pictures if "王福来" in path.name).read_text("utf-8")
    head, address, plate = re.findall(r">([^<>]+)</text>", door)
    assert (head, address) == ("王福来", "柳湾路2号")
    assert plate in {row["plate"] for row in _households(tmp_path)}


def _households(folder: Path) -> list[dict[str, str]]:
    with sqlite3.connect(folder / "lianxin.db") as database:
        found = [{"plate": row[0]} for row in database.execute("SELECT plate FROM household")]
    database.close()
    return found
