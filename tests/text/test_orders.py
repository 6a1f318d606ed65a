"""Orders about matters, in the words in which secretaries, leaders and members give them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.acts import Category, Urgency
from bot.text.ahead import day_ahead
from bot.text.orders import (
    Entry,
    Order,
    OrderKind,
    asks_unnamed,
    drops,
    is_courtesy,
    read_confided,
    read_entry,
    read_order,
)

TUESDAY = date(2026, 11, 10)
K = OrderKind

ORDERS = [
    ("#12 转给张建国", Order(K.ASSIGN, 12, name="张建国")),
    ("12号转给张建国办", Order(K.ASSIGN, 12, name="张建国")),
    ("事项 12 转给 张建国", Order(K.ASSIGN, 12, name="张建国")),
    ("让张海燕去处理", Order(K.ASSIGN, name="张海燕")),
    ("转给柳树村", Order(K.ASSIGN, name="柳树村")),
    ("12号挂账到12月底，等镇里拨款", Order(K.LEDGER, 12, day=date(2026, 12, 31), words="等镇里拨款")),
    ("挂账到明年3月，等化冻", Order(K.LEDGER, day=date(2027, 3, 31), words="等化冻")),
    ("第12号事项 延期到下周五，配件没到", Order(K.PROLONG, 12, day=date(2026, 11, 20), words="配件没到")),
    ("延期5天，等天晴", Order(K.PROLONG, day=date(2026, 11, 15), words="等天晴")),
    ("延期，配件没到", Order(K.PROLONG, words="配件没到")),
    ("报镇里", Order(K.HAND_UP)),
    ("#7 报上级，管不了", Order(K.HAND_UP, 7, words="管不了")),
    ("请镇里帮忙", Order(K.HAND_UP)),
    ("#4 合并到#8", Order(K.MERGE, 4, other=8)),
    ("和8号是一件事", Order(K.MERGE, other=8)),
    ("拆成两件：路灯坏了；水沟堵了", Order(K.SPLIT, words="路灯坏了", rest="水沟堵了")),
    ("改成急件", Order(K.URGENCY, urgency=Urgency.URGENT)),
    ("#3 改类别 安全", Order(K.CATEGORY, 3, category=Category.SAFETY)),
    ("改成环境卫生类", Order(K.CATEGORY, category=Category.ENVIRONMENT)),
    ("#5 我来办", Order(K.TAKE, 5)),
    ("5号正在办", Order(K.IN_HAND, 5)),
    ("12号修好了", Order(K.SOLVED, 12)),
    ("#12 办不了，材料没有", Order(K.CANNOT, 12, words="材料没有")),
    ("#12 撤回", Order(K.WITHDRAW, 12)),
    ("恢复办理", Order(K.RESUME)),
    ("#6 补充：今天又漏了", Order(K.NOTE, 6, words="今天又漏了")),
    ("#12 轉給張建國", Order(K.ASSIGN, 12, name="张建国")),
]


@pytest.mark.parametrize(("text", "order"), ORDERS, ids=[text for text, _ in ORDERS])
def test_an_order_is_read(text: str, order: Order) -> None:
    assert read_order(text, TUESDAY) == order


@pytest.mark.parametrize(
    "text",
    [
        "今天走访了老王家",
        "李大娘家水管漏了",
        "拆了两户的旧灶",
        "延安路堵了",
        "改天去走访",
        "12号去镇里开会",
        "3号楼停电了",
        "请吃饭",
        "挂在墙上的牌子掉了",
    ],
)
def test_what_tells_something_is_no_order(text: str) -> None:
    assert read_order(text, TUESDAY) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("周五", date(2026, 11, 13)),
        ("星期一", date(2026, 11, 16)),
        ("下周五", date(2026, 11, 20)),
        ("明天", date(2026, 11, 11)),
        ("后天", date(2026, 11, 12)),
        ("20号", date(2026, 11, 20)),
        ("5号", date(2026, 12, 5)),
        ("12月底", date(2026, 12, 31)),
        ("1月5日", date(2027, 1, 5)),
        ("12月", date(2026, 12, 31)),
        ("明年3月", date(2027, 3, 31)),
        ("月底", date(2026, 11, 30)),
        ("年底", date(2026, 12, 31)),
        ("三周后", date(2026, 12, 1)),
        ("三个月后", date(2027, 2, 10)),
        ("15日内", date(2026, 11, 25)),
        ("半个月", date(2026, 11, 25)),
        ("下个月底", date(2026, 12, 31)),
        ("明年底", date(2027, 12, 31)),
        ("2027年3月", date(2027, 3, 31)),
        ("清明", date(2027, 4, 5)),
        ("赶明", date(2026, 11, 11)),
        ("今天", None),
        ("等镇里拨款", None),
    ],
)
def test_a_day_to_come_is_the_next_one_that_the_words_fit(text: str, day: date | None) -> None:
    found = day_ahead(f"到{text}，再看", TUESDAY)
    assert (found and found.day) == day


def test_a_matter_is_entered_for_somebody_without_a_telephone() -> None:
    assert read_entry("代李大娘报：水管漏了") == Entry("水管漏了", on_behalf_of="李大娘")
    assert read_entry("替老王家反映一下：门口灯坏了") == Entry("门口灯坏了", on_behalf_of="老王")
    assert read_entry("代李大娘报：三户人家都停水了") == Entry("三户人家都停水了", on_behalf_of="李大娘")


def test_whose_visits_somebody_tells_enters_no_matter() -> None:
    assert read_entry("替老姚说：三户。我自己：五户") is None
    assert read_entry("代老姚报：今天走访3户") is None


def test_a_matter_is_entered_without_a_name() -> None:
    assert read_entry("匿名：村口垃圾没人收") == Entry("村口垃圾没人收", unnamed=True)
    assert read_confided("村里有人偷电，别说是我说的") == Entry("村里有人偷电", unnamed=True)
    assert read_confided("千万别说是我，李四家在乱倒垃圾") == Entry("李四家在乱倒垃圾", unnamed=True)
    assert [read_confided(words) for words in ("别说是我说的", "东西坏了，别说了")] == [None, None]
    assert asks_unnamed("别说是我说的")
    assert read_entry("村口垃圾没人收") is None


def test_somebody_who_was_asked_for_words_may_give_up() -> None:
    assert drops("算了")
    assert not drops("算了一下，要三千块")


def test_thanks_are_nothing_to_keep() -> None:
    assert is_courtesy("好的，谢谢书记！")
    assert not is_courtesy("好的，水压还是低")
