"""Whose name is whose, by word alone: the secretary is asked; two who claim one wait for the choice."""

from __future__ import annotations

from datetime import timedelta

from bot.playground import people
from tests.stories.newcomers import ASKED, VISITED, WELCOME, joins, latest, sends_contact, unbound
from tests.stories.telling import Tale, on


async def test_a_word_is_for_the_secretary_to_believe(village: Tale) -> None:
    await unbound(village)
    joins(village, "小何")
    await village.say("小何", "您好，我是杏林村的何文", private=True)
    assert village.heard("小何") == [ASKED]
    assert village.heard("陈志强") == [
        "有人私下跟我说自己是何文（一组，党员）。\nTelegram 上的名字：小何（只是这么说）\n"
        "是本人吗？拿不准就先打个电话问他。"
    ]
    await village.say("小何", "我是何文", private=True)
    assert village.heard("小何") == ["已经在等陈志强认了，认了马上告诉您。"]
    assert village.heard("陈志强") == []
    await village.say("小何", VISITED, private=True)  # not in before
    assert "我还不知道您是哪个村的" in village.heard("小何")[0]
    village.listen_from_now()

    assert await village.press("陈志强", "是本人") == "好，小何 现在就是何文了，已经告诉他。"
    assert village.heard("小何") == [f"认过了，是您。{WELCOME}"]
    assert (latest(village, "陈志强").text or "").endswith("—— 陈志强：“小何”是本人")
    assert latest(village, "陈志强").buttons() == []
    await village.nothing_is_left_over()


async def test_whoever_is_not_believed_does_not_get_in(village: Tale) -> None:
    await unbound(village)
    joins(village, "生人")
    await village.say("生人", "我是何文", private=True)
    ask = latest(village, "陈志强")
    assert await village.press("陈志强", "不是") == "好，没有让“生人”用这个名字。"
    village_said = village.heard("生人")[-1]
    assert village_said == (
        "陈志强看过了，说这个账号不是何文本人，所以没有连上。要是弄错了，请当面找他说一声。"
    )
    # Their phone still shows the button.
    people.press(village.village.world, ask.chat.id, ask.id, ask.chat.id, data="name:1:1:yes")
    await village.village.settle()
    await village.say("生人", VISITED, private=True)
    assert "我还不知道您是哪个村的" in village.heard("生人")[-1]


async def test_two_who_claim_one_name_wait_until_the_secretary_has_chosen(village: Tale) -> None:
    await unbound(village)
    joins(village, "小何", "13800001004")
    joins(village, "生人")
    await village.say("生人", "我是何文", private=True)
    first = latest(village, "陈志强")
    village.listen_from_now()
    # The right phone, even: while another claims the name, nobody gets in.
    assert await sends_contact(village, "小何") == [ASKED]
    assert village.heard("陈志强") == [
        "有 2 个人都说自己是何文（一组，党员）：\n1. 生人（只是这么说）\n2. 小何（手机号和花名册一样）\n"
        "哪一个是本人？拿不准就先打个电话问他。点之前，谁也用不了。"
    ]
    assert await village.press("陈志强", "是本人", on=first) == (
        "又有人说自己是他，请看新的一条。什么也没改。"
    )
    await village.village.stop_bot()
    await village.village.start_bot()
    await village.press("陈志强", "是第 2 个")
    assert village.heard("小何") == [f"认过了，是您。{WELCOME}"]
    assert "说这个账号不是何文本人" in village.heard("生人")[0]
    assert first.buttons() == []
    await village.nothing_is_left_over()


async def test_none_of_several_may_be_the_one(village: Tale) -> None:
    await unbound(village)
    for name in ("甲生", "乙生"):
        joins(village, name)
        await village.say(name, "我是何文", private=True)
    assert await village.press("陈志强", "都不是") == "好，谁也没有用上这个名字。"
    for name in ("甲生", "乙生"):
        assert "没有连上" in village.heard(name)[-1]


async def test_a_name_in_use_is_taken_over_only_when_the_secretary_says_so(village: Tale) -> None:
    joins(village, "新手机", "13800001004")
    assert await sends_contact(village, "新手机") == [ASKED]
    [asked] = village.heard("陈志强")
    assert "这个名字现在已经有人在用：何文。点“是本人”就换过去。" in asked
    await village.press("陈志强", "是本人")
    assert village.heard("何文") == [
        "“何文”换到另一个账号了，您这个账号不再收到他的通知。要是弄错了，请找书记。"
    ]
    assert village.heard("新手机") == [f"认过了，是您。{WELCOME}"]


async def test_the_secretary_is_not_asked_for_ever(village: Tale) -> None:
    joins(village, "生人")
    for name in ("何文", "刘春梅", "孙立新"):
        await village.say("生人", f"我是{name}", private=True)
    village.listen_from_now()
    await village.say("生人", "我是李建国", private=True)
    [said] = village.heard("生人")
    assert said == "一天最多请人认 3 次，今天用完了。请直接找书记，或向村里要一个专属链接。"
    assert village.heard("陈志强") == []


async def test_an_old_claim_counts_no_more(village: Tale) -> None:
    await unbound(village)
    joins(village, "小何", "13800001004")
    joins(village, "生人")
    await village.say("生人", "我是何文", private=True)
    await village.fast_forward(days=8)
    village.listen_from_now()
    assert await sends_contact(village, "小何") == [WELCOME]
    assert await village.press("陈志强", "是本人") == "这件事已经定了，什么也没改。"


async def test_what_only_sounds_like_a_name_is_talk(village: Tale) -> None:
    await village.say("王德福", "我是老实人", private=True)
    assert village.heard("王德福") == ["这句我没听出要记什么。发“帮助”看能说什么。"]
    await village.say("李建国", "我是何文", private=True)  # is somebody already
    assert village.heard("陈志强") == []


async def test_nobody_claims_a_name_in_the_group(village: Tale) -> None:
    await unbound(village)
    await village.say("何文", "我是何文")
    assert village.heard("陈志强") == []
    assert village.heard_in_group() == []


async def test_night_is_night_for_such_questions_too(village: Tale) -> None:
    await unbound(village)
    joins(village, "小何")
    await village.turn_to(on(11, 10, "22:00"))
    village.listen_from_now()
    await village.say("小何", "我是何文", private=True)
    assert village.heard("小何") == [ASKED]
    assert village.heard("陈志强") == []
    await village.turn_to(on(11, 11, "07:00") + timedelta(seconds=1))
    assert any("有人私下跟我说自己是何文" in text for text in village.heard("陈志强"))
