"""What takes a report of visits away: denied, planned, asked, supposed, told by another."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.acts import Visit
from tests.text.reading_aids import acts_of, visit_of


@pytest.mark.parametrize(
    "text",
    [
        "今天没走访",
        "明天准备走访3户",
        "今天走访了3户吗？",
        "还没走访，剩3户",
        "打算周六去走访3户",
        "谁今天走访了3户？",
        "每月走访不少于3户",
        "老张今天走访了3户",
        "如果走访3户就够了",
        "今天去了3家店",
        "本支部党员共走访30户",
        "全村十月走访141户",
        "上月你走了9户",
        "十月汇总：14名楼组长走访151户",
        "下午先走两户再说",
        "小袁今天自己走了2户",
        "打算周四走两户，周五走一户",
        "走访三户没进着门",
        "今天入户两户都没成",
        "二月走了几户我真记不清了",
        "走访别都扎堆在周末",
        "供水公司今天回访了三户",
        "法院的来送传票，去了两家",
        "今年怕是走不满七十户了，还差八户",
        "给俺干娘锄了锄草，就不算走访了",
    ],
)
def test_denied_planned_or_asked_it_is_no_visit(text: str) -> None:
    assert not [act for act in acts_of(text) if isinstance(act, Visit)]


def test_a_resident_reports_no_visit() -> None:
    assert acts_of("今天走访了3户", "resident") == ()


REPORTS = ["走访了{}户", "入户走访{}户", "电话联系了{}户", "去了{}户", "看望了{}户老人", "走了{}户"]
PLAIN = ["走访{}户", "入户走访{}户", "电话联系{}户", "去{}户", "看望{}户老人", "走{}户"]
DAYS = ["", "今天", "昨天", "上午"]
AROUND_REPORT = [
    "{}吗？",
    "谁{}？",
    "你{}没有？",
    "{}？",
    "是不是{}？",
    "如果{}就算完成任务",
    "要是{}就好了",
    "假如{}，就记2分",
    "老张说他{}",
    "听说小李{}",
    "王军{}，大家向他学习",
    "小周跟我说，他{}",
    "“{}”，老张在群里这样报的",
]
AROUND_VERB = [
    "没{}",
    "没有{}",
    "没能{}",
    "还没{}",
    "没顾上{}",
    "没来得及{}",
    "明天准备{}",
    "打算周六{}",
    "下周计划{}",
    "后天要去{}",
    "争取明天{}",
]


@settings(max_examples=150)
@given(
    number=st.integers(1, 60),
    report=st.sampled_from(REPORTS),
    day=st.sampled_from(DAYS),
    around=st.sampled_from(AROUND_REPORT),
)
def test_asked_supposed_or_told_by_another_a_report_is_no_visit(
    number: int, report: str, day: str, around: str
) -> None:
    told = day + report.format(number)
    assert visit_of(told).count == number
    assert not [act for act in acts_of(around.format(told)) if isinstance(act, Visit)]


@settings(max_examples=150)
@given(number=st.integers(1, 60), verb=st.sampled_from(PLAIN), around=st.sampled_from(AROUND_VERB))
def test_denied_or_planned_a_visit_is_none(number: int, verb: str, around: str) -> None:
    assert not [act for act in acts_of(around.format(verb.format(number))) if isinstance(act, Visit)]
