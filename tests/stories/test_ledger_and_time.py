"""What can't be done now is not forgotten: the problem ledger, more time, another kind, two in one."""

from __future__ import annotations

from tests.stories.telling import Tale
from tests.stories.test_hands import at, moves, raised


async def test_on_the_ledger_it_waits_for_its_day_and_comes_back(village: Tale) -> None:
    await raised(village)
    await village.say("陈志强", "#1 挂账到12月底，等镇里拨款", private=True)
    matter = await village.matter()
    assert (matter.status, matter.acknowledge_by) == ("on_ledger", None)
    [told] = village.heard("马小军")
    assert "等镇里拨款" in told
    assert "12月31日（周四）再接着办" in told
    assert any("这之前不催" in text for text in village.heard("刘春梅"))

    await village.turn_to(at("12-31 07:59"))
    assert not any("第1号" in text for text in village.heard("刘春梅"))
    village.listen_from_now()
    await village.turn_to(at("12-31 08:00"))
    [back] = [text for text in village.heard("刘春梅") if "第1号" in text]
    assert "挂着账的这件事，现在接着办" in back
    assert any("挂账到期，已经回到联户党员刘春梅手里" in text for text in village.heard("陈志强"))
    assert (await village.matter()).status == "open"
    assert await moves(village) == ["raise", "put_on_ledger", "resume"]


async def test_a_button_asks_for_the_reason_and_the_next_message_has_it(village: Tale) -> None:
    await raised(village)
    await village.say("陈志强", "事项 1", private=True)
    await village.press("陈志强", "更多…")
    assert "写一句" in await village.press("陈志强", "延期")
    assert "例如：配件没到，到下周五" in village.heard("陈志强")[-1]

    # What is plainly something else is taken for what it is.
    await village.say("陈志强", "今天走访了高有福家", private=True)
    assert (await village.ledger()).reports[0].member == "陈志强"

    await village.say("陈志强", "配件没到，到下周五", private=True)
    assert (await village.matter()).solve_by == at("11-20 18:00")
    [told] = village.heard("马小军")
    assert "配件没到" in told
    assert "办到 11月20日（周五）" in told
    assert any("延期到 11月20日（周五），配件没到" in text for text in village.heard("刘春梅"))


async def test_words_that_are_waited_for_can_be_given_up_and_are_not_waited_for_for_long(
    village: Tale,
) -> None:
    await raised(village)
    await village.say("陈志强", "事项 1", private=True)
    await village.press("陈志强", "更多…")
    await village.press("陈志强", "挂账")
    await village.say("陈志强", "算了", private=True)
    assert village.heard("陈志强")[-1] == "好，什么也没改。"
    await village.press("陈志强", "更多…")
    await village.press("陈志强", "挂账")
    await village.fast_forward(minutes=31)
    await village.say("陈志强", "到12月底，等镇里拨款", private=True)
    assert (await village.matter()).status == "open"


async def test_without_a_day_a_complex_matter_has_fifteen(village: Tale) -> None:
    await raised(village)
    await village.say("陈志强", "#1 延期，要重新埋管", private=True)
    assert (await village.matter()).solve_by == at("11-25 17:30")
    await village.say("陈志强", "#1 延期到11月20日，要重新埋管", private=True)
    assert "延期要比这更晚" in village.heard("陈志强")[-1]


async def test_another_urgency_has_other_clocks(village: Tale) -> None:
    await raised(village)
    await village.fast_forward(minutes=10)
    await village.say("陈志强", "#1 改成急件", private=True)
    matter = await village.matter()
    assert (matter.urgency, matter.acknowledge_by, matter.solve_by) == (
        "urgent",
        at("11-10 19:40"),
        at("11-11 17:40"),
    )
    assert any("【急】第1号事项" in text for text in village.heard("刘春梅"))
    await village.say("陈志强", "#1 改成环境卫生类", private=True)
    assert (await village.matter()).category == "environment"


async def test_one_that_is_two_becomes_two(village: Tale) -> None:
    await village.say("钱玉兰", "村口路灯坏了，边上的排水沟也堵了", private=True)
    before = len((await village.ledger()).matters)
    village.listen_from_now()
    await village.say("陈志强", "#1 拆成两件：村口路灯坏了；排水沟堵了", private=True)
    first, second = await village.matter(1), await village.matter(before + 1)
    assert (first.text, second.text) == ("村口路灯坏了", "排水沟堵了")
    assert second.assignee == first.assignee
    assert any(f"#{before + 1} 排水沟堵了" in text for text in village.heard("钱玉兰"))
    assert (await moves(village, before + 1))[0] == "raise"


async def test_two_that_are_one_are_settled_together(village: Tale) -> None:
    await village.say("钱玉兰", "村口路灯坏了三天没人管", private=True)
    await village.say("马小军", "晚上村口黑得很，灯都不亮", private=True)
    village.listen_from_now()
    await village.say("陈志强", "#2 合并到#1", private=True)
    assert (await village.matter(2)).status == "merged"
    assert any("合在一起办" in text for text in village.heard("马小军"))
    await village.say("刘春梅", "#1 修好了", private=True)
    assert village.heard("马小军") != []
    assert village.heard("钱玉兰") != []


async def test_menus_have_a_way_back_and_pages_and_old_ones_change_nothing(village: Tale) -> None:
    await raised(village)
    await village.say("陈志强", "事项 1", private=True)
    card = village.from_bot(village.village.people["陈志强"].id)[-1]
    shown = card.text
    await village.press("陈志强", "更多…", on=card)
    assert "要怎么办" in (card.text or "")
    await village.press("陈志强", "转给…", on=card)
    assert "转给谁" in (card.text or "")
    await village.press("陈志强", "« 返回", on=card)
    await village.press("陈志强", "« 返回", on=card)
    assert card.text == shown

    await village.press("陈志强", "更多…", on=card)
    await village.press("刘春梅", "我来处理")
    assert "什么也没改" in await village.press("陈志强", "改急缓…", on=card)
    await village.press("陈志强", "« 返回", on=card)
    await village.press("陈志强", "更多…", on=card)
    await village.press("陈志强", "改急缓…", on=card)
    await village.press("陈志强", "急", on=card)
    assert (await village.matter()).urgency == "urgent"
    assert await moves(village) == ["raise", "acknowledge", "reclassify"]
