"""What is not for everybody: a number in the group, help to take it away, no word to the accused."""

from __future__ import annotations

import aiohttp
import pytest
from sqlmodel import select

from bot.playground import members
from storage.tables import AuditEntry
from tests.stories.telling import Tale

AGAINST_LEADER = "孙立新把低保给了自家亲戚，太不公平"
AGAINST_SECRETARY = "陈书记把低保名额给了自家亲戚，太不公平"
TELLING = ("亲戚", "低保", "不公平")


def everything_told_to(tale: Tale, name: str) -> str:
    """All that somebody can read of the bot's: privately and in the group."""
    return "\n".join([*tale.said_to(name), *tale.said_in_group()])


@pytest.mark.parametrize(
    ("accusation", "accused", "told", "step"),
    [(AGAINST_LEADER, "孙立新", "陈志强", "secretary"), (AGAINST_SECRETARY, "陈志强", "赵敏", "town")],
)
async def test_an_accusation_goes_above_the_accused_who_never_reads_of_it(
    village: Tale, accusation: str, accused: str, told: str, step: str
) -> None:
    await village.say("马小军", accusation)
    matter = await village.matter()
    assert (matter.step, matter.assignee, matter.private) == (step, told, True)
    assert any(accusation in text for text in village.heard(told))
    assert village.said_in_group()[-1] == "已登记 #1，有人会单独联系，不在群里说。"

    # Weeks go by, the accused looks everywhere they can, and others act.
    await village.fast_forward(days=9)
    for asked in ("进度", "待办", "事项 1", "我的", "1号怎么样了"):
        await village.say(accused, asked, private=True)
    await village.say(accused, "进度")
    await village.say(accused, "1号已经解决了", private=True)
    assert (await village.matter()).status == "open"
    read = everything_told_to(village, accused)
    assert not [word for word in TELLING if word in read]
    assert "没有找到 #1" in read
    await village.nothing_is_left_over()


async def test_an_accusation_that_had_to_be_asked_about_stays_out_of_the_group(village: Tale) -> None:
    await village.say("马小军", "孙立新收了我家200块钱才给盖章")
    if not (await village.ledger()).matters:
        await village.press("马小军", "是，记上")
    matter = await village.matter()
    assert (matter.category, matter.private, matter.assignee) == ("discipline", True, "陈志强")
    assert "要我帮您删掉吗" in village.heard("马小军")[-1]
    assert "200块" not in everything_told_to(village, "孙立新")


async def test_the_accused_secretary_finds_nothing_of_it_in_the_ledger(village: Tale) -> None:
    await village.say("马小军", AGAINST_SECRETARY)
    await village.say("王德福", "村口路灯坏了三天没人管")
    link = await village.village.ledger_link()
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as http, http.get(link) as page:
        html = await page.text()
    assert "路灯" in html
    assert not [word for word in TELLING if word in html]


async def test_whoever_looks_at_what_is_private_is_in_the_audit(village: Tale) -> None:
    await village.say("马小军", "俺爹断药两天了，血压高", private=True)
    await village.say("刘春梅", "事项 1", private=True)
    await village.say("何文", "事项 1", private=True)  # not theirs: refused, and nothing seen
    async with village.village.app.database.reading() as session:
        looks = list(await session.exec(select(AuditEntry).where(AuditEntry.action == "matter.view")))
    assert [(look.by_name, look.subject, look.detail, look.at) for look in looks] == [
        ("刘春梅", "#1", "chat", village.now)
    ]


async def test_its_writer_has_it_deleted_with_one_press_of_their_own(village: Tale) -> None:
    said = await village.say("马小军", "我爹高血压住院了，谁能帮忙送个饭")
    assert "已登记 #1，有人会单独联系" in village.said_in_group()[-1]
    assert not said.deleted
    assert "要我帮您删掉吗" in village.heard("马小军")[-1]
    assert await village.press("马小军", "帮我删掉这条") == "好，这就删。事情照样办，不受影响。"
    assert said.deleted
    assert (await village.matter()).status == "open"
    await village.nothing_is_left_over()


async def test_where_it_may_not_delete_it_says_how(village: Tale) -> None:
    world, group = village.village.world, village.village.group
    members.set_member(world, group.id, world.bot.id, "member")
    await village.village.settle()
    said = await village.say("马小军", AGAINST_LEADER)
    assert "长按那条消息" in village.heard("马小军")[-1]
    assert not said.deleted


async def test_who_has_never_met_the_bot_is_shown_the_way_in_the_group(village: Tale) -> None:
    world, group = village.village.world, village.village.group
    stranger = world.add_user("周小兰")
    village.village.people["周小兰"] = stranger  # type: ignore[index]  # a dict, given as a mapping
    members.set_member(world, group.id, stranger.id, "member")
    said = await village.say("周小兰", AGAINST_LEADER)
    line = village.from_bot(group.id)[-1]
    assert line.text == "有些话不方便让大家看到，点下面私下跟我说，我帮您把群里那条删掉。"
    await village.say("周小兰", "/start hide", private=True)
    assert any("要我帮您删掉吗" in text for text in village.heard("周小兰"))
    await village.press("周小兰", "帮我删掉这条")
    assert said.deleted


@pytest.mark.parametrize("told", ["我身份证号是411023195003121234，帮我登记一下", "我手机换了，13800001234"])
async def test_numbers_of_ones_own_are_offered_to_be_taken_away(village: Tale, told: str) -> None:
    said = await village.say("马小军", told)
    [offered] = [text for text in village.heard("马小军") if "删掉" in text]
    assert offered == "您在群里写了身份证号或者电话，大家都看得到。要我帮您删掉那条吗？"
    assert await village.press("马小军", "帮我删掉这条") == "好，这就删。"
    assert said.deleted
    await village.nothing_is_left_over()


async def test_a_member_may_give_the_number_that_they_are_rung_by(village: Tale) -> None:
    village.listen_from_now()
    await village.say("李建国", "有事打我电话13800001234")
    assert village.heard("李建国") == [] and village.heard_in_group() == []


async def test_an_edit_that_accuses_the_holder_takes_it_from_them(village: Tale) -> None:
    said = await village.say("马小军", "我家门口的排水沟堵了")
    holder = (await village.matter()).assignee
    assert holder == "刘春梅"
    await village.press(holder, "我来处理")
    await village.edit(said, "刘春梅把低保给了自家亲戚，太不公平")
    matter = await village.matter()
    assert (matter.assignee, matter.step, matter.status) == ("陈志强", "secretary", "open")
    village.listen_from_now()
    await village.say(holder, "待办", private=True)
    await village.say(holder, "1号办好了", private=True)
    read = "\n".join(village.heard(holder))
    assert not [word for word in TELLING if word in read]
    assert (await village.matter()).status == "open"


async def test_a_familys_quarrel_is_nobody_elses_business(village: Tale) -> None:
    await village.say("王德福", "隔壁周大山家两口子打起来了，劝不住，谁来管管")
    assert (await village.matter()).private
    assert not any("两口子" in text for text in village.said_in_group())
