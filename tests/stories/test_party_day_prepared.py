"""A theme Party day before it comes: drafted, fixed, moved, told of."""

from __future__ import annotations

from storage.tables import ActivitySession
from tests.stories.telling import Tale, of, on

TROUBLE = "村口路灯坏了三天没人管"


async def test_the_secretary_prepares_it_in_two_taps(november: Tale) -> None:
    village = november
    await village.say("钱玉兰", TROUBLE)
    await village.say("马小军", "有人举报陈志强收了好处费", private=True)
    village.listen_from_now()
    await village.turn_to(on(11, 28, "08:59"))
    assert not of(village.heard("陈志强"), "议题先拟好了")
    await village.turn_to(on(11, 28, "09:00"))
    [draft] = of(village.heard("陈志强"), "议题先拟好了")
    assert draft == (
        "12月5日（周六）9:30是杏林村的主题党日。议题先拟好了，请看看：\n"
        "1. #1 村口路灯坏了三天没人管（没办完，等人接手）\n"
        "要改就点下面的按钮，没问题就点“定稿”。也可以直接写：“议题加 ……”“去掉第2条”“党日改到12日”。"
    )
    assert not of(village.heard("李建国"), "议题")
    await village.press("陈志强", "加一条")
    assert village.heard("陈志强") == ["请把要加的议题写一句话发给我。"]
    await village.say("陈志强", "明年的水渠怎么修", private=True)
    assert village.heard("陈志强") == ["加上了：2. 明年的水渠怎么修"]
    assert await village.press("陈志强", "去掉1") == "第1条去掉了。"
    assert await village.press("陈志强", "定稿") == "好，议题定了。"
    [fixed] = of(village.said_to("陈志强"), "议题定了：")
    assert fixed == "12月5日（周六）9:30是杏林村的主题党日。议题定了：\n2. 明年的水渠怎么修"
    await village.turn_to(on(12, 4, "09:00"))
    [told] = of(village.heard("李建国"), "明天", "主题党日")
    assert told == (
        "李建国，明天 12月5日（周六）是杏林村的主题党日，9:30开始，请记得参加。\n"
        "来不了的，回复“党日请假”和原因。\n议题：\n2. 明年的水渠怎么修"
    )


async def test_a_stale_press_and_somebody_else_change_nothing(november: Tale) -> None:
    village = november
    await village.say("钱玉兰", TROUBLE)
    await village.turn_to(on(11, 28, "09:00"))
    await village.say("陈志强", "党日", private=True)
    to_him = village.from_bot(village.village.people["陈志强"].id)
    first = next(message for message in to_him if "议题先拟好了" in (message.text or ""))
    await village.say("陈志强", "议题加 选优秀党员", private=True)
    # Both copies of the draft, the one sent and the one asked for, say the same.
    assert len(of(village.said_to("陈志强"), "议题先拟好了", "2. 选优秀党员")) == 2
    assert await village.press("陈志强", "定稿", on=first) == "好，议题定了。"
    village.listen_from_now()
    await village.say("李建国", "去掉第1条", private=True)
    assert village.heard("李建国") == ["这件事由书记来办。"]
    await village.say("陈志强", "去掉第9条", private=True)
    assert village.heard("陈志强") == ["议题里没有第9条。"]
    assert len(of(village.said_to("陈志强"), "议题定了：", "1. #1", "2. 选优秀党员")) == 2


async def test_the_day_is_moved_and_everybody_told_once(november: Tale) -> None:
    village = november
    await village.turn_to(on(12, 2, "09:00"))
    village.listen_from_now()
    moved = await village.say("李建国", "党日改到12日")
    assert village.reaction_to(moved) is None  # said in passing by somebody who can't
    await village.say("陈志强", "党日改到1日", private=True)
    await village.say("陈志强", "党日改到哪天好", private=True)
    await village.say("陈志强", "党日改到12日下午3点", private=True)
    assert village.heard("陈志强") == [
        "最多前后挪 25 天。",
        "没看懂改到哪天。这样写：党日改到12日。",
        "好，改到12月12日（周六）15:00，会告诉各位党员。",
    ]
    assert village.heard("李建国") == [
        "杏林村的主题党日改日子了：原来是12月5日，现在改到12月12日（周六）15:00。"
    ]
    await village.turn_to(on(12, 5, "12:00"))
    assert not of(village.said_in_group(), "📋")
    await village.turn_to(on(12, 11, "09:00"))
    assert of(village.heard("李建国"), "明天 12月12日（周六）是杏林村的主题党日，15:00开始")
    await village.turn_to(on(12, 12, "14:29"))
    assert not of(village.said_in_group(), "📋")
    await village.say("李建国", "签到", private=True)
    assert village.heard("李建国")[-1] == "还没开始签到：12月12日（周六）15:00的会，14:30开始签。"
    await village.turn_to(on(12, 12, "14:30"))
    [board] = of(village.said_in_group(), "📋")
    assert board.startswith("📋 杏林村主题党日 12月12日（周六）15:00\n")


async def test_a_day_still_far_ahead_is_moved_and_drafted_in_its_time(november: Tale) -> None:
    village = november
    await village.say("陈志强", "取消本月党日", private=True)
    await village.say("陈志强", "党日改到12月8日下午3点", private=True)
    assert village.heard("陈志强") == [
        "下一次主题党日还没排出来，提前7天才拟议题。",
        "好，改到12月8日（周二）15:00，会告诉各位党员。",
    ]
    assert village.heard("李建国") == [
        "杏林村的主题党日改日子了：原来是12月5日，现在改到12月8日（周二）15:00。"
    ]
    await village.turn_to(on(11, 30, "20:00"))
    assert not of(village.heard("陈志强"), "议题")
    await village.turn_to(on(12, 1, "09:00"))
    assert len(of(village.heard("陈志强"), "议题")) == 1
    assert [(one.day, one.status) for one in await village.rows(ActivitySession)] == [
        (on(12, 8).date(), "planned")
    ]


async def test_with_the_secretary_on_leave_the_substitute_prepares_it(november: Tale) -> None:
    village = november
    await village.say("陈志强", "请假 11月28日到12月8日，张海燕代", private=True)
    await village.press("张海燕", "同意")
    await village.turn_to(on(11, 28, "09:00"))
    assert not of(village.heard("陈志强"), "议题先拟好了")
    assert of(village.heard("张海燕"), "议题先拟好了")
    assert await village.press("张海燕", "定稿") == "好，议题定了。"
