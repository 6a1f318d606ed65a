"""Dated promises, and what is none, in a table. Today is Tuesday, 10 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from bot.text.promises import read_promise

TODAY = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("周五前修好", "11-13"),
        ("周五修好", "11-13"),
        ("我保证这周五之前把路灯换好", "11-13"),
        ("您放心，周五前一定修好", "11-13"),
        ("本周五前解决到位", "11-13"),
        ("下周三之前解决", "11-18"),
        ("下周内搞定", "11-22"),  # the week's last day
        ("周二修好", "11-17"),  # the next one, not today
        ("周末给大伙清理干净", "11-15"),
        ("今天晚上给您接上水", "11-10"),
        ("明天能通水", "11-11"),
        ("明天就能修好了", "11-11"),
        ("后天给您装上", "11-12"),
        ("李大娘，后天给您把水管换了", "11-12"),
        ("大后天把井盖补上", "11-13"),
        ("已经联系了人，明天就给您修", "11-11"),
        ("三天内办好", "11-13"),
        ("一两天给你弄好", "11-12"),  # the later counts
        ("20日之内办结", "11-30"),
        ("两个星期内解决", "11-24"),
        ("半个月内铺好", "11-25"),
        ("一个月内完工", "12-10"),
        ("20号前清走", "11-20"),
        ("5号前办妥", "12-05"),  # the next 5th
        ("下个月5号前办妥", "12-05"),
        ("11月25日前装好", "11-25"),
        ("11.25前装好", "11-25"),
        ("月底前办结", "11-30"),
        ("12月底完成", "12-31"),
        ("元旦前完工", "12-31"),  # before the feast
        ("明天下午修好。下周再来看看", "11-11"),
        ("3号楼的灯周四换好", "11-12"),  # 3号楼 is no day
        ("週五前修好", "11-13"),  # traditional characters
    ],
)
def test_a_day_and_that_it_will_be_settled_is_a_promise(said, due) -> None:
    found = read_promise(said, TODAY)
    assert found is not None
    assert found.due == date.fromisoformat(f"2026-{due}")


@pytest.mark.parametrize(
    "said",
    [
        "周五前能修好吗",  # asked
        "周五前修好？",
        "什么时候修好",
        "能不能明天修好",
        "请周五前修好",  # asked for
        "争取周五修好",  # hoped
        "尽量后天弄好",
        "尽快给您修好",
        "应该明天能好",
        "估计周五修好",
        "可能下周解决",
        "如果材料到了周五修好",  # on a condition
        "不下雨的话周五修好",
        "等材料到了再说，周五修好",
        "师傅说周五修好",  # another's word
        "厂家答应周五换好",
        "周五修不好",  # no
        "周五前没法解决",
        "不一定周五修好",
        "周五去看看",  # going there is not settling it
        "明天过去",
        "周五修好了",  # done
        "今天修好了",
        "昨天解决了",
        "修好了",
        "一定修好",  # no day
        "我来处理",
        "知道了",
        "昨天给您装上",  # past
    ],
)
def test_what_is_asked_hoped_conditional_or_done_is_none(said) -> None:
    assert read_promise(said, TODAY) is None


@pytest.mark.parametrize(
    ("said", "number", "words"),
    [
        ("#3 明天下午修好", 3, "#3 明天下午修好"),
        ("12号那件周六前给修好", 12, "12号那件周六前给修好"),
        ("第7号事项后天办好", 7, "第7号事项后天办好"),
        ("收到。后天给您装上！谢谢", None, "后天给您装上！"),
    ],
)
def test_the_number_and_the_words_are_kept(said, number, words) -> None:
    found = read_promise(said, TODAY)
    assert found is not None
    assert (found.number, found.words) == (number, words)
