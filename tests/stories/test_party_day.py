"""A theme Party day from its board to its minutes: signed in, reported, asked after, written down."""

from __future__ import annotations

from sqlmodel import select

from bot.demo.village import BRANCH
from bot.domain.meetings import Turnout
from storage.queries.meetings import turnouts
from storage.tables import ActivitySession, Unit
from tests.stories.telling import Tale, of, on

TROUBLE = "村口路灯坏了三天没人管"
BOARD = "📋 杏林村主题党日 12月5日（周六）9:30\n"
FOOT = "\n到了请点“签到”，或者写“签到”。"


async def _opened(village: Tale) -> None:
    """The morning of the Party day; the board has just gone up."""
    await village.turn_to(on(12, 5, "08:59"))
    village.listen_from_now()
    await village.turn_to(on(12, 5, "09:00"))


async def test_members_sign_in_on_one_board_and_nobody_lacking_is_named(december: Tale) -> None:
    village = december
    await _opened(village)
    [board] = village.heard_in_group()
    assert board == f"{BOARD}已签到 0 人，应到 6 人{FOOT}"
    assert await village.press("李建国", "签到") == "好，签到了。"
    assert await village.press("李建国", "签到") == "您已经签过到了。"
    assert await village.press("王德福", "签到") == "签到是给党员的，您不用签。"
    assert await village.press("赵敏", "签到") == "签到是给党员的，您不用签。"
    message = await village.say("何文", "到了")
    assert village.reaction_to(message) == "👍"
    quiet = await village.say("马小军", "到了")
    assert village.reaction_to(quiet) is None
    await village.turn_to(on(12, 5, "09:44"))
    assert await village.press("陈志强", "签到") == "好，签到了。"
    await village.turn_to(on(12, 5, "09:45"))
    assert await village.press("刘春梅", "签到") == "好，签到了（会已经开始，记为迟到）。"
    [board] = of(village.said_in_group(), "📋")
    assert board == f"{BOARD}已签到 4 人，应到 6 人\n李建国、何文、陈志强、刘春梅{FOOT}"
    await village.turn_to(on(12, 5, "12:29"))
    village.listen_from_now()
    await village.turn_to(on(12, 5, "12:30"))
    [over] = village.heard("陈志强")
    assert over == (
        "主题党日（12月5日（周六）9:30）签到结束：应到 6 人，实到 4 人（迟到 1 人），请假 0 人。\n"
        "没签到、也没说原因的 2 人：张海燕、孙立新。明天会私下问一声。\n"
        "没手机的来了，回复：签到 王建国 李秀英。会议记录这样发：记录：……"
    )
    [board] = of(village.said_in_group(), "📋")
    assert board == f"{BOARD}签到结束：实到 4 人，应到 6 人\n李建国、何文、陈志强、刘春梅"
    late = await village.say("张海燕", "签到")
    assert village.reaction_to(late) is None
    told = "签到已经结束了。您来过的话，请跟书记说一声，由书记补签。"
    assert village.heard("张海燕") == [told]
    assert village.heard_in_group() == []


async def test_who_has_not_come_is_asked_alone_and_once(december: Tale) -> None:
    village = december
    await village.turn_to(on(12, 4, "17:31"))
    village.listen_from_now()
    await village.say("何文", "党日请假，孩子结婚", private=True)
    assert village.heard("何文") == ["好，12月5日（周六）9:30的主题党日您请假（孩子结婚），记下了。"]
    await village.say("刘春梅", "请假 12月4日到8日", private=True)
    await _opened(village)
    assert not of(village.heard("何文"), "主题党日")  # they know, and have said so
    assert village.heard_in_group() == [f"{BOARD}已签到 0 人，应到 6 人\n请假 2 人{FOOT}"]
    await village.press("陈志强", "签到")
    await village.turn_to(on(12, 6, "08:59"))
    village.listen_from_now()
    await village.turn_to(on(12, 6, "09:00"))
    asked = "，昨天的主题党日没见到您签到。是有什么事吗？点一下，或者回复一句原因；只告诉书记。"
    for name in ("李建国", "张海燕", "孙立新"):
        assert of(village.heard(name), "没见到您") == [name + asked]
    assert not of(village.heard("何文") + village.heard("刘春梅"), "没见到您")
    assert await village.press("李建国", "我到了") == "好，给您补上签到了。"
    assert await village.press("李建国", "生病") == "已经答过了。"
    question = village.from_bot(village.village.people["张海燕"].id)[-1]
    await village.say("张海燕", "去县里开会了", private=True, reply_to=question)
    assert village.heard("张海燕") == ["好，记下了。"]
    await village.turn_to(on(12, 6, "18:00"))
    [gathered] = of(village.heard("陈志强"), "没来的人")
    assert gathered == (
        "主题党日（12月5日（周六）9:30）没来的人说了：\n"
        "· 张海燕：去县里开会了\n· 李建国：说自己到了，已补签\n· 还没说的：孙立新"
    )
    await village.turn_to(on(12, 8, "09:00"))
    assert not of(village.heard("孙立新"), "没见到您")
    assert not of(village.said_in_group(), "没来")
    [held] = [one for one in await village.rows(ActivitySession) if one.kind == "party_day"]
    assert (held.expected, held.participants, held.absent_with_reason) == (6, 2, 3)
    await village.nothing_is_left_over()


async def test_a_bot_that_was_down_puts_its_board_up_later_the_same_day(december: Tale) -> None:
    village = december
    await village.turn_to(on(12, 5, "08:00"))
    await village.village.stop_bot()
    village.village.clock.move_to(on(12, 5, "13:00"))
    await village.village.start_bot()
    await village.fast_forward(minutes=1)
    assert len(of(village.said_in_group(), "📋")) == 1
    assert await village.press("李建国", "签到") == "好，签到了。"  # nobody is late because of it
    await village.turn_to(on(12, 5, "14:02"))
    assert of(village.heard("陈志强"), "签到结束", "实到 1 人")


async def test_a_day_slept_through_is_not_made_up_for(december: Tale) -> None:
    village = december
    await village.turn_to(on(12, 4, "20:00"))
    await village.village.stop_bot()
    village.village.clock.move_to(on(12, 6, "08:00"))
    await village.village.start_bot()
    village.listen_from_now()
    await village.turn_to(on(12, 6, "19:00"))
    assert not of(village.said_in_group(), "📋")
    for name in ("陈志强", "李建国"):
        assert not of(village.heard(name), "党日")


async def test_minutes_carry_decisions_into_their_matters(november: Tale) -> None:
    village = november
    await village.say("钱玉兰", TROUBLE)
    await village.press("刘春梅", "我来处理")
    await village.turn_to(on(11, 28, "09:00"))
    await village.press("陈志强", "定稿")
    await _opened(village)
    for name in ("李建国", "何文"):
        await village.press(name, "签到")
    await village.turn_to(on(12, 5, "12:30"))
    village.listen_from_now()
    await village.say("陈志强", "签到 张海燕 诸葛亮", private=True)
    assert village.heard("陈志强") == [
        "花名册里没有找到（或不止一个）：诸葛亮。请写全名，再写一遍，这次都没记。"
    ]
    await village.say("陈志强", "代签：张海燕", private=True)
    assert village.heard("陈志强") == ["补签了：张海燕。主题党日现在实到 3 人。"]
    await village.press("陈志强", "写会议记录")
    assert village.heard("陈志强")[0].startswith("请把主题党日的会议记录发给我。")
    words = "学习了文件。1号事项决定月底前修好；88号事项先放一放"
    await village.say("陈志强", words, private=True)
    assert village.heard("陈志强") == [
        "好，记下了，1 条决定写进了事项和议题。\n没找到这些事项，决定只写在记录里：88。"
    ]
    await village.say("李建国", "会议记录", private=True)
    assert village.heard("李建国") == [
        "杏林村主题党日会议记录\n时间：12月5日（周六）9:30\n应到 6 人，实到 3 人，请假 0 人\n"
        "到会：李建国、何文、张海燕\n议题：\n"
        "1. #1 村口路灯坏了三天没人管（没办完，等人接手）\n   决定：月底前修好\n"
        f"记录：\n{words}"
    ]
    matter = await village.matter()
    assert [event.note for event in matter.events if event.kind == "note"] == ["主题党日决定：月底前修好"]
    holder = matter.assignee or ""
    assert of(village.heard(holder), "主题党日（12月5日（周六）9:30）对 #1", "的决定：月底前修好")
    await village.turn_to(on(12, 30, "09:00"))  # the day before the decision's day, as of any promise
    assert of(village.said_to((await village.matter()).assignee or holder), "12月31日")


async def test_what_is_told_in_the_chat_joins_what_was_planned(december: Tale) -> None:
    village = december
    await village.turn_to(on(12, 4, "17:31"))
    told = await village.say("陈志强", "今天开展主题党日，应到6人，实到5人，请假1人")
    [planned] = [one for one in await village.rows(ActivitySession) if one.kind == "party_day"]
    assert (planned.rule, planned.day.day, str(planned.moved_from)) == ("party_day", 4, "2026-12-05")
    assert (planned.expected, planned.participants, planned.absent_with_reason) == (6, 5, 1)
    await village.edit(told, "今天开展主题党日，应到6人，实到4人，请假2人")
    await village.turn_to(on(12, 5, "12:00"))
    assert not of(village.said_in_group(), "📋")  # it has been
    async with village.village.app.database.reading() as session:
        branch = (await session.exec(select(Unit.id).where(Unit.name == BRANCH))).one() or 0
        held = await turnouts(session, [branch], first=on(12, 1).date(), last=on(12, 31).date())
    assert [one.turnout for one in held] == [Turnout(6, 4, absent_with_reason=2)]


async def test_a_card_is_true_at_any_time_and_for_zeros(december: Tale) -> None:
    village = december
    await village.say("李建国", "党日", private=True)
    shown, card = village.heard("李建国")
    assert shown == "下一次主题党日：12月5日（周六）9:30（杏林村）"
    assert card.endswith(
        "照着念：\n“我联系4户。11月5日党日以来还没有走访，接下来抓紧补上。"
        "这段时间没有新报的事。我的汇报完了。”"
    )
    await village.say("李建国", "今天走访了王德福、李桂英、周大山、吴春生四户，李桂英家水管漏了")
    await village.say("李建国", "刚又去看了李桂英")
    village.listen_from_now()
    await village.say("李建国", "/partyday", private=True)
    _, card = village.heard("李建国")
    assert "我联系4户。11月5日党日以来，户户都走到了，一共5次。" in card
    assert "群众的事我报了1件，都还在办。" in card
    await village.say("王德福", "党日", private=True)
    assert village.heard("王德福") == ["这是给党员看的。"]
    village.heard_in_group()
    await village.say("何文", "党日")
    assert village.heard_in_group() == ["下一次主题党日：12月5日（周六）9:30（杏林村）"]
