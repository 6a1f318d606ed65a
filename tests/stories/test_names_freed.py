"""Names that are freed: by whom, and who is asked when there is no secretary."""

from __future__ import annotations

import pytest

from bot.playground import members
from tests.stories.newcomers import joins, unbound
from tests.stories.telling import Tale


async def test_the_secretary_frees_a_name_and_its_user_is_told(village: Tale) -> None:
    await village.say("陈志强", "解绑 何文", private=True)
    assert village.heard("陈志强") == [
        "好，何文解绑了：那个账号不再是他。要重新连上，让他发手机号、写“我是何文”，或给他一个新链接。"
    ]
    assert village.heard("何文") == [
        "书记把您的账号和“何文”解绑了，您不再收到他的通知。要是弄错了，请找书记，或写一句“我是何文”。"
    ]
    await village.say("何文", "今天走访了谢秀珍家", private=True)
    assert not (await village.ledger()).reports
    village.listen_from_now()
    await village.say("陈志强", "解绑 何文", private=True)
    assert village.heard("陈志强") == ["何文还没有连上账号，不用解绑。"]


@pytest.mark.parametrize(
    ("who", "said", "answer"),
    [
        ("李建国", "解绑 何文", "解绑要由书记来做。"),
        ("陈志强", "解绑 诸葛亮", "花名册上没有叫“诸葛亮”的人。"),
        ("陈志强", "解绑 陈志强", "这是您自己的账号，不能自己解绑。请让镇里或别的书记来做。"),
        ("赵敏", "解绑 陈志强", "好，陈志强解绑了：那个账号不再是他。"),
    ],
)
async def test_who_may_free_whose_name(village: Tale, who: str, said: str, answer: str) -> None:
    await village.say(who, said, private=True)
    assert village.heard(who)[0].startswith(answer)


async def test_without_a_secretary_the_town_is_asked_and_without_that_a_link_is_needed(village: Tale) -> None:
    await unbound(village)
    await village.say("赵敏", "解绑 陈志强", private=True)
    joins(village, "小何")
    village.listen_from_now()
    await village.say("小何", "我是何文", private=True)
    assert village.heard("小何") == ["收到。我去请赵敏认一认，认了马上告诉您，在这之前还用不了“何文”。"]
    assert len(village.heard("赵敏")) == 1
    members.block(village.village.world, village.village.people["赵敏"].id, blocked=True)
    await village.village.settle()
    joins(village, "书记本人")
    await village.say("书记本人", "我是陈志强", private=True)
    assert village.heard("书记本人") == ["现在没有人能替您认，请向村里要一个专属链接点一下。"]
