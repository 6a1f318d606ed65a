"""What a member passes on from a household is a matter, though nobody complains; a deed is none."""

from __future__ import annotations

import pytest

from bot.domain.acts import Grievance, Visit
from tests.text.reading_aids import acts_of

PASSED_ON = (
    "今天走访了三户，一户家里的娃想报暑期班没名额",
    "看望了薛奶奶，她家卫生间没有扶手，要装一根",
    "今天入户走访五户，都说村口垃圾站离窗户太近，一股馊味",
    "去了冯大爷家，他的慢病证过期了，不知道上哪补办",
)
DONE_THERE = (
    "今天去冯大爷家，帮他把慢病证补办了",
    "走访三户，给老人们讲了防火防煤气中毒",
    "去看了薛奶奶，她的灯绳断了，我给接上了",
    "今天看望了两户，都挺好，聊了聊孙子上学",
)


@pytest.mark.parametrize("text", PASSED_ON)
def test_what_a_household_lacks_is_passed_on(text: str) -> None:
    acts = acts_of(text, "member")
    assert [act.resolved for act in acts if isinstance(act, Grievance)] == [False]
    assert any(isinstance(act, Visit) for act in acts)


def test_the_passage_that_tells_it_is_the_matter() -> None:
    [_, told] = acts_of("走访三户，小虎的棉袄小了没得换", "member")
    assert isinstance(told, Grievance)
    assert told.span == "小虎的棉袄小了没得换"
    [visit] = acts_of("走访三户，小虎在写作业呢", "member")
    assert isinstance(visit, Visit)


@pytest.mark.parametrize("text", DONE_THERE)
def test_what_was_done_there_is_not(text: str) -> None:
    assert not [act for act in acts_of(text, "member") if isinstance(act, Grievance) and not act.resolved]
