"""What cannot wait for tomorrow is urgent, told by what it leads to; an errand in a hurry is not."""

from __future__ import annotations

import pytest

from bot.domain.acts import Grievance, Urgency
from tests.text.reading_aids import acts_of

PRESSING = (
    "四组水塔又不上水了，早饭都没做成，奶娃的奶粉没法冲",
    "楼里跳闸停电一下午，四十度的天，我婆婆刚做完手术热得受不住",
    "锅炉房烧成啥了，屋里才十一度，老人裹着被子",
    "厨房地漏往外冒粪水，舀都舀不及",
    "配电箱的门敞着，铜排露在外面，小孩伸手就能摸着",
    "俺家就剩一碗面了，雪封着路出不去，俺八十了",
    "两家为抢水堵在渠上对骂，铁锨都攥在手里，来个人劝劝",
    "卫生室的降压药断两天了，俺娘血压一百八",
)
CAN_WAIT = (
    "路灯坏了三天，晚上黑得很",
    "急，谁明天去县里，给捎两瓶降压药",
    "投诉物业停水不提前通知",
    "想问问残疾证过期了咋补办，急用",
)


def _urgencies(text: str) -> list[Urgency]:
    return [act.urgency for act in acts_of(text, "resident") if isinstance(act, Grievance)]


@pytest.mark.parametrize("text", PRESSING)
def test_what_cannot_wait_is_urgent(text: str) -> None:
    assert _urgencies(text) == [Urgency.URGENT]


@pytest.mark.parametrize("text", CAN_WAIT)
def test_what_can_wait_is_not(text: str) -> None:
    assert set(_urgencies(text)) <= {Urgency.NORMAL}
