"""An emergency: how a roll-call is opened, joined, taken back, and how it ends."""

from __future__ import annotations

from sqlmodel import col, select

from storage.tables import Notice, RollCall, RollCallHousehold
from tests.stories.roll_calls import HEAD, open_call
from tests.stories.telling import Tale


async def test_everybody_is_called_answers_and_it_is_closed_with_a_report(village: Tale) -> None:
    await open_call(village)
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
    await open_call(village)
    assert [HEAD in text for text in village.heard("李建国")] == [True]
    await village.fast_forward(minutes=30)
    assert len([text for text in village.heard("李建国") if "还差 4 户没报" in text]) == 3


async def test_a_line_sent_by_mistake_is_taken_back(village: Tale) -> None:
    await open_call(village, "应急点名 全村 暴雨转移")
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
    await open_call(village)
    village.listen_from_now()
    await open_call(village, "应急点名 二组 山洪")
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
    await open_call(village, "应急点名 全村 滑坡")
    await village.press("陈志强", "另开一个")
    await village.say("李建国", "我包的都安全")
    async with village.village.app.database.reading() as session:
        safe = await session.exec(select(RollCallHousehold).where(RollCallHousehold.state == "safe"))
        assert len(list(safe)) == 8


async def test_a_drill_says_so_everywhere_and_is_not_mistaken_for_an_emergency(village: Tale) -> None:
    await open_call(village, "点名演练 一组 防汛")
    head = "【演练·点名】防汛（一组）"
    assert village.heard("李建国")[0].startswith(head)
    assert village.heard_in_group()[0].startswith(head)
    await open_call(village, "应急点名 一组 防汛")
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


async def test_the_town_calls_one_of_its_villages(village: Tale) -> None:
    await village.say("赵敏", "杏林村 应急点名 一组 暴雨转移", private=True)
    head = "【应急点名】暴雨转移（杏林村一组）"
    opened, overview = village.heard("赵敏")[-1], village.heard("赵敏")
    assert head in opened or any(head in text for text in overview)
    assert head in village.heard("李建国")[0]
    secretary = village.heard("陈志强")
    assert any("一组：高有福（陈志强）" in text for text in secretary)  # told at once, with the buttons
    assert await village.press("赵敏", "结束点名") == "好，点名结束了。总结在下面。"


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
