"""Several who tell the same: asked, joined, told, and each with a word of their own at the end."""

from __future__ import annotations

from datetime import timedelta

from tests.stories.telling import Tale

LAMP = "村口路灯坏了三天没人管"
SAME = "村口的路灯不亮了，晚上出门害怕"


async def test_who_tells_the_same_is_asked_and_joins_with_one_press(village: Tale) -> None:
    await village.say("王德福", LAMP)
    village.listen_from_now()
    await village.say("钱玉兰", SAME)
    assert (await village.matter(2)).status == "open"  # recorded at once, whatever they answer
    [asked] = village.heard("钱玉兰")
    assert asked == f"这和 #1（{LAMP}）是一件事吗？是的话，就并到一起办，办好了也会问您。"

    shown = await village.press("钱玉兰", "是")
    assert shown == "好，并到 #1 一起办，办好了也会问您。"
    first, second = await village.matter(1), await village.matter(2)
    assert (first.status, second.status) == ("open", "merged")
    assert [event.kind for event in first.events][-1] == "join"
    assert [(event.kind, event.note) for event in second.events][-1] == ("merge", "#1")
    assert any("钱玉兰也说了" in text and "一共 2 户" in text for text in village.heard("李建国"))
    await village.nothing_is_left_over()


async def test_who_has_joined_hears_what_becomes_of_it_as_the_reporter_does(village: Tale) -> None:
    await village.say("王德福", LAMP)
    await village.say("钱玉兰", SAME)
    await village.press("钱玉兰", "是")
    village.listen_from_now()
    await village.say("陈志强", "#1 挂账到12月底，等镇里拨款", private=True)
    [told] = village.heard("王德福")
    assert "等镇里拨款" in told
    assert village.heard("钱玉兰") == [told]


async def test_no_and_silence_leave_both(village: Tale) -> None:
    await village.say("王德福", LAMP)
    await village.say("钱玉兰", SAME)
    assert await village.press("钱玉兰", "不是") == "好，#2 单独办。"
    await village.say("马小军", "村口路灯又不亮", private=True)  # said privately: nobody's to compare
    assert [(await village.matter(number)).status for number in (1, 2, 3)] == ["open"] * 3
    assert not any("是一件事吗" in text for text in village.said_to("马小军"))


async def test_another_place_another_thing_or_another_house_is_not_asked_about(village: Tale) -> None:
    for name, text in (
        ("王德福", LAMP),
        ("钱玉兰", "桥头路灯坏了没人修"),
        ("马小军", "村口垃圾没人拉，臭死了"),
        ("李建国", "李大娘家水管漏了"),
        ("何文", "谢秀珍家水管漏了"),
    ):
        await village.say(name, text)
    heard = [text for name in village.village.people for text in village.said_to(name)]
    assert not [text for text in heard + village.said_in_group() if "一件事吗" in text]


async def test_a_word_under_the_bots_line_joins_and_each_confirms_for_their_own_side(village: Tale) -> None:
    await village.say("王德福", "俺家断水两天了，做饭都是买的水")
    line = village.from_bot(village.village.group.id)[-1]
    also = await village.say("钱玉兰", "俺家也是", reply_to=line)
    assert village.reaction_to(also) == "👍"
    assert len((await village.ledger()).matters) == 1

    await village.press("李建国", "我来处理")
    await village.press("李建国", "已解决")
    for name in ("王德福", "钱玉兰"):
        assert any(text.startswith(f"{name}，水来了吗？") for text in village.said_to(name))
    await village.press("王德福", "好了")
    assert (await village.matter()).status == "claimed_solved"  # the other side has not said yet
    await village.press("钱玉兰", "没好")
    matter = await village.matter()
    assert (matter.status, matter.step) == ("open", "group")
    assert matter.acknowledge_by == village.now + timedelta(hours=2)

    await village.press("张海燕", "我来处理")
    await village.press("张海燕", "已解决")
    await village.press("钱玉兰", "好了一半")
    await village.press("王德福", "好了")
    matter = await village.matter()
    assert (matter.status, matter.outcome) == ("closed", "partly")
    await village.nothing_is_left_over()


async def test_who_stays_silent_does_not_keep_it_open(village: Tale) -> None:
    await village.say("王德福", LAMP)
    await village.say("钱玉兰", SAME)
    await village.press("钱玉兰", "是")
    await village.press("李建国", "我来处理")
    await village.press("李建国", "已解决")
    asked = village.now
    await village.press("王德福", "好了")
    village.listen_from_now()
    await village.turn_to(asked + timedelta(days=2, hours=14))
    assert any("再问您一次" in text for text in village.heard("钱玉兰"))
    assert not any("再问您一次" in text for text in village.heard("王德福"))
    await village.fast_forward(days=6)
    matter = await village.matter()
    assert (matter.status, matter.outcome) == ("closed", "satisfied")


async def test_from_three_households_its_clocks_run_faster(village: Tale) -> None:
    await village.say("王德福", LAMP)
    before = await village.matter()
    assert before.solve_by == village.now + timedelta(days=7)
    for name in ("钱玉兰", "马小军"):
        await village.say(name, SAME)
        await village.press(name, "是")
    matter = await village.matter(1)
    assert matter.solve_by == village.now.replace(day=14, hour=7, minute=0)  # half a week on it is night
    assert before.acknowledge_by is not None
    assert matter.acknowledge_by is not None
    assert matter.acknowledge_by < before.acknowledge_by
    assert any("说的户多了，请抓紧" in text for text in village.heard("李建国"))
    assert any(event.note == "有 3 户反映，期限提前" for event in matter.events)
