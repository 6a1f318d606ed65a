"""What a correction puts right: the number, or something else than the number."""

from __future__ import annotations

import pytest

from bot.domain.acts import Correction, Visit
from tests.text.reading_aids import acts_of

ANSWERS = {
    "今日走访七户，都好": ("七户是昨天走的，日期写错了", None),
    "今天入户3户": ("这3户是上周的数，不是今天的", None),
    "登记医保，跑了9户": ("9户是全组的，我自己走的4户", 4),
    "今天走访3户": ("更正，是5户", 5),
    "今天走访6户，晚点传照片": ("9户，不是6户", 9),
    "端午前给6位独居老人送粽子": ("送粽子的户数报错了，5位", 5),
    "上午看望了5位老人": ("少算了一位，是6位", 6),
    "今日入户6户": ("老两口不是两户，是一户，一共5户", 5),
    "今天走访8户": ("8→6", 6),
    "1月累计走访13户": ("不是13，是12，苏大姐那户去了两回，算成两户了", 12),
    "今天走了7户": ("报多了，是6户。舒家老小一个户口本，我算成两户了", 6),
    "四天跑了14户": ("14户里头有1户重复，纠正13", 13),
    "今天走了9户": ("是9户没错，日期应该是11月16日", None),
    "昨天看了三户": ("刚发的那句“三户”不作数，手滑，是俩", 2),
}


@pytest.mark.parametrize("report", ANSWERS)
def test_a_number_that_was_reported_already_is_not_what_was_wrong(report: str) -> None:
    answer, right = ANSWERS[report]
    (correction,) = acts_of(answer, reply_to=report)
    assert isinstance(correction, Correction)
    assert correction.count == right


def test_a_report_that_stands_beside_a_new_one_is_not_corrected() -> None:
    (visit,) = acts_of("昨天报的4户，今天又走2户")
    assert isinstance(visit, Visit)
    assert visit.count == 2


def test_that_the_number_holds_corrects_nothing() -> None:
    assert not acts_of("还是6户，没错", reply_to="今天走访6户")


def test_a_report_is_taken_back_with_its_reason() -> None:
    (correction,) = acts_of("撤回，名单贴错了")
    assert isinstance(correction, Correction) and correction.withdraw


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("9户，不是6户", 9),
        ("五户不是五十户哈", 5),
        ("走了9户，不是6户", 9),
        ("更正 昨天报的是3户 不是5户", 3),
        ("更正：今天走访的是8户不是6户，忘了加电话联系的2户", 8),
    ],
)
def test_so_many_and_not_so_many_puts_a_report_right(said: str, right: int) -> None:
    (correction,) = acts_of(said)
    assert isinstance(correction, Correction)
    assert correction.count == right


@pytest.mark.parametrize("said", ["咱组17户，不是16户", "我联系9户，不是6户"])
def test_how_many_households_there_are_is_no_report_to_be_put_right(said: str) -> None:
    assert not acts_of(said)


def test_a_number_denied_behind_the_one_told_is_not_visited() -> None:
    (visit,) = acts_of("今天14号，走了3户，不是14户哈别看错")
    assert isinstance(visit, Visit)
    assert visit.count == 3
