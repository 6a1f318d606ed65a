"""Households away: nobody need visit them until they are back."""

from __future__ import annotations

import pytest

from tests.stories.telling import Tale, on


async def test_a_household_away_is_excused_until_they_are_back(village: Tale) -> None:
    # 谢秀珍 lives alone, and is looked in on every three days.
    said = await village.say("何文", "谢秀珍去闺女家住了，11月20日回来")
    assert village.reaction_to(said) == "👍"
    assert village.heard_in_group() == []
    [kept] = village.heard("何文")
    assert kept == (
        "记下了：谢秀珍家不在家，到11月20日（周五）。这些天不用走访，也不催。回来了说一声“谢秀珍家回来了”就行。"
    )
    await village.turn_to(on(11, 20))
    assert not any("谢秀珍" in text for text in village.heard("何文"))
    assert (await village.stands("谢秀珍")).standing.state == "excused"

    await village.turn_to(on(11, 21))
    at_home = await village.stands("谢秀珍")
    assert (at_home.standing.state, at_home.standing.due_by) == ("due", on(11, 24).date())
    await village.turn_to(on(11, 24, "09:30"))
    assert any("谢秀珍" in text for text in village.heard("何文"))
    await village.nothing_is_left_over()


async def test_the_secretary_says_it_and_the_member_is_told(village: Tale) -> None:
    await village.say("陈志强", "周大山一家出门打工了，年底回来", private=True)
    assert village.heard("陈志强")[0].startswith("记下了：周大山家不在家，到12月31日（周四）。")
    assert village.heard("李建国") == ["陈志强说，周大山家不在家，到12月31日（周四）。这些天不用走访。"]

    await village.say("李建国", "周大山家回来了", private=True)
    assert village.heard("李建国") == ["好，周大山家回来了，从今天起照常走访。"]
    assert (await village.stands("周大山")).standing.state != "excused"


async def test_it_was_wrong_and_one_press_puts_it_right(village: Tale) -> None:
    await village.say("李建国", "周大山家外出到年底", private=True)
    assert (await village.stands("周大山")).standing.state == "excused"
    assert await village.press("李建国", "周大山家在家，记错了") == "改过来了：周大山家在家，照常走访。"
    found = await village.stands("周大山")
    assert (found.standing.state, found.away, found.standing.begun) == ("due", False, on(11, 10).date())
    assert await village.press("李建国", "周大山家在家，记错了") == "这条已经不算了，什么也没改。"


async def test_an_edit_changes_it_and_takes_it_back(village: Tale) -> None:
    said = await village.say("李建国", "周大山家外出到11月20日")
    await village.edit(said, "周大山家外出到11月25日")
    assert (await village.stands("周大山")).away_until == on(11, 25).date()
    await village.edit(said, "周大山家有人")
    assert not (await village.stands("周大山")).away


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ("马小军", "周大山一家出门打工了，年底回来"),  # a resident says it of others
        ("李建国", "诸葛亮一家出门打工了，年底回来"),  # nobody of this village
        ("李建国", "周大山家外出了吗？"),
        ("李建国", "周大山去儿子家了，年底回来"),  # he alone, and he does not live alone
    ],
)
async def test_what_nobody_may_say_or_nobody_means_excuses_nobody(village: Tale, who: str, text: str) -> None:
    await village.say(who, text)
    assert not (await village.stands("周大山")).away


async def test_residents_say_it_of_their_own_household(village: Tale) -> None:
    await village.say("王德福", "我们家外出到月底", private=True)
    assert village.heard("王德福")[0].startswith("记下了：王德福家不在家，到11月30日（周一）。")
    assert village.heard("李建国") == ["王德福说，王德福家不在家，到11月30日（周一）。这些天不用走访。"]
