"""Households go from one member to another, move house, and it is known who answered for them on any day."""

from __future__ import annotations

from datetime import date

import pytest

from storage.tables import AuditEntry, LinkProposal
from tests.stories.telling import Tale, on


async def audited(village: Tale) -> list[str]:
    """What the audit says was done, oldest first: by whom, what, to whom."""
    return [f"{entry.by_name} {entry.action} {entry.subject}" for entry in await village.rows(AuditEntry)]


async def test_all_that_one_member_has_goes_to_another_with_their_consent(village: Tale) -> None:
    await village.say("钱玉兰", "我家水管漏了", private=True)
    await village.press("刘春梅", "我来处理")
    village.listen_from_now()
    await village.say("陈志强", "移出 刘春梅，何文接", private=True)
    assert village.heard("陈志强") == ["好，已经去问何文了，他点头就算数。"]
    assert village.heard("何文") == [
        "陈志强想请您接替刘春梅，从今天起联系这 4 户：钱玉兰家（河沿9号）、马德胜家（河沿11号）、"
        "杜来福家（河沿13号）、叶小妹家（河沿15号）。行吗？"
    ]
    assert village.heard("刘春梅") == []
    assert await village.answers_for("钱玉兰") == ["刘春梅"]
    await village.turn_to(on(11, 11))
    village.listen_from_now()
    await village.press("何文", "行")
    for head in ("钱玉兰", "马德胜", "杜来福", "叶小妹"):
        assert await village.answers_for(head) == ["何文"]
        assert await village.answers_for(head, date(2026, 11, 10)) == ["刘春梅"]
    [taken] = village.heard("何文")
    assert "他手上没办完的事也交给您了：#1 我家水管漏了。" in taken
    assert "电话：钱玉兰 138****1109、叶小妹 138****1110（全号找书记要）。" in taken
    assert village.heard("刘春梅") == [
        "从今天起您不再联系这些户：钱玉兰、马德胜、杜来福、叶小妹，由何文接着联系。您在花名册上的职务也撤下了。"
        "辛苦了。"
    ]
    told = "从今天起，您家由何文联系，有事直接跟他说，或在这里跟我说。"
    assert village.heard("钱玉兰") == village.heard("马小军") == [told]
    assert village.heard("陈志强") == ["何文同意了，钱玉兰、马德胜、杜来福、叶小妹从今天起由他联系。"]
    assert (await village.matter()).assignee == "何文"
    # She is a resident like any other now.
    await village.say("刘春梅", "今天走访了钱玉兰家", private=True)
    assert not (await village.ledger()).reports
    assert "何文 person.remove 刘春梅" in await audited(village)
    await village.nothing_is_left_over()


async def test_one_household_is_given_to_another(village: Tale) -> None:
    await village.say("陈志强", "钱玉兰家交给何文", private=True)
    await village.press("何文", "行")
    assert await village.answers_for("钱玉兰") == ["何文"]
    assert await village.answers_for("马德胜") == ["刘春梅"]
    assert "从今天起，钱玉兰由何文联系，不用您管了。辛苦了。" in village.heard("刘春梅")


@pytest.mark.parametrize(
    ("who", "said", "answer"),
    [
        ("李建国", "换人 刘春梅，何文接", "联户的事由书记来定。"),
        ("陈志强", "换人 刘春梅，诸葛亮接", "支部里没有找到“诸葛亮”，请写全名。"),
        ("陈志强", "换人 刘春梅，刘春梅接", "不能交给他自己。"),
        ("陈志强", "移出 刘春梅", "刘春梅还联系着 4 户，先要有人接：移出 刘春梅，某某接。"),
        ("陈志强", "移出 陈志强，何文接", "陈志强是书记。请先在花名册里换了书记，再移出。"),
        ("陈志强", "诸葛亮家交给何文", "没有找到“诸葛亮”这一户，请写户主全名或门牌地址。"),
        ("陈志强", "钱玉兰家交给刘春梅", "钱玉兰家现在就由刘春梅联系。"),
        ("李建国", "谁包钱玉兰家", "别的户由谁联系，请问书记。"),
        ("钱玉兰", "谁包我家", "没有找到“我”这一户，请写户主全名或门牌地址。"),
        ("李建国", "钱玉兰家搬到镇上了", "这要由联系他家的党员或书记来说。"),
    ],
)
async def test_each_thing_that_can_not_be_gets_one_clear_sentence(
    village: Tale, who: str, said: str, answer: str
) -> None:
    await village.say(who, said, private=True)
    assert village.heard(who) == [answer]
    assert await village.rows(LinkProposal) == []


async def test_a_household_that_moves_keeps_its_member(village: Tale) -> None:
    await village.say("李建国", "李大娘家搬到镇区社区3号楼了", private=True)
    assert village.heard("李建国") == [
        "好，李桂英家的地址改成“镇区社区3号楼”了（原来是“杏林路12号”），还由李建国联系。"
    ]
    assert village.heard("陈志强") == ["李建国说李桂英家搬到镇区社区3号楼了。"]
    assert await village.answers_for("李桂英") == ["李建国"]
    assert "李建国 household.move 李桂英" in await audited(village)
    said = await village.say("李建国", "王德福搬到镇区社区5号楼了")
    assert village.reaction_to(said) == "👍"
    assert village.heard_in_group() == []


async def test_who_answered_for_a_household_on_any_day(village: Tale) -> None:
    await village.say("李建国", "请假 11月12日到14日，何文代", private=True)
    await village.press("何文", "同意")
    await village.turn_to(on(11, 16))
    village.listen_from_now()
    for asked, answer in (
        ("谁包李大娘家", "现在，李桂英家（杏林路12号）由李建国联系。"),
        ("11月13日谁包李大娘家", "11月13日（周五），李桂英家（杏林路12号）由何文（代李建国）联系。"),
        ("11月10日李大娘家归谁管？", "11月10日（周二），李桂英家（杏林路12号）由李建国联系。"),
        ("11月3日谁包李大娘家", "11月3日（周二），李桂英家（杏林路12号）没有人联系。"),
    ):
        await village.say("陈志强", asked, private=True)
        assert village.heard("陈志强") == [answer]
    await village.say("王德福", "谁包王德福家", private=True)
    assert village.heard("王德福") == ["现在，王德福家（杏林路10号）由李建国联系。"]


async def test_what_is_lent_for_a_leave_goes_along_and_does_not_come_back(village: Tale) -> None:
    await village.say("钱玉兰", "我家水管漏了", private=True)
    await village.press("刘春梅", "我来处理")
    await village.say("刘春梅", "请假 今天到11月14日，孙立新代", private=True)
    await village.press("孙立新", "同意")
    assert await village.answers_for("钱玉兰") == ["孙立新"]
    assert (await village.matter()).assignee == "孙立新"
    await village.say("陈志强", "钱玉兰家交给何文", private=True)
    await village.turn_to(on(11, 11))
    await village.press("何文", "行")
    assert await village.answers_for("钱玉兰") == ["何文"]
    assert await village.answers_for("马德胜") == ["孙立新"]
    assert (await village.matter()).assignee == "何文"
    await village.turn_to(on(11, 16))
    assert await village.answers_for("钱玉兰") == ["何文"]
    assert await village.answers_for("马德胜") == ["刘春梅"]
    assert (await village.matter()).assignee == "何文"
