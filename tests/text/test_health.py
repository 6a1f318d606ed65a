"""What a report tells of those in quarantine."""

from __future__ import annotations

import pytest

from bot.text.health import read_health, read_health_of


@pytest.mark.parametrize(
    ("text", "temperature", "fever", "words"),
    [
        ("体温36.5 正常", 36.5, False, "正常"),
        ("体温：36.8℃，无不适", 36.8, False, "无不适"),
        ("量了体温，36度5，都好", 36.5, False, "都好"),
        ("测了38.2，有点咳嗽", 38.2, False, "咳嗽"),
        ("烧到39度了", 39.0, True, ""),
        ("早上36.4，晚上37.9", 37.9, False, ""),
        ("体温三十七度八", 37.8, False, ""),
        ("体温36度半", 36.5, False, ""),
        ("发烧了，头疼", None, True, "发烧、头疼"),
        ("没有发烧，一切正常", None, False, "没有发烧、正常"),
        ("今天不发烧，嗓子疼", None, False, "不发烧、嗓子疼"),
        ("烧退了，36.9", 36.9, False, ""),
    ],
)
def test_it_is_read(text: str, temperature: float | None, fever: bool, words: str) -> None:
    told = read_health(text)
    assert told is not None
    assert (told.temperature, told.fever, told.words) == (temperature, fever, words)


@pytest.mark.parametrize(
    "text", ["送了一袋米", "3号楼2单元302", "今天走访38户", "花了36.5元", "倒了垃圾，代购苹果", "血压130", ""]
)
def test_nothing_is_read_where_nothing_is_told(text: str) -> None:
    told = read_health(text)
    assert told is None or told.temperature is None


def test_each_household_has_its_own() -> None:
    told = read_health_of("郑金宝家36.5，谢秀珍家38.1有点咳嗽", ["郑金宝", "谢秀珍"])
    assert {name: one.temperature for name, one in told.items()} == {"郑金宝": 36.5, "谢秀珍": 38.1}


def test_what_is_said_behind_the_last_is_of_all() -> None:
    told = read_health_of("看了郑金宝家、谢秀珍家，体温都正常，36.6", ["郑金宝", "谢秀珍"])
    assert {name: one.temperature for name, one in told.items()} == {"郑金宝": 36.6, "谢秀珍": 36.6}
