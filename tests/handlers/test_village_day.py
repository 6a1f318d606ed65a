"""The village day: a member writes one sentence, and two visits and a matter stand in the ledger."""

from __future__ import annotations

from storage.tables import Matter, MatterEvent, Report, Visit
from tests.handlers.conversation import Conversation, reply_to
from tests.services.acts.village import GROUP_CHAT, QIAN, STRANGER, WANG, XIAOMEI, ZHAO


async def test_one_sentence_makes_two_visits_and_a_matter(talk: Conversation) -> None:
    raw = await talk.says(WANG, "今天走访了老王家和李大娘家，李大娘家水管漏了")

    (report,) = await talk.rows(Report)
    assert (report.count, report.unclaimed, report.unknown_names) == (2, 0, [])
    assert {visit.household_id for visit in await talk.rows(Visit)} == {talk.village.li, talk.village.wang_fu}
    (matter,) = await talk.rows(Matter)
    assert (matter.number, matter.assignee_id, matter.household_id) == (1, talk.village.wang, talk.village.li)
    assert talk.reactions() == [(raw["message_id"], "👍")]
    (said,) = talk.said_to(GROUP_CHAT)
    assert said.startswith("已登记 #1 ")
    assert said.endswith("由 王建国 跟进。")


async def test_chatter_gets_no_answer(talk: Conversation) -> None:
    await talk.says(WANG, "吃了没")
    assert talk.sent == []


async def test_a_matter_goes_from_hand_to_hand_until_the_resident_is_satisfied(talk: Conversation) -> None:
    await talk.says(XIAOMEI, "/start", XIAOMEI)
    await talk.says(WANG, "/start", WANG)
    await talk.says(XIAOMEI, "俺家水管漏水了，没人管")
    (matter,) = await talk.rows(Matter)
    assert matter.assignee_id == talk.village.wang

    told = next(notice for notice in talk.sent if notice.kind == "matter.raised")
    assert (await talk.presses(WANG, told, "我来处理")).startswith("好，#1")
    again = await talk.presses(WANG, told, "我来处理")
    assert again.startswith("好，#1"), "the same hand pressing twice changes nothing"
    (matter,) = await talk.rows(Matter)
    assert (matter.status, matter.acknowledge_by) == ("acknowledged", None)

    edited = next(n for n in talk.sent if n.method == "edit" and n.chat_id == WANG and n.buttons)
    edited.message_id = told.message_id
    await talk.presses(WANG, edited, "已解决")
    asked = next(notice for notice in talk.sent if notice.kind == "matter.confirm")
    assert asked.chat_id == XIAOMEI
    assert (await talk.presses(WANG, asked, "好了")).startswith("这要由反映")
    assert (await talk.presses(XIAOMEI, asked, "好了")).startswith("好，记下了")
    (matter,) = await talk.rows(Matter)
    assert (matter.status, matter.outcome) == ("closed", "satisfied")


async def test_words_in_reply_take_a_matter_on_and_solve_it(talk: Conversation) -> None:
    raised = await talk.says(XIAOMEI, "村口路灯坏了三天没人管")
    (registered,) = [notice for notice in talk.sent if notice.kind == "reply.registered"]
    await talk.says(WANG, "我去看看", **reply_to(registered))
    (matter,) = await talk.rows(Matter)
    assert matter.status == "acknowledged"
    await talk.says(WANG, "修好了", **reply_to(raised))
    (matter,) = await talk.rows(Matter)
    assert matter.status == "claimed_solved"
    asked = next(notice for notice in talk.sent if notice.kind == "matter.confirm")
    assert (asked.chat_id, asked.reply_to) == (GROUP_CHAT, raised["message_id"])
    await talk.says(XIAOMEI, "还没修好呢", **reply_to(asked))
    (matter,) = await talk.rows(Matter)
    assert (matter.status, matter.step) == ("open", "group")


async def test_seen_by_somebody_above_leaves_it_with_its_holder(talk: Conversation) -> None:
    raised = await talk.says(XIAOMEI, "村口路灯坏了三天没人管")
    for bystander in (ZHAO, QIAN, STRANGER):
        await talk.says(bystander, "收到", **reply_to(raised))
    (matter,) = await talk.rows(Matter)
    assert matter.status == "open"
    await talk.says(WANG, "收到", **reply_to(raised))
    (matter,) = await talk.rows(Matter)
    assert (matter.status, matter.assignee_id) == ("acknowledged", talk.village.wang)


async def test_a_resident_reminds_and_it_stands_in_the_history(talk: Conversation) -> None:
    raised = await talk.says(XIAOMEI, "村口路灯坏了三天没人管")
    await talk.says(XIAOMEI, "还没人来修呢", **reply_to(raised))
    assert [event.kind for event in await talk.rows(MatterEvent)] == ["raise", "note"]
    assert len(await talk.rows(Matter)) == 1


async def test_mine_tells_plainly_what_was_named_and_what_was_not(talk: Conversation) -> None:
    await talk.says(WANG, "今天走访了3户")
    await talk.says(WANG, "电话联系了老王家等2户")
    await talk.says(WANG, "今天走访了钱大爷家")
    await talk.says(WANG, "这个月累计走访10户")
    await talk.says(WANG, "我的", WANG)
    assert talk.said_to(WANG)[-1].splitlines()[1:5] == [
        "· 今天 入户 3 户，没说是谁家",
        "· 今天 电话 2 户 王福，其中 1 户没说是谁家",
        "· 今天 入户 1 户，花名册里没找到：钱大爷",
        "· 今天 入户 累计 10 户，比前面报过的多 4 户",
    ]


async def test_whoever_says_that_it_is_not_settled_hears_who_goes_on(talk: Conversation) -> None:
    await talk.says(XIAOMEI, "/start", XIAOMEI)
    await talk.says(XIAOMEI, "俺家水管漏水了，没人管")
    await talk.says(WANG, "#1 修好了")
    asked = next(notice for notice in talk.sent if notice.kind == "matter.confirm")
    assert await talk.presses(XIAOMEI, asked, "没好") == "知道了，#1 还没办好，交给 赵六 接着办。"
