"""Points follow what was done, rank nobody by chance, and can be exchanged; all of it off unless wanted."""

from __future__ import annotations

from tests.stories.telling import Tale, on

OFF = "这里没有开积分。要开，请书记写：开启积分。"


async def _turn_on(village: Tale) -> None:
    await village.say("陈志强", "开启积分", private=True)
    assert village.heard("陈志强")[-1].startswith("好，积分开了。从最近两个月的记录算起，不用谁多报")


async def test_points_are_off_until_the_secretary_turns_them_on(village: Tale) -> None:
    for asked in ("我的积分", "积分排名", "兑换"):
        await village.say("李建国", asked, private=True)
        assert village.heard("李建国") == [OFF]
    await village.say("李建国", "开启积分", private=True)
    assert village.heard("李建国") == ["这件事由书记来办。"]
    await _turn_on(village)
    await village.say("李建国", "积分排名", private=True)
    assert village.heard("李建国") == ["排名只给书记看。您自己的，写：我的积分。"]
    await village.say("陈志强", "关闭积分", private=True)
    assert village.heard("陈志强") == ["好，积分关了。已经记的留着，不再增加，也不排名。"]
    await village.say("李建国", "我的积分", private=True)
    assert village.heard("李建国") == [OFF]


async def test_what_is_told_twice_counts_once_and_what_is_put_right_is_taken_back(village: Tale) -> None:
    await _turn_on(village)
    await village.say("李建国", "今天走访了王德福家和李桂英家，都好")
    told = await village.say("何文", "今天走访了谢秀珍家")
    await village.say("李建国", "今天走访了王德福家，还聊了聊")
    await village.say("李建国", "我的积分", private=True)
    assert village.heard("李建国") == [
        "您的积分：5 分。本月 5 分。\n最近的：\n· 11月10日 联系王德福 +2\n· 11月10日 联系李桂英 +3"
    ]
    await village.say("何文", "我的积分", private=True)
    assert village.heard("何文") == ["您的积分：3 分。本月 3 分。\n最近的：\n· 11月10日 联系谢秀珍 +3"]
    await village.edit(told, "今天走访了郑金宝家")
    await village.say("何文", "我的积分", private=True)
    [account] = village.heard("何文")
    assert account.startswith("您的积分：2 分。本月 2 分。")
    assert "· 11月10日 收回：联系谢秀珍 -3" in account and "· 11月10日 联系郑金宝 +2" in account


async def test_points_are_exchanged_once_it_is_confirmed_and_never_below_zero(village: Tale) -> None:
    await _turn_on(village)
    await village.say("李建国", "今天走访了王德福家和李桂英家")
    await village.say("李建国", "兑换", private=True)
    assert village.heard("李建国") == ["书记还没有定能换的东西。"]
    for said, answered in (
        ("兑换 洗衣粉 4分", "好，洗衣粉 4 分。"),
        ("兑换 毛巾 2分", "好，毛巾 2 分。"),
        ("兑换 毛巾 3分", "好，毛巾从 2 分改成 3 分。已经申请的按原来的分算。"),
        ("取消兑换 肥皂", "没有“肥皂”可以换。能换的：毛巾、洗衣粉。"),
    ):
        await village.say("陈志强", said, private=True)
        assert village.heard("陈志强") == [answered]
    await village.say("李建国", "兑换", private=True)
    assert village.heard("李建国") == [
        "您有 5 分可以换：\n· 毛巾 3 分\n· 洗衣粉 4 分\n点一下，或者写：兑换 洗衣粉。"
    ]
    assert (
        await village.press("李建国", "洗衣粉 4分")
        == "好，已经告诉书记：您想用 4 分换洗衣粉。确认了就告诉您。"
    )
    assert await village.press("李建国", "洗衣粉 4分") == "您换洗衣粉的申请还等着书记确认，不用再点。"
    # What waits is kept back: two wishes at once can't use the same points.
    assert await village.press("李建国", "毛巾 3分") == "毛巾要 3 分，您现在能用的有 1 分，还差 2 分。"
    assert village.heard("陈志强") == ["李建国想用 4 分换洗衣粉（现有 5 分）。东西给了就点确认。"]
    assert await village.press("陈志强", "确认兑换") == "李建国用 4 分换了洗衣粉，还剩 1 分。"
    assert village.heard("李建国") == ["换好了：洗衣粉，用了 4 分，还剩 1 分。"]
    await village.say("陈志强", "积分调整 李建国 -5：算错了", private=True)
    assert village.heard("陈志强") == ["李建国现在只有 1 分，减不了 5 分。"]
    await village.say("陈志强", "积分调整 李建国 +5：帮独居老人搬家", private=True)
    assert village.heard("陈志强") == ["好，李建国 +5：帮独居老人搬家。现在 6 分。已经告诉本人。"]
    assert village.heard("李建国") == ["陈志强给您调整了积分 +5：帮独居老人搬家。现在 6 分。"]
    await village.say("陈志强", "积分调整 陈志强 +5：辛苦", private=True)
    assert village.heard("陈志强") == ["自己的积分请别的书记或镇里来调整。"]
    assert village.heard_in_group() == []
    await village.nothing_is_left_over()


async def test_the_month_is_ranked_privately_and_nobody_by_chance(village: Tale) -> None:
    await _turn_on(village)
    await village.say("李建国", "今天走访了王德福家和李桂英家")
    await village.turn_to(on(12, 1, "08:59"))
    village.listen_from_now()
    await village.turn_to(on(12, 1, "09:00"))
    [ranking, own] = [text for text in village.heard("陈志强") if text.startswith("11月")]
    assert ranking.startswith("11月大家差得不多，排不出先后：李建国（12 件里办到 2 件）、")
    assert own == "11月您该办的，4 件里办到 0 件。在能排的 6 位里，和大家差得不多，不分先后。"
    assert "11月您该办的，12 件里办到 2 件。在能排的 6 位里，和大家差得不多，不分先后。" in village.heard(
        "李建国"
    )
    assert village.heard_in_group() == []
    await village.nothing_is_left_over()
