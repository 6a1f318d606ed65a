"""Numbers as people write them."""

from __future__ import annotations

import pytest

from bot.text.normalise import normalise
from bot.text.numbers import counts, read_numeral


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("两百五", 250),
        ("一千零一", 1001),
        ("一百零五", 105),
        ("一百二", 120),
        ("两万零三十", 20030),
        ("一万二", 12000),
        ("俩", 2),
        ("仨", 3),
        ("廿五", 25),
        ("卅", 30),
        ("〇", 0),
        ("壹佰贰拾叁", 123),
        ("十", 10),
        ("万", 10000),
        ("12", 12),
        ("12,345", 12345),
        ("1.2万", 12000),
        ("3千", 3000),
        ("五六", 5),
        ("百十", 100),
    ],
)
def test_a_numeral_has_its_value(written: str, value: int) -> None:
    assert read_numeral(written) == value


@pytest.mark.parametrize("written", ["", "半", "三点五", "1.25", "三分之一", "老王", "1,2"])
def test_what_is_no_whole_number_has_none(written: str) -> None:
    assert read_numeral(written) is None


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("一百来户", 100),
        ("百十户", 100),
        ("两三百户", 200),
        ("好几十户", 20),
        ("十几户", 10),
        ("三四十户", 30),
        ("一千零一户", 1001),
        ("１２户", 12),
        ("壹拾贰户", 12),
        ("12,345户", 12345),
        ("1.2万户", 12000),
        ("100余户", 100),
        ("10+户", 10),
        ("二十左右户", 20),
        ("十数户", 10),
        ("数十户", 20),
        ("个把户", 1),
        ("半百户", 50),
        ("一打户", 12),
        ("12.0户", 12),
        ("3、4户", 3),
        ("三两户", 2),
        ("户数三十户", 30),
        ("一个前晌看了三户", 3),
        ("三个组十二户", 12),
        ("四位退休大夫", 4),
    ],
)
def test_households_are_counted_at_the_lower_end(written: str, value: int) -> None:
    assert [count.value for count in counts(normalise(written).text)] == [value]


@pytest.mark.parametrize("written", ["过去一个月入户走访", "三个礼拜没去的户", "两个小时走了户上"])
def test_how_long_it_took_is_no_count_of_people(written: str) -> None:
    assert [count for count in counts(normalise(written).text) if count.value] == []


@pytest.mark.parametrize("written", ["三分之一户", "三点五户", "第3户", "半户", "每户", "3户型", "3.5户"])
def test_shares_and_ranks_are_no_counts(written: str) -> None:
    assert counts(normalise(written).text) == []
