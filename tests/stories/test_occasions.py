"""Occasions for a visit (a wedding, an illness, low spirits): who answers for them is asked to go."""

from __future__ import annotations

from storage.tables import Occasion
from tests.stories.telling import Tale, on

ALL_OCCASIONS = ["wedding", "funeral", "quarrel", "illness", "errand", "low_spirits"]


async def test_an_illness_told_in_the_group_makes_a_visit_due_at_once(village: Tale) -> None:
    await village.override(occasions__kinds=ALL_OCCASIONS)
    await village.say("李建国", "今天走访了李桂英家，都好")
    said = await village.say("钱玉兰", "李桂英住院了，你们知道吗")
    assert village.reaction_to(said) is None  # nobody gives a thumb to that
    assert village.heard_in_group() == []
    [called] = village.heard("李建国")
    assert called == (
        "李桂英家有人生病（“李桂英住院了，你们知道吗”），请11月12日（周四）前去看看。"
        "去过了在群里说一句就行，打电话也算。"
    )
    found = await village.stands("李桂英")
    assert (found.standing.state, found.standing.due_by) == ("due", on(11, 12).date())

    await village.turn_to(on(11, 12, "09:30"))
    assert any("李桂英（杏林路12号）：有人生病，最晚今天" in text for text in village.heard("李建国"))
    await village.say("李建国", "去医院看了李桂英，好多了")
    assert (await village.stands("李桂英")).occasions == ()
    [occasion] = await village.rows(Occasion)
    assert (occasion.ended_by, occasion.kind) == ("visit", "illness")
    await village.nothing_is_left_over()


async def test_what_is_told_privately_reaches_the_member_without_its_words(village: Tale) -> None:
    await village.override(occasions__kinds=ALL_OCCASIONS)
    await village.say("马小军", "周大山家婆媳这两天情绪不好，老抹眼泪", private=True)
    assert village.heard("马小军") == ["知道了，会请联系的党员去看看。"]
    [called] = village.heard("李建国")
    assert called.startswith("周大山家有人心里不好过，请11月12日（周四）前去看看。")
    assert "马小军" not in called and "抹眼泪" not in called
    assert await village.press("李建国", "没这回事") == "好，不算了。"
    assert (await village.stands("周大山")).occasions == ()


async def test_told_twice_it_is_one_and_a_visit_taken_back_answers_it_no_more(village: Tale) -> None:
    await village.override(occasions__kinds=ALL_OCCASIONS)
    await village.say("钱玉兰", "周大山家儿子后天结婚")
    await village.say("马小军", "恭喜周大山家办喜事")
    assert len(village.heard("李建国")) == 1
    report = await village.say("李建国", "今天走访了周大山家")
    assert (await village.stands("周大山")).occasions == ()
    await village.say("李建国", "撤回", reply_to=report)
    assert len((await village.stands("周大山")).occasions) == 1


async def test_a_visit_told_in_the_same_message_needs_no_call(village: Tale) -> None:
    await village.override(occasions__kinds=ALL_OCCASIONS)
    await village.say("李建国", "今天走访周大山家，周大山住院了，帮着联系了医院")
    assert not any("请11月" in text for text in village.heard("李建国"))
    assert {one.ended_by for one in await village.rows(Occasion)} == {"visit"}


async def test_where_no_occasions_are_asked_for_none_is_kept(village: Tale) -> None:
    await village.say("钱玉兰", "周大山家儿子后天结婚")
    assert village.heard("李建国") == []
    assert await village.rows(Occasion) == []
