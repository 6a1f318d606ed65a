"""Lessons are written as people write."""

from __future__ import annotations

import pytest

from bot.domain.acts import Category, Urgency
from bot.domain.taught import Meaning
from bot.text.lessons import Lesson, asks_for_words, head_meant, read_forgetting, read_lesson

TROUBLE, PLACE, SILENT = Meaning.TROUBLE, Meaning.PLACE, Meaning.NO_TROUBLE
POWER = Category.INFRASTRUCTURE


@pytest.mark.parametrize(
    ("text", "lesson"),
    [
        ("教 三岔口 是地方", Lesson("三岔口", PLACE)),
        ("教：三岔口 地方", Lesson("三岔口", PLACE)),
        ("教 “三岔口”是个地名。", Lesson("三岔口", PLACE)),
        ("教 是非坡 是地方", Lesson("是非坡", PLACE)),
        ("教 掉档 是 供电问题 急", Lesson("掉档", TROUBLE, POWER, Urgency.URGENT)),
        ("教 掉檔是供電問題，急", Lesson("掉档", TROUBLE, POWER, Urgency.URGENT)),
        ("教 掉档 是 供电问题", Lesson("掉档", TROUBLE, POWER)),
        ("教 吊脚 是 安全 紧急", Lesson("吊脚", TROUBLE, Category.SAFETY, Urgency.EMERGENCY)),
        ("教 吊脚 是 环境卫生 不急", Lesson("吊脚", TROUBLE, Category.ENVIRONMENT, Urgency.NORMAL)),
        ("教 赶圩 不是事", Lesson("赶圩", SILENT)),
        ("教 赶圩不算事", Lesson("赶圩", SILENT)),
        ("教 二孬 是 张建国", Lesson("二孬", rest="张建国")),
        ("教 掉档", Lesson("掉档")),
        ("教", Lesson("")),
    ],
)
def test_a_lesson_is_read(text: str, lesson: Lesson) -> None:
    assert read_lesson(text) == lesson


@pytest.mark.parametrize("text", ["教孩子写作业真费劲", "教育局来人了", "今天教大家用手机", "掉档是啥"])
def test_what_only_sounds_like_one_is_none(text: str) -> None:
    assert read_lesson(text) is None


@pytest.mark.parametrize("rest", ["张建国", "张建国家", "张建国的外号", "张建国家的小名"])
def test_whom_a_nickname_means(rest: str) -> None:
    assert head_meant(rest) == "张建国"


def test_forgetting_and_the_list() -> None:
    assert read_forgetting("忘掉 掉档") == "掉档"
    assert read_forgetting("忘掉") == ""
    assert read_forgetting("忘掉那件事吧") is None
    assert asks_for_words("词表")
    assert not asks_for_words("词表在哪")
