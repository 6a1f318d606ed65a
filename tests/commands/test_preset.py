"""Seeing every parameter, and setting one for a unit."""

from __future__ import annotations

import json

import pytest

from bot import presets
from tests.commands.conftest import Bot

BRANCH = ("--branch", "柳湾村")


def shown(bot: Bot, *arguments: str) -> dict[str, dict[str, object]]:
    result = bot("preset", "show", *arguments, "--format", "jsonl")
    assert result.exit_code == 0, result.stderr
    return {row["name"]: row for row in map(json.loads, result.stdout.splitlines())}


@pytest.mark.parametrize("name", presets.names())
def test_a_preset_is_shown_with_every_parameter_and_where_it_comes_from(bot: Bot, name: str) -> None:
    rows = shown(bot, "--preset", name)
    assert rows.keys() == presets.known_parameters()
    assert {row["from"] for row in rows.values()} == {"common", "preset"}
    assert rows["quiet.start"]["value"] == "21:30"
    assert rows["title"]["from"] == "preset"
    assert all(row["what"] for row in rows.values())


def test_as_a_table_it_is_read_by_people(bot: Bot) -> None:
    table = bot("preset", "show", "--preset", "huiji").stdout
    assert "huiji 的参数（预设 huiji：“1+6+N”党员联系户）" in table
    [line] = [line for line in table.splitlines() if " cadence.ordinary " in line]
    assert [cell.strip() for cell in line.strip("│ ").split("│")] == [
        "cadence.ordinary",
        "14",
        "预设 huiji",
        "普通户至少几天联系一次",
    ]


def test_a_value_set_for_a_town_holds_for_its_branches_until_one_sets_its_own(village: Bot) -> None:
    town = village("preset", "set", "--town", "青溪镇", "cadence.key=6", "quiet.start=22:00")
    assert town.stdout.splitlines() == [
        "青溪镇：cadence.key 从 7 改成 6。",
        "青溪镇：quiet.start 从 21:30 改成 22:00。",
    ]
    changes = ("cadence.key=5", "terms.member=网格党员", "occasions.kinds=illness、funeral")
    own = village("preset", "set", *BRANCH, *changes)
    assert own.stdout.splitlines()[0] == "柳湾村：cadence.key 从 6 改成 5。"
    rows = shown(village, *BRANCH)
    assert (rows["cadence.key"]["value"], rows["cadence.key"]["from"], rows["cadence.key"]["unit"]) == (
        5,
        "unit",
        "柳湾村",
    )
    assert (rows["quiet.start"]["value"], rows["quiet.start"]["unit"]) == ("22:00", "青溪镇")
    assert rows["terms.member"]["value"] == "网格党员"
    assert rows["cadence.ordinary"]["from"] == "common"
    assert village("preset", "set", *BRANCH, "cadence.key=5").stdout == (
        "柳湾村：cadence.key 本来就是 5，没有改动。\n"
    )
    back = village("preset", "unset", *BRANCH, "cadence.key", "digest.at")
    assert back.stdout.splitlines() == [
        "柳湾村：cadence.key 不再自己定，改回“青溪镇”自己定的：6。",
        "柳湾村：digest.at 没有自己定过，没有改动。",
    ]
    audit = [json.loads(line) for line in village("export", "audit").stdout.splitlines()]
    assert "cadence.key=5" in [entry["detail"] for entry in audit if entry["action"] == "preset.set"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("set", *BRANCH, "cadence.key"), "“cadence.key”看不懂：请写成 参数=值，如 cadence.key=5。"),
        (("set", *BRANCH, "cadence.kay=5"), "没有叫“cadence.kay”的参数。是不是“cadence.key"),
        (("set", *BRANCH, "cadence.key=often"), "参数 cadence.key 写成了“often”，要写：整数。什么都没有改。"),
        (("set", *BRANCH, "cadence.key=5", "digest.at=早上"), "要写：时间，如 21:30。什么都没有改。"),
        (("set", *BRANCH, "links.least=20"), "links.most 写成了“10”，要写：不小于 links.least（20）的数。"),
        (("set", *BRANCH, "links.infirm_least=3", "links.infirm_most=2"), "links.infirm_most 写成了“2”"),
        (("set", *BRANCH, "party_day.rule=有空就办"), "要写：哪一天的规定，如“每月5日，遇节假日顺延”"),
        (("set", *BRANCH, "calendar.weekends=也许"), "要写：true（是）或 false（否）。"),
        (("set", *BRANCH, "occasions.kinds=生日"), "要写：这几样里的（wedding、funeral、"),
        (("set", "cadence.key=5"), "要写给谁改：--branch 支部名，或 --town 镇名。"),
        (("set", *BRANCH, "--town", "青溪镇", "cadence.key=5"), "要写给谁改"),
        (("unset", *BRANCH, "dog"), "没有叫“dog”的参数。"),
        (("show", "--preset", "nowhere"), "没有预设“nowhere”。可选：damang、huiji、"),
        (("show", "--preset", "huiji", *BRANCH), "--preset、--branch、--town 只能写一个。"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence_and_changes_nothing(
    village: Bot, arguments: tuple[str, ...], told: str
) -> None:
    before = shown(village, *BRANCH)
    result = village("preset", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert shown(village, *BRANCH) == before


@pytest.mark.parametrize("where", [("--branch", "石桥村"), ("--town", "石桥镇")])
def test_a_unit_that_is_not_there_is_named(village: Bot, where: tuple[str, str]) -> None:
    result = village("preset", "set", *where, "cadence.key=5")
    assert result.exit_code == 1
    assert where[1] in result.stderr
