"""What is asked about links, in tables. Today is Tuesday, 10 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from bot.text.linking import (
    Asks,
    LinksAsked,
    abilities_in,
    needs_in,
    read_links,
    street_and_number,
    trades_in,
)

TODAY = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("联户检查", LinksAsked(Asks.CHECK)),
        ("检查一下联系户", LinksAsked(Asks.CHECK)),
        ("还有哪些户没人联系？", LinksAsked(Asks.CHECK)),
        ("联户建议", LinksAsked(Asks.PROPOSE)),
        ("换人 刘春梅，何文接", LinksAsked(Asks.HAND_OVER, "刘春梅", "何文")),
        ("换人：刘春梅，由何文接替", LinksAsked(Asks.HAND_OVER, "刘春梅", "何文")),
        ("刘春梅的联系户都交给何文", LinksAsked(Asks.HAND_OVER, "刘春梅", "何文")),
        ("何文接替刘春梅", LinksAsked(Asks.HAND_OVER, "刘春梅", "何文")),
        ("移出 刘春梅，何文接", LinksAsked(Asks.REMOVE, "刘春梅", "何文")),
        ("移出刘春梅", LinksAsked(Asks.REMOVE, "刘春梅")),
        ("刘春梅调走了，由何文接", LinksAsked(Asks.REMOVE, "刘春梅", "何文")),
        ("钱玉兰家交给何文", LinksAsked(Asks.ONE_HOME, "", "何文", "钱玉兰")),
        ("把河沿9号划给何文负责", LinksAsked(Asks.ONE_HOME, "", "何文", "河沿9号")),
        ("让何文联系钱玉兰家。", LinksAsked(Asks.ONE_HOME, "", "何文", "钱玉兰")),
        ("我家想让何文联系我家", LinksAsked(Asks.CHOICE_OF_RESIDENT, "", "何文")),
        ("我想联系钱玉兰家", LinksAsked(Asks.CHOICE_OF_MEMBER, "", "", "钱玉兰")),
        ("李大娘家搬到镇区社区3号楼了", LinksAsked(Asks.MOVED, "", "", "李大娘", "镇区社区3号楼")),
        ("李大娘搬到镇区社区3号楼去了", LinksAsked(Asks.MOVED, "", "", "李大娘", "镇区社区3号楼")),
        ("谁包李大娘家", LinksAsked(Asks.RESPONSIBLE, home="李大娘")),
        ("李大娘家归谁管？", LinksAsked(Asks.RESPONSIBLE, home="李大娘")),
        ("11月3日谁包李大娘家", LinksAsked(Asks.RESPONSIBLE, home="李大娘", day=date(2026, 11, 3))),
        ("昨天谁联系的李大娘家？", LinksAsked(Asks.RESPONSIBLE, home="李大娘", day=date(2026, 11, 9))),
        ("今天走访了老王家和李大娘家", None),
        ("村口路灯坏了三天没人管", None),
        ("李大娘家水管漏了", None),
        ("谁来管管这事", None),
    ],
)
def test_what_is_asked(said: str, asked: LinksAsked | None) -> None:
    assert read_links(said, TODAY) == asked


def test_what_a_member_can_do_and_a_household_needs() -> None:
    assert abilities_in("退休教师，懂法律") == {"教过书", "懂法律"}
    assert needs_in("刚出院", frozenset({"ordinary"})) == {"懂医"}
    assert needs_in("", frozenset({"needy", "left_behind"})) == {"家里条件好", "教过书"}
    assert abilities_in("") == needs_in("", frozenset({"ordinary"})) == frozenset()


def test_associations_in_notes() -> None:
    assert trades_in("养蜂协会会员，耳背") == {"养蜂协会"}
    assert trades_in("是大棚蔬菜合作社的") == {"大棚蔬菜合作社"}
    assert trades_in("耳背") == frozenset()


@pytest.mark.parametrize(
    ("address", "street", "number"),
    [
        ("杏林路10号", "杏林路", 10),
        ("杏林路 12 号", "杏林路", 12),
        ("3号楼2单元302", "3号楼2单元", 302),
        ("二组大槐树旁", "二组大槐树旁", None),
        ("", "", None),
    ],
)
def test_an_address_in_two(address: str, street: str, number: int | None) -> None:
    assert street_and_number(address) == (street, number)
