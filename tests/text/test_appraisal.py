"""What is asked about appraisal and points, in the forms in which people write it."""

import pytest

from bot.domain.appraisal import Grade
from bot.text.appraisal import (
    AppraisalAsked,
    AppraisalWish,
    PointsAsked,
    PointsWish,
    VerdictSaid,
    read_appraisal,
    read_points,
)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("评议", AppraisalWish.SHOW),
        ("評議。", AppraisalWish.SHOW),
        ("群众评议", AppraisalWish.SHOW),
        ("我要投票", AppraisalWish.SHOW),
        ("民主评议", AppraisalWish.MEMBERS),
        ("评议结果", AppraisalWish.RESULTS),
        ("评定", AppraisalWish.VERDICT),
        ("评定 王建国 很好", AppraisalWish.VERDICT),
    ],
)
def test_a_word_alone_asks(text: str, wish: AppraisalWish) -> None:
    assert read_appraisal(text) == AppraisalAsked(wish)


@pytest.mark.parametrize(
    ("text", "year", "verdict"),
    [
        ("评定 王建国 优秀：按时走访", None, VerdictSaid("王建国", Grade.EXCELLENT, "按时走访", "")),
        ("评定王建国优秀", None, VerdictSaid("王建国", Grade.EXCELLENT, "", "")),
        ("评定 2026年 何文 合格，理由：都做到了", 2026, VerdictSaid("何文", Grade.QUALIFIED, "都做到了", "")),
        (
            "评定 李建国 不合格：一年没有走访；下一步：何文帮带三个月。",
            None,
            VerdictSaid("李建国", Grade.UNQUALIFIED, "一年没有走访", "何文帮带三个月"),
        ),
        (
            "評定 李建國 基本合格 走訪少\n下一步 每周去一次",
            None,
            VerdictSaid("李建国", Grade.BASIC, "走访少", "每周去一次"),
        ),
    ],
)
def test_a_verdict_is_read_with_its_reasons_and_the_next_step(
    text: str, year: int | None, verdict: VerdictSaid
) -> None:
    assert read_appraisal(text) == AppraisalAsked(AppraisalWish.VERDICT, year, verdict)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("我的积分", PointsAsked(PointsWish.ACCOUNT)),
        ("积分排名", PointsAsked(PointsWish.RANKING)),
        ("季度通报", PointsAsked(PointsWish.BULLETIN)),
        ("开启积分", PointsAsked(PointsWish.ON)),
        ("关闭积分", PointsAsked(PointsWish.OFF)),
        ("兑换", PointsAsked(PointsWish.EXCHANGE)),
        ("我要兑换", PointsAsked(PointsWish.EXCHANGE)),
        ("兑换 洗衣粉", PointsAsked(PointsWish.EXCHANGE, goods="洗衣粉")),
        ("兑换 洗衣粉 30分", PointsAsked(PointsWish.GOODS, goods="洗衣粉", points=30)),
        ("兌換洗衣粉30積分", PointsAsked(PointsWish.GOODS, goods="洗衣粉", points=30)),
        ("取消兑换 洗衣粉", PointsAsked(PointsWish.GOODS_OFF, goods="洗衣粉")),
        (
            "积分调整 何文 +5：帮搬家",
            PointsAsked(PointsWish.ADJUST, points=5, name="何文", why="帮搬家"),
        ),
        (
            "积分调整 何文 减5分 算错了",
            PointsAsked(PointsWish.ADJUST, points=-5, name="何文", why="算错了"),
        ),
    ],
)
def test_points_are_asked_for_in_words(text: str, asked: PointsAsked) -> None:
    assert read_points(text) == asked


@pytest.mark.parametrize(
    "text",
    ["今天走访了老王家", "评定低保的事怎么样了", "换灯泡", "民主评议的时候他没来", "积分太少了吧"],
)
def test_what_is_about_something_else_is_left_to_others(text: str) -> None:
    assert read_appraisal(text) is None
    assert read_points(text) is None
