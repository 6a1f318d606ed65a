"""Private and unnamed matters, matters entered for others, and words that join a matter later."""

from __future__ import annotations

import json

from sqlmodel import select

from bot.demo.village import PRESET, TOWN, ZONE
from bot.services.figures.export_rows import ExportKind, Wanted, export_rows
from bot.services.roster.create_branch import create_branch
from storage.tables import Person, RoleHeld, Unit
from tests.stories.telling import Tale
from tests.stories.test_hands import moves, raised

LEAK = "村口垃圾三天没人清"


async def exported(village: Tale, kind: ExportKind) -> str:
    """Everything of a kind that can be exported, as text."""
    async with village.village.app.database.reading() as session:
        branches = list(await session.exec(select(Unit).where(Unit.kind == "branch")))
        wanted = Wanted(kind, branches, True, None, None, village.now)
        return json.dumps(await export_rows(session, wanted), ensure_ascii=False)


async def test_who_stays_unnamed_is_named_to_nobody_and_still_has_the_last_word(village: Tale) -> None:
    await village.say("马小军", f"匿名：{LEAK}", private=True)
    assert "已登记 #1" in village.heard("马小军")[-1]
    told = village.heard("孙立新")[-1]
    assert LEAK in told
    assert "马小军" not in told
    await village.press("孙立新", "我来处理")
    await village.press("孙立新", "已解决")
    await village.press("马小军", "没好")
    assert (await village.matter()).status == "open"
    user_id = str(village.village.people["马小军"].id)
    for kind in (ExportKind.MATTERS, ExportKind.AUDIT):
        rows = await exported(village, kind)
        assert "马小军" not in rows
        assert user_id not in rows
    for row in json.loads(await exported(village, ExportKind.NOTICES)):
        if LEAK in row["text"] or "#1" in row["text"] or "第1号" in row["text"]:
            shown = json.dumps(row, ensure_ascii=False)
            assert "马小军" not in shown
            assert user_id not in shown


async def test_who_asks_beside_it_not_to_be_named_is_named_to_nobody(village: Tale) -> None:
    await village.say("马小军", "村里有人偷电，我怕得罪人，别说是我说的", private=True)
    assert "已登记 #1" in village.heard("马小军")[-1]
    told = village.heard("孙立新")[-1]
    assert "村里有人偷电" in told
    assert "马小军" not in told
    assert "马小军" not in await exported(village, ExportKind.MATTERS)


async def test_a_name_can_be_taken_out_afterwards(village: Tale) -> None:
    await raised(village)
    await village.say("马小军", "事项 1", private=True)
    await village.press("马小军", "更多…")
    assert "不写您的名字" in await village.press("马小军", "不让人知道是我")
    assert not any("马小军" in text for text in village.said_to("刘春梅"))
    assert (await village.matter()).reporter == "一位乡亲"
    assert {event.by for event in (await village.matter()).events} == {"一位乡亲"}


async def test_a_member_enters_it_for_somebody_without_a_telephone(village: Tale) -> None:
    await village.say("李建国", "代李大娘报：水管漏了", private=True)
    matter = await village.matter()
    assert (matter.household, matter.assignee, matter.text) == ("李桂英", "李建国", "水管漏了")
    village.listen_from_now()
    await village.press("李建国", "已解决")
    # Nobody of the household can be asked: the member asks there, and says what they said.
    assert "李大娘" in village.heard("李建国")[-1]
    await village.say("钱玉兰", "代李大娘报：水管漏了", private=True)
    assert "不用写“代”" in village.heard("钱玉兰")[-1]


async def test_a_command_enters_whatever_follows(village: Tale) -> None:
    await village.say("李建国", "/matter new 代李大娘报：想装个扶手", private=True)
    assert (await village.matter()).text == "想装个扶手"
    await village.say("陈志强", "/matter 1 转给 何文", private=True)
    assert await moves(village) == ["raise", "offer"]


async def test_what_is_answered_joins_the_matter_and_is_told_once(village: Tale) -> None:
    await raised(village)
    registered = village.from_bot(village.village.people["马小军"].id)[-1]
    said = await village.say("马小军", "水都流到隔壁院子了，带点沙袋", private=True, reply_to=registered)
    assert village.reaction_to(said) == "👍"
    [told] = village.heard("刘春梅")
    assert "马小军补充：水都流到隔壁院子了" in told
    card = next(
        message
        for message in village.from_bot(village.village.people["刘春梅"].id)
        if "【第1号事项】" in (message.text or "")
    )
    await village.say("刘春梅", "沙袋下午送过去，管子要等明天", private=True, reply_to=card)
    assert any("刘春梅补充：沙袋下午送过去" in text for text in village.heard("马小军"))
    assert await moves(village) == ["raise", "note", "note"]
    await village.say("马小军", "好的，谢谢", private=True, reply_to=registered)
    assert await moves(village) == ["raise", "note", "note"]


async def test_another_village_takes_it_with_its_history_and_the_old_number_opens_it(village: Tale) -> None:
    async with village.village.app.database.transaction() as session:
        made = await create_branch(
            session, preset=PRESET, branch="柳树村", town=TOWN, zone=ZONE, now=village.now
        )
        there = made.branch
        here = (await session.exec(select(Person).where(Person.name == "何文"))).one()
        here.branch_id = there.id
        session.add_all([here, RoleHeld(person_id=here.id, unit_id=there.id, role="secretary")])
    await raised(village)
    await village.say("陈志强", "#1 转给柳树村", private=True)
    [asked] = village.heard("何文")
    assert "杏林村想请你们村办这件事" in asked
    assert (await village.matter()).assignee == "刘春梅"
    village.listen_from_now()

    await village.press("何文", "我来办")
    [told] = village.heard("马小军")
    assert "转给了柳树村办，在那边是 #1" in told
    assert any("何文接手了" in text for text in village.heard("刘春梅"))
    await village.say("马小军", "事项 1", private=True)
    shown = village.heard("马小军")[-1]
    assert "经办：何文" in shown
    assert "从杏林村（#1）到柳树村" in shown
