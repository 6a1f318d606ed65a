from datetime import timedelta

from sqlmodel import select

from storage.tables import Household
from tests.stories.telling import Tale


async def test_a_report_its_names_and_a_photo_are_one_report(village: Tale) -> None:
    said = await village.say("李建国", "今天走访了3户")
    village.village.playground.world.faults.duplicate_updates = True
    await village.fast_forward(seconds=40)
    await village.say("马小军", "今晚吃啥")
    names = await village.say("李建国", "老王、大山、春生")
    # The bot is started again in between; what belongs together stands in the tables.
    await village.village.stop_bot()
    await village.village.start_bot()
    await village.fast_forward(seconds=60)
    photo = await village.say("李建国", "", photo=True)
    well = await village.say("李建国", "都挺好的")

    [report] = (await village.ledger()).reports
    assert (report.count, report.unclaimed) == (3, 0)
    assert set(report.households) == {"王德福", "周大山", "吴春生"}
    assert [village.reaction_to(one) for one in (said, names, photo, well)] == ["👍"] * 4
    assert village.heard_in_group() == []
    await village.nothing_is_left_over()

    await village.edit(names, "老王、李大娘")
    [report] = (await village.ledger()).reports
    assert set(report.households) == {"王德福", "李桂英"}
    assert report.unclaimed == 1


async def test_where_it_is_and_a_photo_join_the_matter_and_a_second_trouble_does_not(village: Tale) -> None:
    await village.say("马小军", "路灯坏了三天没人管")
    await village.fast_forward(seconds=30)
    await village.say("李建国", "知道了")
    place = await village.say("马小军", "就是二组那个路口")
    await village.say("马小军", "", photo=True)
    await village.say("马小军", "村东的垃圾堆成山了，臭得很")

    first, second = await village.matter(1), await village.matter(2)
    assert first.text == "路灯坏了三天没人管，就是二组那个路口"
    assert (first.photos, second.photos) == (1, 0)
    assert village.reaction_to(place) == "👍"
    assert any("二组那个路口" in text for text in village.said_in_group())
    await village.nothing_is_left_over()


async def test_after_two_minutes_names_are_names_again(village: Tale) -> None:
    await village.say("李建国", "今天走访了3户")
    await village.fast_forward(seconds=121)
    late = await village.say("李建国", "老王、大山")
    [report] = (await village.ledger()).reports
    assert (report.unclaimed, village.reaction_to(late)) == (3, None)


async def test_a_name_that_fits_two_is_asked_about_once_and_the_answer_completes_the_report(
    village: Tale,
) -> None:
    async with village.village.app.database.transaction() as session:
        li = (await session.exec(select(Household).where(Household.head == "李桂英"))).one()
        session.add(Household(branch_id=li.branch_id, head="李满仓", address="村东头30号"))

    # Whoever answers for one of the two means that one; else the words before the name may tell.
    await village.say("李建国", "今天走访了老李家")
    await village.say("陈志强", "今天走访了东头老李家")
    assert [one.households for one in (await village.ledger()).reports] == [("李满仓",), ("李桂英",)]
    assert village.heard("李建国") == village.heard("陈志强") == []

    said = await village.say("何文", "今天走访了老李家")
    [report] = [one for one in (await village.ledger()).reports if one.member == "何文"]
    assert (report.count, report.unclaimed, village.reaction_to(said)) == (1, 1, "👍")
    assert village.heard_in_group() == []
    [question] = village.heard("何文")
    assert "哪一户" in question
    await village.press("何文", "李满仓 村东头30号")
    [report] = [one for one in (await village.ledger()).reports if one.member == "何文"]
    assert (report.households, report.unclaimed, report.unknown_names) == (("李满仓",), 0, ())


async def test_a_bare_number_under_a_reminder_is_a_report(village: Tale) -> None:
    await village.turn_to(village.now.replace(hour=10, minute=30) + timedelta(days=3))
    reminder = next(
        one for one in village.from_bot(village.village.people["何文"].id) if "谢秀珍" in (one.text or "")
    )
    said = await village.say("何文", "3", private=True, reply_to=reminder)
    [report] = [one for one in (await village.ledger()).reports if one.member == "何文"]
    assert (report.count, report.unclaimed) == (3, 3)
    assert village.reaction_to(said) == "👍"
    await village.say("何文", "是2户", private=True, reply_to=said)
    [report] = [one for one in (await village.ledger()).reports if one.member == "何文"]
    assert report.count == 2


async def test_seen_to_mended_and_not_mended_in_replies(village: Tale) -> None:
    lamp = await village.say("马小军", "路灯坏了三天没人管")
    holder = (await village.matter()).assignee
    assert holder is not None
    await village.say(holder, "我去看看", reply_to=lamp)
    assert (await village.matter()).status == "acknowledged"
    await village.say("钱玉兰", "修好了吗？", reply_to=lamp)
    assert (await village.matter()).status == "acknowledged"
    await village.say(holder, "修好了", reply_to=lamp)
    before = await village.matter()
    await village.say("马小军", "还没修", reply_to=lamp)
    after = await village.matter()
    assert (before.status, after.status) == ("claimed_solved", "open")
    assert before.step != after.step


async def test_every_household_has_a_code_by_which_it_can_be_named(village: Tale) -> None:
    households = (await village.ledger()).households
    assert all(one.plate for one in households)
    code = next(one.plate for one in households if one.head == "周大山")
    await village.say("李建国", f"今天走访了{code}")
    [report] = (await village.ledger()).reports
    assert report.households == ("周大山",)
