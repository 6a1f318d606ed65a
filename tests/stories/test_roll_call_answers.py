"""What is told of a household in a roll-call: who says so, who has seen it, what holds when they differ."""

from __future__ import annotations

from bot.playground import members, people
from storage.tables import RollCallEvent
from tests.stories.roll_calls import HEAD, open_call, state_of
from tests.stories.telling import Tale


async def test_who_moved_is_sure_when_a_second_has_seen_it(village: Tale) -> None:
    await open_call(village)
    await village.press("李建国", "1 转移")
    assert await state_of(village, "王德福") == ("moved", "李建国", False, False)
    assert await village.press("王德福", "已转移") == "记下了：王德福 已转移。"
    assert await state_of(village, "王德福") == ("moved", "李建国", True, False)
    # Nobody at home answers for the others: neighbours are asked what they have seen.
    await village.press("李建国", "2 转移")
    for member in ("陈志强", "张海燕", "何文"):
        await village.press(member, "没报的 4 户都安全")
    village.listen_from_now()
    await village.fast_forward(minutes=15)
    asked = village.heard("王德福")[-1]
    assert "李桂英（杏林路12号）：说是转移了，您看见了吗？" in asked
    await village.press("王德福", asked.split("李桂英")[0][-3] + " 转移")
    assert await state_of(village, "李桂英") == ("moved", "李建国", True, False)


async def test_the_shelter_confirms_by_itself(village: Tale) -> None:
    await open_call(village)
    await village.say("陈志强", "安置点：刘春梅", private=True)
    assert village.heard("陈志强")[-1] == "好，安置点由刘春梅负责：他说接到了的，就算核实过。"
    assert "请您负责安置点：接到一户写一句" in village.heard("刘春梅")[0]
    await village.say("刘春梅", "安置点接到老王家3人", private=True)
    assert await state_of(village, "王德福") == ("moved", "刘春梅", True, False)
    await village.say("李建国", "安置点：李建国", private=True)
    assert village.heard("李建国")[-1] == "点名由开的人、书记或镇干部来定。"


async def test_of_two_who_contradict_the_worse_holds_until_the_secretary_decides(village: Tale) -> None:
    await open_call(village)
    await village.press("李建国", "1 转移")
    village.listen_from_now()
    await village.say("何文", "王德福家不肯走")
    assert await state_of(village, "王德福") == ("refused", "何文", False, True)
    [told] = village.heard("陈志强")
    assert told == (
        f"{HEAD}\n王德福家两种说法：何文说不肯走，李建国说已转移。先按不肯走算，请核实；您写一句就按您的算。"
    )
    assert village.heard_in_group() == []
    await village.say("陈志强", "王德福家已转移", private=True)
    assert await state_of(village, "王德福") == ("moved", "陈志强", True, False)
    given = [event for event in await village.rows(RollCallEvent) if event.kind == "answer"]
    assert [(event.by_name, event.state) for event in given] == [
        ("李建国", "moved"),
        ("何文", "refused"),
        ("陈志强", "moved"),
    ]


async def test_who_refuses_is_named_to_those_who_decide_and_not_in_the_group(village: Tale) -> None:
    await open_call(village)
    village.listen_from_now()
    await village.press("李建国", "4 拒绝")
    [told] = village.heard("陈志强")
    assert told == f"{HEAD}\n吴春生家不肯走（李建国 报的），请您出面劝一劝。"
    await village.fast_forward(minutes=1)
    board = village.said_in_group()[-1]
    assert "不肯走 1。" in board
    assert "吴春生" not in board
    assert "不肯走：吴春生" in village.said_to("陈志强")[-2]


async def test_whoever_lives_there_answers_for_themselves(village: Tale) -> None:
    await open_call(village)
    [asked] = village.heard("王德福")
    assert asked == (
        f"{HEAD}\n您家（户主 王德福）现在怎么样？点一下，或直接写：我们3口人都安全。有危险马上写给我。"
    )
    await village.say("王德福", "我们3口人都安全", private=True)
    assert await state_of(village, "王德福") == ("safe", "王德福", False, False)
    assert village.said_to("王德福")[-2].endswith("\n安全 3 人（王德福 报的）")
    # Somebody of whom nobody knows where they live is asked.
    stranger = village.village.world.add_user("外地来的")
    members.set_member(village.village.world, village.village.group.id, stranger.id, "member")
    said = people.say(village.village.world, village.village.group.id, stranger.id, "我们都安全")
    await village.village.settle()
    assert village.heard_in_group()[-1] == "您是哪一家？请写户主的名字，比如：高有福家都安全。"
    people.say(
        village.village.world, village.village.group.id, stranger.id, "周大山家都安全", reply_to_id=said.id
    )
    await village.village.settle()
    assert await state_of(village, "周大山") == ("safe", "外地来的", False, False)


async def test_what_comes_after_the_end_is_kept_and_told(village: Tale) -> None:
    await open_call(village)
    await village.say("陈志强", "结束点名", private=True)
    village.listen_from_now()
    await village.say("李建国", "李大娘家找到了，已转移", private=True)
    assert village.heard("李建国") == ["记下了，点名已经结束，算补报：李桂英 已转移。"]
    assert village.heard("陈志强") == [f"{HEAD} 已结束\n补报：李桂英 已转移（李建国）。"]
    assert await village.press("李建国", "1 安全") == "记下了，点名已经结束，算补报：王德福 安全。"
    await village.fast_forward(hours=3)
    village.listen_from_now()
    said = await village.say("李建国", "周大山家已转移")
    assert village.reaction_to(said) is None  # talk again


async def test_pressing_twice_or_too_late_changes_nothing(village: Tale) -> None:
    await open_call(village)
    card = village.from_bot(village.village.people["李建国"].id)[-1]
    first = people.find_button(card, "1 安全")
    assert first is not None
    assert await village.press("李建国", "1 安全") == "记下了：王德福 安全。"
    before = len(await village.rows(RollCallEvent))
    user = village.village.people["李建国"].id
    people.press(village.village.world, user, card.id, user, data=first["callback_data"])
    await village.village.settle()
    assert len(await village.rows(RollCallEvent)) == before
    overview = village.from_bot(village.village.people["陈志强"].id)[-1]
    assert await village.press("陈志强", "结束点名", on=overview) == "好，点名结束了。总结在下面。"


async def test_trouble_told_besides_becomes_a_matter(village: Tale) -> None:
    await open_call(village)
    village.listen_from_now()
    await village.say("李建国", "老王家已转移，老周家房子塌了压着人，快来救人")
    assert (await state_of(village, "王德福"))[0] == "moved"
    matter = await village.matter()
    assert (matter.urgency, matter.text) == ("emergency", "老周家房子塌了压着人，快来救人")


async def test_a_message_put_right_by_editing_counts_as_it_reads_now(village: Tale) -> None:
    await open_call(village)
    said = await village.say("李建国", "老王家已转移")
    await village.edit(said, "老王家联系不上")
    assert (await state_of(village, "王德福"))[0] == "unreached"
    await village.say("李建国", "老王家刚才说错了，没转移")
    assert (await state_of(village, "王德福"))[0] == "unchecked"
