"""Households away, occasions for a visit, a fever, a bare number of visits, and the household's own side."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.demo.village import BRANCH
from storage.tables import HealthLine, Household, Notice, Occasion, SpotCheck, Unit
from tests.stories.telling import Tale, on

ALL_OCCASIONS = ["wedding", "funeral", "quarrel", "illness", "errand", "low_spirits"]


async def override(village: Tale, **values: object) -> None:
    """Set parameters of the branch; `__` stands for the dot in their names."""
    async with village.village.app.database.transaction() as session:
        branch = (await session.exec(select(Unit).where(Unit.name == BRANCH))).one()
        changes = {name.replace("__", "."): value for name, value in values.items()}
        branch.overrides = {**branch.overrides, **changes}
        session.add(branch)


async def kinds(village: Tale, head: str, *words: str) -> None:
    async with village.village.app.database.transaction() as session:
        household = (await session.exec(select(Household).where(Household.head == head))).one()
        household.kinds = list(words)
        session.add(household)


# Households away


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


# Occasions


async def test_an_illness_told_in_the_group_makes_a_visit_due_at_once(village: Tale) -> None:
    await override(village, occasions__kinds=ALL_OCCASIONS)
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
    await override(village, occasions__kinds=ALL_OCCASIONS)
    await village.say("马小军", "周大山家婆媳这两天情绪不好，老抹眼泪", private=True)
    assert village.heard("马小军") == ["知道了，会请联系的党员去看看。"]
    [called] = village.heard("李建国")
    assert called.startswith("周大山家有人心里不好过，请11月12日（周四）前去看看。")
    assert "马小军" not in called and "抹眼泪" not in called
    assert await village.press("李建国", "没这回事") == "好，不算了。"
    assert (await village.stands("周大山")).occasions == ()


async def test_told_twice_it_is_one_and_a_visit_taken_back_answers_it_no_more(village: Tale) -> None:
    await override(village, occasions__kinds=ALL_OCCASIONS)
    await village.say("钱玉兰", "周大山家儿子后天结婚")
    await village.say("马小军", "恭喜周大山家办喜事")
    assert len(village.heard("李建国")) == 1
    report = await village.say("李建国", "今天走访了周大山家")
    assert (await village.stands("周大山")).occasions == ()
    await village.say("李建国", "撤回", reply_to=report)
    assert len((await village.stands("周大山")).occasions) == 1


async def test_a_visit_told_in_the_same_message_needs_no_call(village: Tale) -> None:
    await override(village, occasions__kinds=ALL_OCCASIONS)
    await village.say("李建国", "今天走访周大山家，周大山住院了，帮着联系了医院")
    assert not any("请11月" in text for text in village.heard("李建国"))
    assert {one.ended_by for one in await village.rows(Occasion)} == {"visit"}


async def test_where_no_occasions_are_asked_for_none_is_kept(village: Tale) -> None:
    await village.say("钱玉兰", "周大山家儿子后天结婚")
    assert village.heard("李建国") == []
    assert await village.rows(Occasion) == []


# The quarantined


async def test_a_temperature_is_kept_for_the_secretary_alone(village: Tale) -> None:
    await kinds(village, "郑金宝", "quarantined")
    said = await village.say("何文", "今天看了郑金宝家，体温36.5 正常，倒了垃圾")
    assert village.reaction_to(said) == "👍"
    assert village.heard_in_group() == []
    [line] = await village.rows(HealthLine)
    assert (line.temperature, line.fever, line.words) == (36.5, False, "正常")
    await village.say("陈志强", "体温", private=True)
    [shown] = village.heard("陈志强")
    assert "· 今天 郑金宝家：体温 36.5 度，正常（何文报的）" in shown
    await village.say("何文", "体温", private=True)
    assert village.heard("何文") == ["体温只给书记看。"]


async def test_a_fever_goes_to_the_secretary_at_once_and_to_nobody_else(village: Tale) -> None:
    await kinds(village, "郑金宝", "quarantined")
    await village.turn_to(on(11, 10, "22:30"))  # in quiet hours
    village.listen_from_now()
    await village.say("何文", "刚去看了郑金宝家，体温38.6")
    assert any("郑金宝" in text and "38.6" in text for text in village.heard("陈志强"))
    assert not any("38.6" in text for text in village.heard_in_group())
    assert not any("38.6" in text for text in village.heard("张海燕"))
    matter = await village.matter()
    assert (matter.category, matter.step, matter.assignee) == ("health", "secretary", "陈志强")


async def test_the_quarantined_are_due_every_day(village: Tale) -> None:
    await kinds(village, "郑金宝", "quarantined")
    await village.say("何文", "今天看了郑金宝家，体温36.5")
    await village.turn_to(on(11, 11, "09:30"))
    assert any("郑金宝" in text for text in village.heard("何文"))
    await village.turn_to(on(11, 12, "09:30"))
    assert (await village.stands("郑金宝")).standing.state == "overdue"


async def test_a_key_household_may_want_two_visits_a_day(village: Tale) -> None:
    await override(village, contact__twice_daily=["key"], cadence__key=1)
    await village.turn_to(on(11, 11, "08:00"))
    await village.say("李建国", "早上去看了吴春生")
    assert (await village.stands("吴春生")).standing.state == "due"
    await village.turn_to(on(11, 11, "18:00"))
    await village.say("李建国", "晚上又去看了吴春生")
    found = (await village.stands("吴春生")).standing
    assert (found.state, found.due_by) == ("done", on(11, 12).date())


# Which households a number meant


async def test_a_bare_number_is_asked_about_once_and_picked_from_what_is_due(village: Tale) -> None:
    await village.turn_to(on(11, 20))
    await village.say("李建国", "走访王德福、周大山家")
    village.listen_from_now()
    await village.say("李建国", "今天走访了2户")
    assert village.heard("李建国") == []  # the names may follow by themselves
    await village.fast_forward(minutes=11)
    [asked] = village.heard("李建国")
    assert asked == "您今天报的走访 2 户，是下面哪几家？点一下就选上，再点“就这些”。"
    [notice] = [one for one in await village.rows(Notice) if one.text == asked]
    labels = [button["text"] for row in notice.buttons for button in row]
    assert labels == ["李桂英", "吴春生", "王德福", "周大山", "就这些", "都不是"]  # what is due first

    assert await village.press("李建国", "就这些") == "先点去过的是哪几家。"
    assert await village.press("李建国", "李桂英") == "已选 1 户"
    assert await village.press("李建国", "吴春生") == "已选 2 户"
    assert await village.press("李建国", "王德福") == "只报了 2 户，再选就多了。先点掉一家。"
    assert await village.press("李建国", "就这些") == "好，记上了：李桂英、吴春生。"
    assert (await village.stands("李桂英")).standing.last_contact == on(11, 20).date()
    assert (await village.stands("吴春生")).standing.last_contact == on(11, 20).date()
    await village.nothing_is_left_over()


async def test_names_that_follow_by_themselves_spare_the_question(village: Tale) -> None:
    await village.say("李建国", "今天走访了2户")
    await village.say("李建国", "王德福、周大山")
    await village.fast_forward(hours=1)
    assert not any("是下面哪几家" in text for text in village.heard("李建国"))


async def test_none_of_them_counts_for_the_report_and_for_no_household(village: Tale) -> None:
    await village.say("李建国", "今天走访了2户")
    await village.fast_forward(minutes=11)
    assert "照样算在您的走访里" in await village.press("李建国", "都不是")
    [report] = (await village.ledger()).reports
    assert report.count == 2
    for head in ("王德福", "李桂英"):
        assert (await village.stands(head)).standing.last_contact is None


# The household's side


async def test_a_household_is_asked_and_the_secretary_hears_how_many_said_what(village: Tale) -> None:
    await override(village, spot_check__share=1)
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
    await override(village, spot_check__share=1)
    report = await village.say("李建国", "电话联系了王德福")
    await village.turn_to(on(11, 11, "09:01"))
    assert any("跟您联系过吗" in text for text in village.heard("王德福"))
    await village.say("李建国", "撤回", reply_to=report)
    assert await village.press("王德福", "联系过") == "这条不用答了，谢谢。"
    [check] = await village.rows(SpotCheck)
    assert check.answer is None
