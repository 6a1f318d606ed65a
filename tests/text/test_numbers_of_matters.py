"""Which matters a word of mending is about, where several numbers stand in a message."""

from __future__ import annotations

import pytest

from bot.domain.acts import Resolution
from tests.text.reading_aids import acts_of

REFERS = {
    "#16、#21已处理，#22等镇里批复": (16, 21),
    "上个月群众反映的3号、8号、9号三件事都办完了": (3, 8, 9),
    "41、42、45号工单办结，44号还在等物业": (41, 42, 45),
    "热线转来的20号和22号，今天都办结回访了": (20, 22),
    "2号、3号问题办结，1号移交水务所": (2, 3),
}


@pytest.mark.parametrize("text", REFERS)
def test_those_that_are_dealt_with(text: str) -> None:
    assert [act.refers for act in acts_of(text, "secretary")] == [REFERS[text]]


def test_the_number_of_a_house_is_none() -> None:
    acts = acts_of("26号的邢先生帮25号的葛太太修好了门铃", "member")
    assert not [act for act in acts if isinstance(act, Resolution) and act.refers]
