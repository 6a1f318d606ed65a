"""Whom a roll-call asks, with what list, and whom next when nobody answers."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import col, select

from bot.playground import people
from storage.tables import Notice, Person
from tests.stories.roll_calls import HEAD, open_call, state_of
from tests.stories.telling import Tale


async def test_whoever_has_not_answered_is_called_again_then_those_above_are_told(village: Tale) -> None:
    await open_call(village)
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
    assert (await state_of(village, "李桂英"))[:2] == ("moved", "张海燕")
    assert (await state_of(village, "周大山"))[:2] == ("refused", "张海燕")
    await village.fast_forward(minutes=11)
    assert not any("还差" in text for text in village.heard("李建国"))


async def test_after_twenty_minutes_of_silence_each_is_called_once(village: Tale) -> None:
    await open_call(village)
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


async def test_somebody_on_leave_or_out_of_reach_is_stood_in_for(village: Tale) -> None:
    await village.say("李建国", "请假 今天到11月14日，何文代", private=True)
    await village.press("何文", "同意")
    async with village.village.app.database.transaction() as session:
        her = (await session.exec(select(Person).where(Person.name == "刘春梅"))).one()
        her.telegram_id = None
        session.add(her)
    village.listen_from_now()
    await open_call(village, "应急点名 全村 暴雨转移")
    assert village.heard("李建国") == []
    [card] = village.heard("何文")
    assert "请报一下这 8 户的情况" in card and "王德福" in card and "郑金宝" in card
    [leader] = village.heard("孙立新")  # leads the second group
    assert "请报一下这 8 户的情况" in leader and "曹振华" in leader and "叶小妹" in leader
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
    await open_call(village, "应急点名 二组 暴雨")
    card = village.from_bot(village.village.people["陈志强"].id)[-2]
    assert "请报一下这 8 户的情况" in (card.text or "")
    await open_call(village, "应急点名 一组 暴雨")
    await village.press("陈志强", "并到一起")
    card = village.from_bot(village.village.people["陈志强"].id)[-3]
    assert "请报一下这 12 户的情况" in (card.text or "") and "9. " not in (card.text or "")
    await village.press("陈志强", "下一页", on=card)
    card = village.village.world.chats[card.chat.id].messages[card.id]
    assert (card.text or "").splitlines()[2] == "9. 高有福（村口1号）：还没报"
    await village.press("陈志强", "12 转移", on=card)
    assert (await state_of(village, "梁秋生"))[0] == "moved"


async def test_a_members_phone_is_shown_to_those_who_decide_and_written_nowhere(village: Tale) -> None:
    await open_call(village)
    assert await village.press("陈志强", "李建国的电话") == "李建国：13800001003"
    async with village.village.app.database.reading() as session:
        assert not [notice for notice in await session.exec(select(Notice.text)) if "13800001003" in notice]
