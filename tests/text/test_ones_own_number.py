"""The speaker's own number beside those of others, and the period that it is of."""

from __future__ import annotations

import pytest

from bot.domain.acts import Visit
from tests.text.reading_aids import acts_of

# what is counted, and whether it is a running total
OWN = {
    "书记32户，我这个月才14户": [(14, True)],
    "全支部本月走访140户，我自己9户": [(9, True)],
    "听老霍说他走了六户，我就两户": [(2, False)],
    "今天他5户我4户": [(4, False)],
    "今天我走了三家，我徒弟走了四家，加起来七家": [(3, False)],
    "我和我爱人加一块六户，我占四户": [(4, False)],
    "给26户军属挂光荣牌，我手里是4户，都挂上了": [(4, False)],
    "本月截至今日5户": [(5, True)],
    "一月份连今天走了十户": [(10, True)],
    "上周（11月9日至15日）我本人走访11户": [(11, True)],
    "一周走了6户，手套丢了两副": [(6, True)],
    "我这个月11户": [(11, True)],
    "八月就这些，13户": [(13, True)],
    "半个月了，走了7户": [(7, True)],
    "上半月走访6户": [(6, True)],
    "九月收官，8户": [(8, True)],
    "入秋以来最冷的一天，走了3户": [(3, False)],
    "今年头一次走访，走了4户": [(4, False)],
    "上个月我和老伴都入户，她报她的9户，我报我的7户": [(7, True)],
    "替老姚说：三户。我自己：五户": [(5, False)],
    "10月支部共走访160户，其中我13户": [(13, True)],
    "我走了六户，老霍走了九户": [(6, False)],
    "8月全支部走访118户，我的11户在里头": [(11, True)],
}


@pytest.mark.parametrize(("text", "expected"), OWN.items())
def test_of_several_numbers_the_speaker_reports_their_own(
    text: str, expected: list[tuple[int, bool]]
) -> None:
    visits = [act for act in acts_of(text) if isinstance(act, Visit)]
    assert [(visit.count, visit.cumulative) for visit in visits] == expected


@pytest.mark.parametrize(("answer", "expected"), [("我才2户", [(2, True)]), ("我一户没走", [])])
def test_an_answer_to_a_report_tells_ones_own_of_the_same_time(
    answer: str, expected: list[tuple[int, bool]]
) -> None:
    visits = [act for act in acts_of(answer, reply_to="这个月走了8户") if isinstance(act, Visit)]
    assert [(visit.count, visit.cumulative) for visit in visits] == expected
