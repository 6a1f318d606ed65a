"""A matter passes from hand to hand, and stays with whoever had it until somebody else has it."""

from datetime import datetime

from bot.demo.village import ZONE
from bot.playground import people
from tests.stories.telling import Tale

TROUBLE = "我家门口的排水沟堵了，一下雨就往院里灌"


def at(text: str) -> datetime:
    """`MM-DD HH:MM` of the village's year."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


async def raised(village: Tale) -> None:
    """马小军 tells his trouble on Tuesday at 17:30; 刘春梅 answers for his household."""
    await village.say("马小军", TROUBLE, private=True)
    assert (await village.matter()).assignee == "刘春梅"
    village.listen_from_now()


async def moves(village: Tale, number: int = 1) -> list[str]:
    return [event.kind for event in (await village.matter(number)).events]


async def test_what_is_offered_stays_where_it_is_until_it_is_taken(village: Tale) -> None:
    await raised(village)
    await village.say("孙立新", "#1 转给何文", private=True)
    [asked] = village.heard("何文")
    assert "还由刘春梅负责" in asked
    assert "11月12日（周四）12:30 前" in asked  # 24 hours, the nights left out
    [told] = village.heard("刘春梅")
    assert "孙立新想转给何文" in told
    assert (await village.matter()).assignee == "刘春梅"

    assert "由您跟进" in await village.press("何文", "我来办")
    matter = await village.matter()
    assert (matter.assignee, matter.status) == ("何文", "acknowledged")
    assert "何文接手了" in village.heard("刘春梅")[0]
    assert "何文接了" in village.heard("孙立新")[-1]
    assert await moves(village) == ["raise", "offer", "accept"]
    await village.nothing_is_left_over()


async def test_an_offer_nobody_answers_falls_back_on_time(village: Tale) -> None:
    await raised(village)
    await village.press("刘春梅", "我来处理")
    await village.say("陈志强", "#1 转给何文", private=True)
    village.listen_from_now()
    await village.turn_to(at("11-12 12:29"))
    assert not any("没有回话" in text for text in village.heard("陈志强"))
    await village.turn_to(at("11-12 12:30"))
    [told] = village.heard("陈志强")
    assert "何文到时间没有回话，还在刘春梅手里" in told
    asked = next(
        one for one in village.from_bot(village.village.people["何文"].id) if "想请您办" in (one.text or "")
    )
    assert asked.text is not None
    assert asked.text.endswith("现在由 刘春梅 办理。")
    assert people.find_button(asked, "我来办") is None
    assert (await village.matter()).assignee == "刘春梅"
    assert await moves(village) == ["raise", "acknowledge", "offer", "lapse"]


async def test_whoever_cannot_take_it_says_so(village: Tale) -> None:
    await raised(village)
    await village.say("陈志强", "#1 让何文去处理", private=True)
    await village.press("何文", "接不了")
    assert any("何文接不了，还在刘春梅手里" in text for text in village.heard("陈志强"))
    assert (await village.matter()).assignee == "刘春梅"


async def test_help_from_above_is_asked_for_with_one_press(village: Tale) -> None:
    await raised(village)
    assert "孙立新" in await village.press("刘春梅", "报上级")
    [told] = village.heard("孙立新")
    assert "刘春梅请您帮忙" in told
    assert "最晚 11月12日（周四）12:30" in told
    matter = await village.matter()
    assert (matter.step, matter.status, matter.assignee) == ("group", "open", "刘春梅")
    assert matter.acknowledge_by == at("11-12 12:30")

    village.listen_from_now()
    await village.press("孙立新", "我来处理")
    assert (await village.matter()).assignee == "孙立新"
    assert any("孙立新接手了" in text for text in village.heard("刘春梅"))
    assert await moves(village) == ["raise", "hand_up", "acknowledge"]


async def test_a_reason_given_in_words_goes_up_with_it(village: Tale) -> None:
    await raised(village)
    await village.say("刘春梅", "1号报上级，要挖开水泥路", private=True)
    assert any("要挖开水泥路" in text for text in village.heard("孙立新"))
    await village.say("孙立新", "#1 请镇里帮忙", private=True)
    assert (await village.matter()).step == "secretary"


async def test_a_secretary_takes_over_and_the_holder_is_told(village: Tale) -> None:
    await raised(village)
    await village.press("刘春梅", "我来处理")
    await village.say("陈志强", "#1 我来办", private=True)
    assert (await village.matter()).assignee == "陈志强"
    assert any("陈志强接手了" in text for text in village.heard("刘春梅"))
    assert await moves(village) == ["raise", "acknowledge", "take_over"]


async def test_nobody_gives_away_what_is_not_theirs(village: Tale) -> None:
    await raised(village)
    await village.say("何文", "#1 转给刘春梅", private=True)
    assert "什么也没改" in village.heard("何文")[-1]
    await village.say("马小军", "#1 挂账到12月底，等钱", private=True)
    assert "由书记来定" in village.heard("马小军")[-1]
    await village.say("陈志强", "#1 转给马三", private=True)
    assert "没有找到“马三”" in village.heard("陈志强")[-1]
    await village.say("陈志强", "#9 转给何文", private=True)
    assert village.heard("陈志强")[-1] == "没有找到 #9。"
    assert await moves(village) == ["raise"]


async def test_whoever_raised_it_takes_it_back_by_its_number(village: Tale) -> None:
    await raised(village)
    await village.say("马小军", "#1 撤回", private=True)
    assert (await village.matter()).status == "withdrawn"
    assert any("撤回" in text for text in village.heard("刘春梅"))
    await village.say("陈志强", "#1 挂账到12月底，等钱", private=True)
    assert "已经撤回了" in village.heard("陈志强")[-1]


async def test_an_order_in_the_group_under_the_bots_line(village: Tale) -> None:
    await village.say("钱玉兰", "村口路灯坏了三天没人管")
    line = village.from_bot(village.village.group.id)[-1]
    said = await village.say("陈志强", "转给何文", reply_to=line)
    assert village.reaction_to(said) == "👍"
    assert any("路灯" in text for text in village.heard("何文"))
    # What sounds like an order and names nobody is a word on the matter.
    await village.say("陈志强", "转了一圈，看着像是线的毛病", reply_to=line)
    assert await moves(village) == ["raise", "offer", "note"]
