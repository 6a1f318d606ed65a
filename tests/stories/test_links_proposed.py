"""Households without a member: who is proposed, who is asked, who may wish for whom."""

from __future__ import annotations

from datetime import date

from sqlmodel import select

from bot.playground import members, people
from storage.tables import Household, Link, Person
from tests.stories.telling import Tale


async def unlink(village: Tale, *heads: str, note: str = "") -> None:
    """Nobody answers for these households any more, since always."""
    async with village.village.app.database.transaction() as session:
        for head in heads:
            household = (await session.exec(select(Household).where(Household.head == head))).one()
            household.note = note or household.note
            session.add(household)
            for link in await session.exec(select(Link).where(Link.household_id == household.id)):
                link.until = date(2026, 11, 1)
                session.add(link)


async def noted(village: Tale, name: str, note: str) -> None:
    """What the roster notes of a member."""
    async with village.village.app.database.transaction() as session:
        person = (await session.exec(select(Person).where(Person.name == name))).one()
        person.note = note
        session.add(person)


async def test_the_secretary_sees_how_links_stand(village: Tale) -> None:
    await unlink(village, "王德福", "钱玉兰")
    await village.say("陈志强", "联户检查", private=True)
    assert village.heard("陈志强") == [
        "杏林村的联户情况：\n"
        "· 还没有人联系的 2 户：王德福、钱玉兰。发“联户建议”，我一户一户给您出主意。\n"
        "· 少于 5 户的党员：陈志强（4 户）、张海燕（4 户）、李建国（3 户）、何文（4 户）、孙立新（4 户）、"
        "刘春梅（3 户）。"
    ]
    await village.say("李建国", "联户检查", private=True)
    assert village.heard("李建国") == ["联户的事由书记来定。"]
    await village.say("赵敏", "联户检查", private=True)  # the town sees it as well
    assert village.heard("赵敏")[0].startswith("杏林村的联户情况：")
    await village.say("陈志强", "联户检查")  # not for the group
    assert village.heard_in_group() == []


async def test_each_household_without_a_member_is_proposed_to_the_nearest(village: Tale) -> None:
    await unlink(village, "王德福", "钱玉兰")
    await village.say("陈志强", "联户建议", private=True)
    assert village.heard("陈志强") == [
        "王德福家（杏林路10号，普通）还没有人联系。建议李建国来联系：离得近，他联系的李桂英家就在旁边；"
        "他现在联系 3 户。"
    ]
    village.listen_from_now()
    assert await village.press("陈志强", "同意") == "好，已经去问李建国了，他点头就算数。"
    # While one is asked, the next is proposed.
    [following] = village.heard("陈志强")
    assert following.startswith("钱玉兰家（河沿9号，普通）还没有人联系。建议刘春梅来联系：离得近")
    assert village.heard("李建国") == [
        "陈志强想请您从今天起联系这 1 户：王德福家（杏林路10号）。离得近，他联系的李桂英家就在旁边。行吗？"
    ]
    assert await village.answers_for("王德福") == []  # nobody before they consent
    await village.village.stop_bot()
    await village.village.start_bot()
    assert await village.press("李建国", "行") == "好，王德福从今天起由李建国联系。"
    assert await village.answers_for("王德福") == ["李建国"]
    assert village.heard("李建国") == [
        "好，谢谢。从今天起这 1 户由您联系：王德福家（杏林路10号）。\n"
        "电话：王德福 138****1105（全号找书记要）。"
    ]
    assert village.heard("陈志强") == ["李建国同意了，王德福从今天起由他联系。"]
    assert village.heard("王德福") == ["从今天起，您家由李建国联系，有事直接跟他说，或在这里跟我说。"]
    await village.nothing_is_left_over()


async def test_the_secretary_may_have_another_or_leave_it(village: Tale) -> None:
    await unlink(village, "王德福")
    await village.say("陈志强", "联户建议", private=True)
    [first] = village.heard("陈志强")
    message = village.from_bot(village.village.people["陈志强"].id)[-1]
    old = message.buttons()[0]["callback_data"]
    assert await village.press("陈志强", "换人") == "好，换了一个人，看上面那条。"
    assert "建议张海燕来联系：离得近，他联系的冯小兰家就在旁边" in (message.text or "")
    assert message.text != first
    # A press on what was shown before changes nothing.
    people.press(village.village.world, message.chat.id, message.id, message.chat.id, data=old)
    await village.village.settle()
    assert village.heard("李建国") == village.heard("张海燕") == []
    assert await village.press("陈志强", "先不") == "好，这户先放着。"
    assert await village.answers_for("王德福") == []
    await village.say("陈志强", "联户建议", private=True)  # asked for again, it is proposed again
    assert "王德福家" in village.heard("陈志强")[-1]


async def test_a_member_who_can_not_says_so_and_another_is_found(village: Tale) -> None:
    await unlink(village, "王德福")
    await village.say("陈志强", "联户建议", private=True)
    await village.press("陈志强", "同意")
    village.listen_from_now()
    ask = village.from_bot(village.village.people["李建国"].id)[-1]
    assert await village.press("李建国", "不方便") == "好，已经告诉陈志强。"
    assert village.heard("陈志强") == [
        "李建国说不方便联系王德福。发“联户建议”看看还有谁合适，或写：王德福家交给某某。"
    ]
    assert ask.buttons() == []
    people.press(village.village.world, ask.chat.id, ask.id, ask.chat.id, data=sorted(ask.offered)[-1])
    await village.village.settle()
    assert await village.answers_for("王德福") == []


async def test_who_does_not_answer_for_three_days_is_asked_no_more(village: Tale) -> None:
    await unlink(village, "王德福")
    await village.say("陈志强", "联户建议", private=True)
    await village.press("陈志强", "同意")
    await village.fast_forward(days=2)
    village.listen_from_now()
    await village.say("陈志强", "联户建议", private=True)
    assert village.heard("陈志强") == ["别的户都有人联系。还在等答复：王德福，问了李建国。"]
    await village.fast_forward(days=2)
    village.listen_from_now()
    await village.say("陈志强", "联户建议", private=True)
    assert "王德福家" in village.heard("陈志强")[-1]
    assert await village.press("李建国", "行") == "已经答过了，什么也没改。"
    assert await village.answers_for("王德福") == []


async def test_what_a_member_is_good_at_counts_where_nobody_is_near(village: Tale) -> None:
    await unlink(village, "李桂英", note="高血压，要人提醒吃药")
    await noted(village, "刘春梅", "当过村医")
    async with village.village.app.database.transaction() as session:
        household = (await session.exec(select(Household).where(Household.head == "李桂英"))).one()
        household.address, household.group_id = "北坡3号", None
        session.add(household)
    await village.say("陈志强", "联户建议", private=True)
    assert village.heard("陈志强") == [
        "李桂英家（北坡3号，独居老人）还没有人联系。建议刘春梅来联系：这家用得上“懂医”；他现在联系 4 户。"
    ]


async def test_nobody_is_proposed_who_is_away_or_not_in_reach(village: Tale) -> None:
    await unlink(village, "王德福")
    await village.say("李建国", "请假 今天到11月14日", private=True)
    members.block(village.village.world, village.village.people["张海燕"].id, blocked=True)
    await village.village.settle()
    village.listen_from_now()
    await village.say("陈志强", "联户建议", private=True)
    assert "建议何文来联系" in village.heard("陈志强")[0]


async def test_a_resident_may_wish_for_a_member(village: Tale) -> None:
    await village.say("王德福", "我想让何文联系我家", private=True)
    assert village.heard("王德福") == ["好，已经告诉书记了。他同意、何文也点头，就换过来。"]
    assert village.heard("陈志强") == ["王德福想让何文联系王德福家（杏林路10号）。现在由李建国联系。"]
    await village.press("陈志强", "同意")
    assert "住户自己选的" in village.heard("何文")[0]
    await village.press("何文", "行")
    assert await village.answers_for("王德福") == ["何文"]
    assert "从今天起，王德福由何文联系，不用您管了。辛苦了。" in village.heard("李建国")


async def test_a_member_may_wish_for_a_household_and_need_not_be_asked_again(village: Tale) -> None:
    await unlink(village, "钱玉兰")
    await village.say("李建国", "我想联系钱玉兰家", private=True)
    assert village.heard("李建国") == ["好，已经告诉书记了，他同意就算数。"]
    await village.say("李建国", "我想联系钱玉兰家", private=True)
    assert village.heard("李建国") == ["已经跟书记说过了，等他定。"]
    assert await village.press("陈志强", "同意") == "好，钱玉兰从今天起由李建国联系。"
    assert await village.answers_for("钱玉兰") == ["李建国"]
