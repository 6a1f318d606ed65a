"""Several needs told in one breath are several matters; one that is told at length is one."""

from __future__ import annotations

import pytest

from bot.domain.acts import Grievance, Sureness
from bot.text import Message, Speaker, understand
from tests.text.reading_aids import WEDNESDAY, acts_of

BY_RESIDENTS = {
    "东头那盏路灯又不亮了，另外河边垃圾堆了半个月没人拉": 2,
    "反映两件事：楼道里有人停电瓶车充电；二楼的声控灯坏了一个月": 2,
    "俺家门口下水道堵了往外冒，还有就是残疾证年审要带啥材料": 2,
    "三单元的单元门锁坏了谁都能进；我妈的高龄补贴今年怎么还没发": 2,
    "公厕没水冲，苍蝇一屋子。门口那盏灯也坏了，夜里摸黑": 2,
    "村里的小广场晚上黑漆漆的没灯，狗屎满地也没人铲": 2,
    "路口堆了一堆垃圾，收垃圾的也不来": 1,
    "水龙头放出来的水发黄，还有股怪味，不敢喝": 1,
    "村口那条路坑坑洼洼，一下雨车都过不去，修一修吧": 1,
}
ON_VISITS = {
    "今天走了三户：老郎、郎二嫂、郎小军。老郎想装个扶手；郎二嫂问低保啥时候批；郎小军没事": 2,
    "走访两户，老邵家的水管漏了没人修，郑婶问养老保险断缴了咋补": 2,
    "走访三户，老邵家的水管漏了没人修，别的都好": 1,
    "今天走了两户，都在家，聊了聊孙子上学": 0,
}


def matters(text: str, speaker: str) -> list[Grievance]:
    return [act for act in acts_of(text, speaker) if isinstance(act, Grievance)]


@pytest.mark.parametrize("text", BY_RESIDENTS)
def test_a_resident_tells_so_many(text: str) -> None:
    assert len(matters(text, "resident")) == BY_RESIDENTS[text]


@pytest.mark.parametrize("text", ON_VISITS)
def test_a_report_passes_on_so_many(text: str) -> None:
    assert len(matters(text, "member")) == ON_VISITS[text]


def test_each_has_the_words_that_tell_it() -> None:
    text = "东头那盏路灯又不亮了，另外河边垃圾堆了半个月没人拉"
    lamp, rubbish = matters(text, "resident")
    assert (lamp.category, rubbish.category) == ("infrastructure", "environment")
    assert "路灯" in lamp.span and "垃圾" in rubbish.span


def test_a_report_says_whose_each_is() -> None:
    text = "走访两户，老邵家的水管漏了没人修，郑婶问养老保险断缴了咋补"
    assert [matter.about for matter in matters(text, "member")] == ["老邵", "郑婶"]


def test_what_no_rule_found_is_asked_about() -> None:
    text = "三单元的单元门锁坏了谁都能进；我妈的高龄补贴今年怎么还没发"
    found = understand(Message(text, WEDNESDAY, Speaker.RESIDENT))
    by_model = [account.act for account in found.accounts if account.notes[0].rule == "one_of_several"]
    assert all(isinstance(act, Grievance) and act.sureness is Sureness.PROBABLY for act in by_model)
