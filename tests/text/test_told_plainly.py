"""Matters told as one tells a neighbour, without a word of complaint; and contentment that is none."""

from __future__ import annotations

import pytest

from bot.domain.acts import Activity, Category, Grievance, Resolution, Urgency
from tests.text.reading_aids import acts_of

CANNOT_WAIT = {
    "面缸里就剩一把面了，雪封着门，两个老人挨饿呢": Category.HARDSHIP,
    "柴淋湿了点不着，娃们饿着呢": Category.HARDSHIP,
    "我公公瘫在炕上，护工走了，没人给端口水": Category.HARDSHIP,
    "老骆跟卖瓜的吵起来了，秤砣都攥在手里": Category.DISPUTE,
    "两家为地边骂起来，袖子都撸上去了，拦不住": Category.DISPUTE,
    "大树把网线电线都扯下来了，横在路当中，娃们要放学了": Category.SAFETY,
}
TO_BE_SEEN_TO = {
    "厂里嫌俺岁数大，看门做饭都行，哪要人叫俺一声": Category.LIVELIHOOD,
    "村碑上的字掉漆了看不清，能不能重新描描": Category.OTHER,
    "村牌上的村名写成别字了，能改改不": Category.OTHER,
    "俺家粮补今年少打了六十块，咋回事": Category.POLICY,
    "水泵房夜里轰隆隆的，贴着我家窗户，睡不着": Category.ENVIRONMENT,
    "谁又在楼道里撒尿，一股臊味": Category.ENVIRONMENT,
    "一打雷俺家就停电，回回这样，叫人来看看": Category.INFRASTRUCTURE,
}
CONTENT = ("不欠谁的账，也没人欠俺工钱，睡得香", "如今车开到家门口，享福喽")


@pytest.mark.parametrize("text", CANNOT_WAIT)
def test_what_cannot_wait_is_urgent(text: str) -> None:
    told = [(act.category, act.urgency) for act in acts_of(text, "resident") if isinstance(act, Grievance)]
    assert told == [(CANNOT_WAIT[text], Urgency.URGENT)]


@pytest.mark.parametrize("text", TO_BE_SEEN_TO)
def test_what_is_to_be_seen_to_is_a_matter(text: str) -> None:
    told = [(act.category, act.urgency) for act in acts_of(text, "resident") if isinstance(act, Grievance)]
    assert told == [(TO_BE_SEEN_TO[text], Urgency.NORMAL)]


@pytest.mark.parametrize("text", CONTENT)
def test_contentment_is_none(text: str) -> None:
    assert not acts_of(text, "resident")


def test_nobody_under_what_has_fallen_in_is_no_emergency() -> None:
    acts = acts_of("老窑塌了一角，人没在里头，想找俩人帮着清一清", "resident")
    assert all(act.urgency is not Urgency.EMERGENCY for act in acts if isinstance(act, Grievance))


def test_a_matter_voiced_at_a_meeting_stands_beside_it() -> None:
    acts = acts_of("院坝会刚开完，到了二十六个人，都嫌烧烤摊油烟熏人", "secretary")
    assert [type(act) for act in acts] == [Activity, Grievance]


def test_a_danger_removed_on_the_spot_is_a_matter_resolved() -> None:
    acts = acts_of("今天走访了4户，老戚家煤气罐挨着灶台，我给他挪开了", "member")
    assert [act.resolved for act in acts if isinstance(act, Grievance)] == [True]


@pytest.mark.parametrize("text", ["17号、19号两件都办好了", "7号 9号两件都修好了"])
def test_two_matters_are_settled_at_once(text: str) -> None:
    assert [len(act.refers) for act in acts_of(text, "secretary") if isinstance(act, Resolution)] == [2]
