"""What is read of households that nobody is at home in."""

from __future__ import annotations

from datetime import date

import pytest

from bot.text.away import read_away

TODAY = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("text", "names", "last"),
    [
        ("王福来一家出门打工了，年底回来", ("王福来",), date(2026, 12, 31)),
        ("王福来家外出到年底", ("王福来",), date(2026, 12, 31)),
        ("周大山家不在家到12月31日", ("周大山",), date(2026, 12, 31)),
        ("报告书记，周大山全家外出务工，12月31日前不在家", ("周大山",), date(2026, 12, 31)),
        ("我联系的老邓家搬到城里住了，过年才回来", ("老邓",), date(2027, 2, 6)),
        ("王德福、周大山两家都出去打工了，春节回来", ("王德福", "周大山"), date(2027, 2, 6)),
        ("邓满仓家这个月没人，到30号", ("邓满仓",), date(2026, 11, 30)),
        ("吴春生两口子去女儿家带孩子了，下个月回来", ("吴春生",), date(2026, 11, 30)),
        ("蒋国庆家从今天起外出，三个月", ("蒋国庆",), date(2027, 2, 9)),
        ("沈阿四一家五口去苏州打工了", ("沈阿四",), None),
        ("许来喜家外出务工，明年3月回来", ("许来喜",), date(2027, 2, 28)),
        ("老韩家出远门了，开春才回", ("老韩",), None),
        ("我们家外出到月底", (), date(2026, 11, 30)),
        ("汇报一下：宋长林老两口到海南过冬，年底回来", ("宋长林",), date(2026, 12, 31)),
    ],
)
def test_a_household_is_away_until_a_day(text: str, names: tuple[str, ...], last: date | None) -> None:
    [told] = read_away(text, TODAY)
    assert (told.names, told.back, told.whole, told.first, told.last) == (names, False, True, TODAY, last)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("王福来家回来了", ("王福来",)),
        ("王福来一家今天回来了", ("王福来",)),
        ("老邓家搬回来了", ("老邓",)),
        ("周大山全家打工回来了。", ("周大山",)),
        ("我们家回来了", ()),
        ("王福来家没出门", ("王福来",)),
    ],
)
def test_a_household_is_back(text: str, names: tuple[str, ...]) -> None:
    [told] = read_away(text, TODAY)
    assert (told.names, told.back) == (names, True)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("周大山家11月20日到12月10日外出", date(2026, 12, 10)),
        ("周大山家从11月20日起外出到年底", date(2026, 12, 31)),
        ("周大山一家11月20日开始外出务工", None),
    ],
)
def test_it_may_begin_later(text: str, last: date | None) -> None:
    [told] = read_away(text, TODAY)
    assert (told.names, told.first, told.last) == (("周大山",), date(2026, 11, 20), last)


def test_of_one_person_it_is_not_said_of_the_whole_household() -> None:
    [told] = read_away("谢秀珍去闺女家住了，月底回来", TODAY)
    assert (told.names, told.whole, told.last) == (("谢秀珍",), False, date(2026, 11, 30))


@pytest.mark.parametrize(
    "text",
    [
        "今天走访了王福来家，一切都好",
        "王福来家外出了吗？",
        "谁家外出打工了报一下",
        "去年王福来一家出门打工，年底才回来",
        "要是老邓家外出了说一声",
        "王福来家打算年后出去打工",
        "冯小兰父母外出打工了，孩子跟着奶奶",
        "周大山儿子出去打工了",
        "听说老韩家要搬到城里住",
        "年底回来看看",
        "我下个月回来",
        "天冷了大家出门多穿点",
        "电视里那一家出门打工了，看得人心酸",
        "村里年轻人一般都外出打工",
        "水管修好了，师傅回家了",
        "出门记得锁门",
        "周大山家搬到新城花园3号楼1单元102",  # moved, and not away
        "老韩家搬到镇上住了",
    ],
)
def test_what_tells_of_no_household_being_away_is_left_alone(text: str) -> None:
    told = read_away(text, TODAY)
    assert [one for one in told if one.whole and one.names] == []
