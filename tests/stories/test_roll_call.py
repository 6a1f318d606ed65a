"""An emergency: who is called, what they say, who is missing, and how it ends."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import col, select

from bot.playground import members, people
from storage.tables import Household, Notice, Person, RollCall, RollCallEvent, RollCallHousehold
from tests.stories.telling import Tale

HEAD = "【应急点名】暴雨转移（一组）"


async def _open(village: Tale, line: str = "应急点名 暴雨转移，一组") -> None:
    """陈志强, the secretary, calls the households of the first group: 16, four of each of four members."""
    await village.say("陈志强", line)


async def _state(village: Tale, head: str) -> tuple[str, str | None, bool, bool]:
    """(state, by, confirmed, disputed) of a household in the latest roll-call that asks for it."""
    async with village.village.app.database.reading() as session:
        found = await session.exec(
            select(RollCallHousehold)
            .join(Household, col(Household.id) == col(RollCallHousehold.household_id))
            .where(Household.head == head)
            .order_by(col(RollCallHousehold.id).desc())
        )
        row = found.first()
        assert row is not None
        return row.state, row.by_name, row.confirmed, row.disputed


async def test_everybody_is_called_answers_and_it_is_closed_with_a_report(village: Tale) -> None:
    await _open(village)
    [card] = village.heard("李建国")
    assert card == (
        f"{HEAD}\n"
        "请报一下这 4 户的情况：\n"
        "1. 王德福（杏林路10号）：还没报\n"
        "2. 李桂英（杏林路12号）：还没报\n"
        "3. 周大山（杏林路14号）：还没报\n"
        "4. 吴春生（杏林路16号）：还没报\n"
        "点按钮，或直接写：王德福家已转移，其余都安全。（失联＝联系不上）"
    )
    assert village.heard("刘春梅") == []  # nobody of hers lives in the first group
    [board] = village.heard_in_group()
    assert board.startswith(f"{HEAD}\n已有着落 0/16 户：安全 0，已转移 0，不肯走 0。\n")
    own, overview = village.heard("陈志强")
    assert "1. 高有福（村口1号）：还没报" in own
    assert "一组：高有福（陈志强）、林桂花（陈志强）" in overview

    assert await village.press("李建国", "1 转移") == "记下了：王德福 已转移。"
    said = await village.say("李建国", "李大娘家联系不上，其余都安全")
    assert village.reaction_to(said) == "👍"
    assert village.said_to("李建国")[-1] == (
        f"{HEAD}\n"
        "请报一下这 4 户的情况：\n"
        "1. 王德福（杏林路10号）：已转移\n"
        "2. 李桂英（杏林路12号）：联系不上\n"
        "3. 周大山（杏林路14号）：安全\n"
        "4. 吴春生（杏林路16号）：安全\n"
        "都报齐了，谢谢！情况变了再点“改”，或直接写。"
    )
    await village.say("陈志强", "我包的都安全", private=True)
    assert (
        "记下了：高有福 安全、林桂花 安全、罗永贵 安全、梁秋生 安全。您的都报齐了，谢谢！"
        in village.heard("陈志强")
    )
    await village.say("张海燕", "1、3户已转移，其余安全", private=True)
    await village.press("何文", "没报的 4 户都转移了")
    await village.fast_forward(minutes=1)
    assert village.heard_in_group() == []  # one message, edited in place
    assert village.said_in_group()[-1] == (
        f"{HEAD}\n"
        "已有着落 15/16 户：安全 8，已转移 7，不肯走 0。\n"
        "还没有着落 1 户（联系不上 1）：\n"
        "一组：李桂英\n"
        "知道的、看见的，在群里说一声，比如：李桂英家已转移。"
    )
    await village.fast_forward(minutes=3)
    await village.press("李建国", "改 2")
    await village.press("李建国", "2 转移")
    [complete] = village.heard("陈志强")
    assert complete == f"{HEAD}\n16 户都有着落了，用时 4 分钟。可以结束了就点下面的按钮。"
    await village.fast_forward(minutes=5)
    assert await village.press("陈志强", "结束点名") == "好，点名结束了。总结在下面。"
    [report] = village.heard("陈志强")
    assert report == (
        f"{HEAD} 已结束\n"
        "今天 17:30 开始，今天 17:39 由陈志强结束。\n"
        "已有着落 16/16 户：安全 8，已转移 8，不肯走 0。\n"
        "4 分钟 全部有着落。\n"
        "说转移了、还没人核实：宋长林、韩玉柱、王德福、李桂英、郑金宝、谢秀珍、邓满仓、许来喜\n"
        "结束以后补报的也会记下来告诉您。"
    )
    assert village.said_in_group()[-1] == (
        f"{HEAD} 已结束\n已有着落 16/16 户：安全 8，已转移 8，不肯走 0。\n都有着落了。\n用时 4 分钟。"
    )
    village.listen_from_now()
    await village.fast_forward(hours=3)
    assert all(not any(HEAD in text for text in village.heard(name)) for name in village.village.people)
    await village.nothing_is_left_over()


async def test_at_night_it_wakes_people_and_counts_in_no_budget(village: Tale) -> None:
    await village.turn_to("23:00")
    village.listen_from_now()
    await _open(village)
    assert [HEAD in text for text in village.heard("李建国")] == [True]
    await village.fast_forward(minutes=30)
    assert len([text for text in village.heard("李建国") if "还差 4 户没报" in text]) == 3


async def test_whoever_has_not_answered_is_called_again_then_those_above_are_told(village: Tale) -> None:
    await _open(village)
    await village.say("陈志强", "我包的都安全", private=True)
    await village.say("张海燕", "都安全", private=True)
    await village.say("何文", "都安全", private=True)
    village.listen_from_now()
    await village.fast_forward(minutes=10)
    [nudge] = village.heard("李建国")
    assert (
        nudge == f"{HEAD}\n还差 4 户没报：王德福、李桂英、周大山、吴春生。请点上面那条的按钮，或直接回一句。"
    )
    assert village.heard("何文") == []

    await village.fast_forward(minutes=5)  # neighbours: who lives nearest, who answers for the nearest
    [asked] = village.heard("何文")
    assert asked.startswith(f"{HEAD}\n想请您帮着看一眼，这 2 户您知道吗？没看见就不用管。\n1. 周大山（")
    village.listen_from_now()
    await village.fast_forward(minutes=5)  # the leader of the group
    [found] = village.heard("张海燕")
    assert found.startswith(
        f"{HEAD}\n这 4 户到现在没有着落，请您帮着找一找：\n5. 王德福（杏林路10号，李建国联系）"
    )
    await village.fast_forward(minutes=39)
    assert village.heard("赵敏") == []
    await village.fast_forward(minutes=1)  # the town
    [told] = village.heard("赵敏")
    assert told.startswith(f"{HEAD}\n已经 1 小时 了，还没有齐。\n已有着落 12/16 户")
    assert "一组：王德福（李建国）、李桂英（李建国）、周大山（李建国）、吴春生（李建国）" in told
    # The leader finds them by the numbers of her list, which go on from her own.
    village.listen_from_now()
    await village.say("张海燕", "5、6户已转移，第7户拒绝，第8户安全", private=True)
    assert (await _state(village, "李桂英"))[:2] == ("moved", "张海燕")
    assert (await _state(village, "周大山"))[:2] == ("refused", "张海燕")
    await village.fast_forward(minutes=11)
    assert not any("还差" in text for text in village.heard("李建国"))


async def test_who_moved_is_sure_when_a_second_has_seen_it(village: Tale) -> None:
    await _open(village)
    await village.press("李建国", "1 转移")
    assert await _state(village, "王德福") == ("moved", "李建国", False, False)
    assert await village.press("王德福", "已转移") == "记下了：王德福 已转移。"
    assert await _state(village, "王德福") == ("moved", "李建国", True, False)
    # Nobody at home answers for the others: neighbours are asked what they have seen.
    await village.press("李建国", "2 转移")
    for member in ("陈志强", "张海燕", "何文"):
        await village.press(member, "没报的 4 户都安全")
    village.listen_from_now()
    await village.fast_forward(minutes=15)
    asked = village.heard("王德福")[-1]
    assert "李桂英（杏林路12号）：说是转移了，您看见了吗？" in asked
    await village.press("王德福", asked.split("李桂英")[0][-3] + " 转移")
    assert await _state(village, "李桂英") == ("moved", "李建国", True, False)


async def test_the_shelter_confirms_by_itself(village: Tale) -> None:
    await _open(village)
    await village.say("陈志强", "安置点：刘春梅", private=True)
    assert village.heard("陈志强")[-1] == "好，安置点由刘春梅负责：他说接到了的，就算核实过。"
    assert "请您负责安置点：接到一户写一句" in village.heard("刘春梅")[0]
    await village.say("刘春梅", "安置点接到老王家3人", private=True)
    assert await _state(village, "王德福") == ("moved", "刘春梅", True, False)
    await village.say("李建国", "安置点：李建国", private=True)
    assert village.heard("李建国")[-1] == "点名由开的人、书记或镇干部来定。"


async def test_of_two_who_contradict_the_worse_holds_until_the_secretary_decides(village: Tale) -> None:
    await _open(village)
    await village.press("李建国", "1 转移")
    village.listen_from_now()
    await village.say("何文", "王德福家不肯走")
    assert await _state(village, "王德福") == ("refused", "何文", False, True)
    [told] = village.heard("陈志强")
    assert told == (
        f"{HEAD}\n王德福家两种说法：何文说不肯走，李建国说已转移。先按不肯走算，请核实；您写一句就按您的算。"
    )
    assert village.heard_in_group() == []
    await village.say("陈志强", "王德福家已转移", private=True)
    assert await _state(village, "王德福") == ("moved", "陈志强", True, False)
    given = [event for event in await village.rows(RollCallEvent) if event.kind == "answer"]
    assert [(event.by_name, event.state) for event in given] == [
        ("李建国", "moved"),
        ("何文", "refused"),
        ("陈志强", "moved"),
    ]


async def test_who_refuses_is_named_to_those_who_decide_and_not_in_the_group(village: Tale) -> None:
    await _open(village)
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
    await _open(village)
    [asked] = village.heard("王德福")
    assert asked == (
        f"{HEAD}\n您家（户主 王德福）现在怎么样？点一下，或直接写：我们3口人都安全。有危险马上写给我。"
    )
    await village.say("王德福", "我们3口人都安全", private=True)
    assert await _state(village, "王德福") == ("safe", "王德福", False, False)
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
    assert await _state(village, "周大山") == ("safe", "外地来的", False, False)


async def test_somebody_on_leave_or_out_of_reach_is_stood_in_for(village: Tale) -> None:
    await village.say("李建国", "请假 今天到11月14日，何文代", private=True)
    await village.press("何文", "同意")
    async with village.village.app.database.transaction() as session:
        her = (await session.exec(select(Person).where(Person.name == "刘春梅"))).one()
        her.telegram_id = None
        session.add(her)
    village.listen_from_now()
    await _open(village, "应急点名 全村 暴雨转移")
    assert village.heard("李建国") == []
    [card] = village.heard("何文")
    assert "请报一下这 8 户的情况" in card and "王德福" in card and "郑金宝" in card
    [leader] = village.heard("孙立新")  # leads the second group
    assert "请报一下这 8 户的情况" in leader and "曹振华" in leader and "叶小妹" in leader
    await village.nothing_is_left_over()


async def test_a_line_sent_by_mistake_is_taken_back(village: Tale) -> None:
    await _open(village, "应急点名 全村 暴雨转移")
    village.listen_from_now()
    assert await village.press("陈志强", "发错了，撤销") == "好，撤销了，已经告诉大家不用报。"
    gone = "【应急点名】暴雨转移（全村）\n撤销了，不用报了。"
    assert village.said_to("李建国")[-1] == village.said_in_group()[-1] == gone
    await village.fast_forward(hours=2)
    assert village.heard("李建国") == []
    said = await village.say("李建国", "王德福家已转移")
    assert village.reaction_to(said) is None
    assert [call.status for call in await village.rows(RollCall)] == ["withdrawn"]


async def test_where_a_meeting_may_be_meant_it_asks_first(village: Tale) -> None:
    await village.say("陈志强", "点名 一组 开会到人", private=True)
    [asked] = village.heard("陈志强")
    assert asked == "【应急点名】开会到人（一组）：共 16 户，要通知 4 个人。现在就点名吗？"
    assert village.heard("李建国") == []
    await village.press("陈志强", "不点了")
    assert await village.press("陈志强", "现在点名") == "这个已经定过了，什么也没改。"
    await village.say("陈志强", "点名 一组 挨家看看", private=True)
    assert await village.press("陈志强", "现在点名") == "好，已经开始点名。"
    assert "【应急点名】挨家看看（一组）" in village.heard("李建国")[0]


async def test_a_second_one_joins_the_first_or_stands_by_itself(village: Tale) -> None:
    await _open(village)
    village.listen_from_now()
    await _open(village, "应急点名 二组 山洪")
    [asked] = village.heard_in_group()
    assert asked == (
        f"{HEAD}还没有结束。\n这次是【应急点名】山洪（二组），共 8 户。并到一起点，还是另开一个？"
    )
    assert await village.press("何文", "并到一起") == "点名由开的人、书记或镇干部来定。"
    assert await village.press("陈志强", "并到一起") == "好，并进去了：又加了 8 户。"
    assert "请报一下这 4 户的情况：\n1. 曹振华" in village.heard("孙立新")[0]
    await village.fast_forward(minutes=1)
    assert any("0/24 户" in text for text in village.said_in_group())
    # Another one over the same households: said once, it counts in both.
    await _open(village, "应急点名 全村 滑坡")
    await village.press("陈志强", "另开一个")
    await village.say("李建国", "我包的都安全")
    async with village.village.app.database.reading() as session:
        safe = await session.exec(select(RollCallHousehold).where(RollCallHousehold.state == "safe"))
        assert len(list(safe)) == 8


async def test_a_drill_says_so_everywhere_and_is_not_mistaken_for_an_emergency(village: Tale) -> None:
    await _open(village, "点名演练 一组 防汛")
    head = "【演练·点名】防汛（一组）"
    assert village.heard("李建国")[0].startswith(head)
    assert village.heard_in_group()[0].startswith(head)
    await _open(village, "应急点名 一组 防汛")
    await village.say("李建国", "我包的都安全")
    async with village.village.app.database.reading() as session:
        answered = await session.exec(
            select(RollCall.drill)
            .join(RollCallHousehold, col(RollCallHousehold.roll_call_id) == col(RollCall.id))
            .where(RollCallHousehold.state == "safe")
        )
        assert set(answered) == {False}
        urgent = await session.exec(select(Notice).where(Notice.kind == "rollcall.member"))
        assert {(notice.text.startswith(head), notice.priority) for notice in urgent} == {
            (True, 20),
            (False, 0),
        }


async def test_what_comes_after_the_end_is_kept_and_told(village: Tale) -> None:
    await _open(village)
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
    await _open(village)
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
    await _open(village)
    village.listen_from_now()
    await village.say("李建国", "老王家已转移，老周家房子塌了压着人，快来救人")
    assert (await _state(village, "王德福"))[0] == "moved"
    matter = await village.matter()
    assert (matter.urgency, matter.text) == ("emergency", "老周家房子塌了压着人，快来救人")


async def test_a_message_put_right_by_editing_counts_as_it_reads_now(village: Tale) -> None:
    await _open(village)
    said = await village.say("李建国", "老王家已转移")
    await village.edit(said, "老王家联系不上")
    assert (await _state(village, "王德福"))[0] == "unreached"
    await village.say("李建国", "老王家刚才说错了，没转移")
    assert (await _state(village, "王德福"))[0] == "unchecked"


async def test_the_town_calls_one_of_its_villages(village: Tale) -> None:
    await village.say("赵敏", "杏林村 应急点名 一组 暴雨转移", private=True)
    head = "【应急点名】暴雨转移（杏林村一组）"
    opened, overview = village.heard("赵敏")[-1], village.heard("赵敏")
    assert head in opened or any(head in text for text in overview)
    assert head in village.heard("李建国")[0]
    secretary = village.heard("陈志强")
    assert any("一组：高有福（陈志强）" in text for text in secretary)  # told at once, with the buttons
    assert await village.press("赵敏", "结束点名") == "好，点名结束了。总结在下面。"


async def test_after_twenty_minutes_of_silence_each_is_called_once(village: Tale) -> None:
    await _open(village)
    await village.village.stop_bot()
    people.say(
        village.village.world, village.village.group.id, village.village.people["何文"].id, "我包的都安全"
    )
    village.village.clock.move_to(village.now + timedelta(minutes=25))
    village.listen_from_now()
    await village.village.start_bot()
    await village.village.settle()
    await village.village.app.tick()
    assert len([text for text in village.heard("李建国") if "还差 4 户没报" in text]) == 1
    assert not any("还差" in text for text in village.heard("何文"))
    await village.nothing_is_left_over()


async def test_a_long_list_has_pages(village: Tale) -> None:
    async with village.village.app.database.transaction() as session:
        others = await session.exec(
            select(Person).where(col(Person.name).in_(("孙立新", "刘春梅", "陈志强")))
        )
        for one in others:
            if one.name != "陈志强":
                one.telegram_id = None
                session.add(one)
    await _open(village, "应急点名 二组 暴雨")
    card = village.from_bot(village.village.people["陈志强"].id)[-2]
    assert "请报一下这 8 户的情况" in (card.text or "")
    await _open(village, "应急点名 一组 暴雨")
    await village.press("陈志强", "并到一起")
    card = village.from_bot(village.village.people["陈志强"].id)[-3]
    assert "请报一下这 12 户的情况" in (card.text or "") and "9. " not in (card.text or "")
    await village.press("陈志强", "下一页", on=card)
    card = village.village.world.chats[card.chat.id].messages[card.id]
    assert (card.text or "").splitlines()[2] == "9. 高有福（村口1号）：还没报"
    await village.press("陈志强", "12 转移", on=card)
    assert (await _state(village, "梁秋生"))[0] == "moved"


async def test_a_members_phone_is_shown_to_those_who_decide_and_written_nowhere(village: Tale) -> None:
    await _open(village)
    assert await village.press("陈志强", "李建国的电话") == "李建国：13800001003"
    async with village.village.app.database.reading() as session:
        assert not [notice for notice in await session.exec(select(Notice.text)) if "13800001003" in notice]


async def test_what_can_not_be_gets_one_clear_sentence(village: Tale) -> None:
    for name, said, answered in (
        ("陈志强", "点名", "现在没有点名。\n要点名，这样写："),
        ("陈志强", "/rollcall", "现在没有点名。\n要点名，这样写："),
        ("李建国", "点名", "现在没有点名。"),
        ("李建国", "应急点名 全村 暴雨", "点名由书记、副书记或镇干部来开。"),
        ("陈志强", "应急点名 九组 暴雨", "没有 9 组。本村有：一组、二组。"),
        ("陈志强", "点名 隔离户 排查", "“全村的隔离”里没有一户人家，没有点名。"),
        ("赵敏", "结束点名", "现在没有点名。"),
        ("陈志强", "撤销点名", "现在没有点名。"),
    ):
        await village.say(name, said, private=True)
        [text] = village.heard(name)
        assert text.startswith(answered)
    assert await village.rows(RollCall) == []
