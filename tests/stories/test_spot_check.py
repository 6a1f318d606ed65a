"""The household's side: whether somebody has come is asked now and then, and held against nobody."""

from __future__ import annotations

import pytest

from storage.tables import SpotCheck
from tests.stories.telling import Tale, on


async def test_a_household_is_asked_and_the_secretary_hears_how_many_said_what(village: Tale) -> None:
    await village.override(spot_check__share=1)
    await village.say("李建国", "今天走访了王德福、周大山家")
    village.listen_from_now()
    await village.turn_to(on(11, 11, "09:01"))
    [asked] = [text for text in village.heard("王德福") if "来过您家吗" in text]
    assert asked == "李建国11月10日来过您家吗？记不清也没关系，不会有人为这个找您。"
    assert await village.press("王德福", "没来") == "谢谢，知道了。"
    with pytest.raises(AssertionError):
        await village.press("王德福", "来过")  # the buttons are gone
    # Not twice a month, and none of it reaches the member.
    await village.say("李建国", "又去了王德福家")
    await village.turn_to(on(11, 12, "10:00"))
    assert len(await village.rows(SpotCheck)) == 1
    assert not any("来过" in text or "没来" in text for text in village.said_to("李建国"))
    village.listen_from_now()
    await village.turn_to(on(12, 1, "10:00"))
    [rate] = [text for text in village.heard("陈志强") if "抽问" in text]
    assert rate.startswith("11月抽问了 1 户“党员来过没有”：0 户说来过，1 户说没来，0 户记不清，0 户没答。")
    assert "记得的人里 0% 说来过；抽得不多，真实情况大约在 0% 到 79% 之间。" in rate
    assert "李建国" not in rate and "王德福" not in rate


async def test_a_visit_taken_back_is_not_asked_about_any_more(village: Tale) -> None:
    await village.override(spot_check__share=1)
    report = await village.say("李建国", "电话联系了王德福")
    await village.turn_to(on(11, 11, "09:01"))
    assert any("跟您联系过吗" in text for text in village.heard("王德福"))
    await village.say("李建国", "撤回", reply_to=report)
    assert await village.press("王德福", "联系过") == "这条不用答了，谢谢。"
    [check] = await village.rows(SpotCheck)
    assert check.answer is None
