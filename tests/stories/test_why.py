"""Numbers that the bot states, opened in the chat to the rows behind them."""

from datetime import datetime

from bot.demo.village import ZONE
from tests.stories.telling import Tale, labels
from tests.stories.test_discretion import AGAINST_SECRETARY

PARTICIPATION = "参与率＝报过走访的党员 ÷ 全部党员；整段时间都在请假、又没有走访的不算在内。"


async def some_happenings(village: Tale) -> None:
    await village.say("李建国", "今天走访了王德福家和李桂英家，李桂英家水管漏了")
    await village.say("何文", "今天走访了3户")
    await village.say("钱玉兰", "村口路灯坏了三天没人管")
    village.listen_from_now()


async def test_a_secretary_opens_a_rate_to_everybody_who_counts(village: Tale) -> None:
    await some_happenings(village)
    await village.say("陈志强", "为什么 参与率", private=True)
    assert village.heard("陈志强") == [
        "参与率（杏林村，11月1日到11月10日）：33.3%（2/6）\n"
        f"{PARTICIPATION}\n"
        "打✓的算进去了，打✗的没算进去，没算进去的在前（6条）：\n"
        "· 陈志强 ✗\n· 张海燕 ✗\n· 孙立新 ✗\n· 刘春梅 ✗\n· 李建国 ✓\n· 何文 ✓"
    ]


async def test_a_member_sees_of_it_what_is_theirs(village: Tale) -> None:
    await some_happenings(village)
    await village.say("何文", "为什么 参与率", private=True)
    assert village.heard("何文") == [
        "参与率（杏林村，11月1日到11月10日）：33.3%（2/6）\n"
        f"{PARTICIPATION}\n"
        "打✓的算进去了，打✗的没算进去，没算进去的在前（1条）：\n"
        "· 何文 ✓\n"
        "还有5条是别人的或者不公开的，这里只列您自己的；要看全，请找书记。"
    ]


async def test_in_the_group_nobody_is_named(village: Tale) -> None:
    await some_happenings(village)
    await village.say("陈志强", "/why 参与率")
    [answer] = village.heard_in_group()
    assert answer == (
        "参与率（杏林村，11月1日到11月10日）：33.3%（2/6）\n"
        f"{PARTICIPATION}\n"
        "还有6条有人名户名，群里不列；私下跟我说“为什么 参与率”就能看。"
    )
    await village.say("李建国", "为什么 收集意见")
    [matters] = village.heard_in_group()
    assert "· #1 11月10日 李桂英家水管漏了（等人接手）\n· #2 11月10日 村口路灯坏了三天没人管" in matters
    # A resident's word, or a bare one, is a word like any other there.
    await village.say("钱玉兰", "为什么 参与率")
    await village.say("李建国", "为什么")
    await village.say("李建国", "为什么三户")
    assert village.heard_in_group() == []


async def test_each_number_of_the_board_opens_in_answer_to_it(village: Tale) -> None:
    await some_happenings(village)
    await village.say("陈志强", "进度", private=True)
    [board] = village.heard("陈志强")
    assert board.endswith("本月：走访 5 户，登记事项 2 件，办结 0 件。")
    board_message = village.from_bot(village.village.people["陈志强"].id)[-1]
    await village.say("陈志强", "为什么", private=True, reply_to=board_message)
    assert village.heard("陈志强") == ["这条消息里有几个数，想看哪个？"]
    asked = village.from_bot(village.village.people["陈志强"].id)[-1]
    assert labels(asked) == ["没办完的事：2件", "走访户数：5户", "收集意见：2件", "办结：0件"]
    assert await village.press("陈志强", "走访户数：5户") == "好"
    assert village.said_to("陈志强")[-1] == (
        "走访户数（杏林村，11月1日到11月10日）：5户\n"
        "走访到的户，加上报了户数没说是谁家的；进度和周报上的“走访几户”就是它。\n"
        "是这样来的（3条）：\n"
        "· 王德福 杏林路10号\n· 李桂英 杏林路12号\n· 11月10日 何文（没说是谁家的3户）：3户"
    )


async def test_ones_own_sum_opens_by_its_number(village: Tale) -> None:
    await some_happenings(village)
    await village.say("李建国", "我的", private=True)
    assert "合计 2 户。" in village.heard("李建国")[0]
    mine = village.from_bot(village.village.people["李建国"].id)[-1]
    await village.say("李建国", "为什么 2户", private=True)
    assert village.heard("李建国") == ["有几个数都对得上，想看哪个？"]
    await village.press("李建国", "我走访的户：2户")
    assert village.said_to("李建国")[-1].endswith(
        "是这样来的（1条）：\n· 11月10日 李建国（王德福、李桂英）：2户"
    )
    await village.say("李建国", "为什么", private=True, reply_to=mine)
    assert labels(village.from_bot(village.village.people["李建国"].id)[-1]) == [
        "我走访的户：2户",
        "我提的事：1件",
    ]
    await village.say("李建国", "为什么 88户", private=True)
    assert village.heard("李建国")[-1] == "现在没有哪个数正好是88户。可以写名字，例如“为什么 参与率”。"


async def test_a_number_that_has_changed_since_is_told_as_it_is_now(village: Tale) -> None:
    await some_happenings(village)
    await village.say("陈志强", "为什么 走访户数是4户", private=True)
    assert "您说的是4户，现在算是5户。" in village.heard("陈志强")[0]


async def test_a_long_list_turns_its_pages_in_one_message(village: Tale) -> None:
    await village.say("陈志强", "为什么 联系户数", private=True)
    [first] = village.heard("陈志强")
    assert "是这样来的（24条，第1页，共2页）：" in first
    assert first.count("\n· ") == 20
    await village.press("陈志强", "下一页")
    second = village.said_to("陈志强")[-1]
    assert "第2页，共2页" in second
    assert second.count("\n· ") == 4
    await village.press("陈志强", "上一页")
    assert village.said_to("陈志强")[-1] == first
    assert village.heard("陈志强") == []  # always the same message


async def test_a_resident_has_their_own_matters_and_no_more(village: Tale) -> None:
    await some_happenings(village)
    await village.say("钱玉兰", "为什么 参与率", private=True)
    assert village.heard("钱玉兰") == [
        "这个数给联户党员和村里看。您提的事都在这里：\n"
        "我提的事（钱玉兰，现在）：1件\n"
        "您反映过的事，撤回的也列着。\n"
        "是这样来的（1条）：\n"
        "· #2 11月10日 村口路灯坏了三天没人管（等人接手）"
    ]
    await village.say("钱玉兰", "数据", private=True)
    assert village.heard("钱玉兰") == ["数据给联户党员和村里看。您提的事，说“我的”就能看。"]


async def test_private_matters_are_counted_and_never_listed(village: Tale) -> None:
    await village.say("钱玉兰", "我爹高血压住院了，谁能帮忙送个饭")
    assert (await village.matter()).private
    village.listen_from_now()
    for name in ("陈志强", "李建国", "赵敏"):
        await village.say(name, "为什么 收集意见", private=True)
        told = village.heard(name)[-1]
        assert "收集意见（杏林村，11月1日到11月10日）：1件" in told
        assert "高血压" not in told
        assert "还有1条" in told


async def test_no_figure_tells_the_accused_what_accuses_them(village: Tale) -> None:
    await village.say("马小军", AGAINST_SECRETARY)
    assert (await village.matter()).step == "town"
    village.listen_from_now()
    await village.say("陈志强", "数据", private=True)
    await village.say("赵敏", "数据", private=True)
    [told], [whole] = village.heard("陈志强"), village.heard("赵敏")
    assert {"作风类：1件", "线索：1条", "无案件的村：0%（0/1）", "没办完的事：1件"} <= _figures(whole)
    assert {"收集意见：1件", "其他类：1件", "无案件的村：100%（1/1）"} <= _figures(told)
    assert not {one for one in _figures(told) if one.startswith(("作风", "线索", "没办完"))}
    for asked in ("为什么 作风类", "为什么 线索", "为什么 没办完的事", "为什么 无上交矛盾的村"):
        await village.say("陈志强", asked, private=True)
        assert "#1" not in (answer := village.heard("陈志强")[-1])
        assert "：0" in answer or "100%" in answer


def _figures(text: str) -> set[str]:
    return {line.removeprefix("· ") for line in text.splitlines()}


async def test_what_is_not_understood_says_how_to_ask(village: Tale) -> None:
    await village.say("陈志强", "/why 天上的星星", private=True)
    assert village.heard("陈志强") == [
        "没看懂要看哪个数。可以写“为什么 参与率”“为什么 3户”，或者只写“为什么”挑一个。"
    ]
    await village.say("陈志强", "为什么", private=True)
    assert "想看哪个数是怎么来的？" in village.heard("陈志强")[0]
    assert "参与率：0%（0/6）" in labels(village.from_bot(village.village.people["陈志强"].id)[-1])


async def test_the_figures_of_a_month_come_in_one_message(village: Tale) -> None:
    await some_happenings(village)
    await village.say("陈志强", "数据", private=True)
    [told] = village.heard("陈志强")
    lines = told.splitlines()
    assert lines[0] == "杏林村 11月1日到11月10日的数据："
    assert {"· 覆盖率：100%（24/24）", "· 走访户数：5户", "· 户均走访次数：0.21次（5/24）"} <= set(lines)
    assert not any("学习" in line for line in lines)  # there has been none
    assert lines[-1] == "哪个数想看怎么来的，就说“为什么 参与率”。没有数的没有列。"
    await village.say("陈志强", "十月数据", private=True)
    assert village.heard("陈志强")[0].startswith("杏林村 10月1日到10月31日的数据：")
    await village.say("赵敏", "杏林村 数据", private=True)
    assert village.heard("赵敏")[0].startswith("杏林村 11月1日到11月10日的数据：")


async def test_last_weeks_digest_opens_to_last_week(village: Tale) -> None:
    await some_happenings(village)
    await village.turn_to(datetime(2026, 11, 16, 9, 0, tzinfo=ZONE))  # a Monday
    chat = village.village.people["陈志强"].id
    [digest] = [one for one in village.from_bot(chat) if "上一周" in (one.text or "")]
    assert "走访了5户" in (digest.text or "")
    village.listen_from_now()
    await village.say("陈志强", "为什么", private=True, reply_to=digest)
    assert {"走访户数：5户", "去走访的党员：2名", "收集意见：2件"} <= set(labels(village.from_bot(chat)[-1]))
    await village.press("陈志强", "去走访的党员：2名")
    assert village.said_to("陈志强")[-1] == (
        "去走访的党员（杏林村，11月9日到11月15日）：2名\n"
        "报过走访的人，一人只算一次。\n"
        "是这样来的（2条）：\n· 李建国\n· 何文"
    )
