"""A word that usually speaks against a visit takes none away that the whole message tells."""

from __future__ import annotations

import pytest

from bot.domain.acts import Visit
from tests.text.reading_aids import acts_of

VISITS = {
    "看望了两位入党四十年的老党员，听他们讲修水库那年的事，越讲越起劲": 2,
    "去了柏大娘家，她腿脚不好，问轮椅怎么申请": 1,
    "打电话给四户外出务工的，家里都托邻居照看着": 4,
    "今天走访3户，谢大爷上个月没去成医院，这回我给约上了号": 3,
    "慰问了我包的两户，都在家": 2,
}
NO_VISITS = (
    "没能走访我包的两户，都去听那年的戏了",
    "明天打算去柏大娘家，问问轮椅怎么申请",
    "今天走访了我包的两户没有？",
    "听说老柏今天看望了两位老党员，听他们讲那年的事",
    "上门三家，全部不在",
)


@pytest.mark.parametrize("text", VISITS)
def test_it_is_told_all_the_same(text: str) -> None:
    assert [act.count for act in acts_of(text) if isinstance(act, Visit)] == [VISITS[text]]


@pytest.mark.parametrize("text", NO_VISITS)
def test_what_is_said_of_the_visit_itself_holds(text: str) -> None:
    assert not [act for act in acts_of(text) if isinstance(act, Visit)]
