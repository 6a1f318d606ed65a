"""Members are appraised in secret, by households and by one another, and the branch says what follows."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.playground import people
from bot.playground.messages import Message
from storage.tables import BallotCount, BallotPaper, BallotWords, InboxUpdate
from tests.stories.dying import live_until_killed
from tests.stories.telling import Tale, on

MEMBERS = ("陈志强", "张海燕", "李建国", "何文", "孙立新", "刘春梅")
RESIDENTS = ("王德福", "钱玉兰", "马小军")
OVER = "2026年评议已经截止，谢谢。"


async def test_households_vote_when_the_day_comes(village: Tale) -> None:
    await village.say("陈志强", "评议", private=True)
    assert village.heard("陈志强") == [
        "下一次群众评议：12月10日（周四）开始（2026年）。\n"
        "开民主评议，写：民主评议。给党员定等次，写：评定 王建国 优秀：理由。看结果，写：评议结果。"
    ]
    await village.turn_to(on(12, 3, "08:59"))
    village.listen_from_now()
    await village.turn_to(on(12, 3, "09:00"))
    [notice] = [text for text in village.heard("陈志强") if "群众评议" in text]
    assert notice == (
        "12月10日（周四）开始2026年群众评议：请每户给自家的联户党员投一票，投 10 天，"
        "到 12月20日（周日） 截止。"
        "票不记名，谁投了什么，谁也看不到。\n不用您做什么，到时候自动开始；要改就点下面。"
    )
    await village.turn_to(on(12, 10, "08:59"))
    village.listen_from_now()
    await village.turn_to(on(12, 10, "09:00"))
    [ballot] = village.heard("王德福")
    assert ballot == (
        "2026年评议：您家对联户党员李建国满意吗？点一下就行，一户一票，12月20日（周日）09:00 截止。\n"
        "不记名：您点了什么，村里、李建国、别的人都看不到，这里也不留。点了就算，改不了。"
    )
    assert await village.press("王德福", "不满意") == "投好了，谢谢。"
    voted = village.said_to("王德福")[-1]
    assert voted.startswith("2026年评议：您家对李建国的评价已经投好了，谢谢。一户一票，不记名。")
    assert "满意" not in voted

    # The program is started again in between; the rest is as it was.
    await village.village.stop_bot()
    await village.village.start_bot()
    assert await village.press("王德福", "再补一句话") == "请在 30 分钟内把话直接发给我。"
    said = await village.say("王德福", "他来得少，路灯坏了也不管", private=True)
    assert village.reaction_to(said) == "👍"
    await village.edit(said, "他来得少，路灯坏了也不管，家里水管漏了")
    assert not (await village.ledger()).matters  # the words are for the appraisal alone
    assert village.heard_in_group() == []
    await village.say("王德福", "评议", private=True)
    assert village.heard("王德福") == ["您家的票已经投好了，谢谢。"]

    # Whoever scans the plate again gets the ballot again, at whatever hour; one vote counts.
    village.listen_from_now()
    await _scan(village, "马小军", "helian-11")
    assert any("您家对联户党员刘春梅满意吗" in text for text in village.heard("马小军"))
    assert await village.press("马小军", "满意") == "投好了，谢谢。"
    first = next(
        each for each in village.from_bot(village.village.people["马小军"].id) if "评议" in (each.text or "")
    )
    assert (first.text or "").startswith("2026年评议：您家对刘春梅的评价已经投好了")

    village.listen_from_now()
    await village.turn_to(on(12, 20, "09:00"))
    assert (
        "2026年群众评议：您的联系户里投了 1 票（共 4 户），票数太少，不公布，免得看出是谁投的。"
        in village.heard("李建国")
    )
    [closed] = [text for text in village.heard("陈志强") if "截止了" in text]
    assert closed.startswith("2026年群众评议截止了：24 户里 2 户投了票。全支部：票数太少，不公布。")
    assert "来得少" not in closed
    assert village.heard("赵敏") == [
        "杏林村2026年群众评议截止了：24 户里 2 户投了票。全村：票数太少，不公布。"
    ]
    assert village.said_to("钱玉兰")[-1] == OVER
    await _nothing_says_who_voted_what(village)
    await village.nothing_is_left_over()


async def _scan(village: Tale, name: str, plate: str) -> None:
    link = f"https://t.me/{village.village.world.bot.username}?start={plate}"
    people.open_link(village.village.world, village.village.people[name].id, link)
    await village.village.settle()


async def _nothing_says_who_voted_what(village: Tale) -> None:
    async with village.village.app.database.reading() as session:
        assert {update.payload for update in await session.exec(select(InboxUpdate))} == {""}
        cast = list(await session.exec(select(BallotPaper).where(BallotPaper.cast)))
        votes = [count.votes for count in await session.exec(select(BallotCount)) if count.votes]
        assert len(cast) == sum(votes) == 2
        assert [row.words for row in await session.exec(select(BallotWords))] == ["他来得少，路灯坏了也不管"]


async def test_members_appraise_one_another_and_the_branch_gives_its_verdict(village: Tale) -> None:
    await village.say("李建国", "民主评议", private=True)
    assert village.heard("李建国") == ["评议由书记来开始、推迟或取消。"]
    await village.say("陈志强", "民主评议")  # in the group it is a word like any other
    assert village.heard("陈志强") == []
    await village.say("陈志强", "民主评议", private=True)
    assert village.heard("陈志强") == [
        "现在开始民主评议党员？会给 6 位党员各发一份，给每位同志评一个等次：优秀、合格、基本合格、不合格。"
        "不记名，11月13日（周五） 截止。"
    ]
    started = await village.press("陈志强", "现在就开始")
    assert started == "民主评议开始了，已经发给 6 位党员，11月13日（周五）09:00 截止。都评完了可以提前截止。"
    assert village.heard("何文") == [
        "点了就算，改不了；您评了什么，谁也看不到，这里也不留。\n"
        "民主评议党员，不记名，11月13日（周五）09:00 截止。\n第 1 位，共 5 位：陈志强"
    ]
    assert await village.press("何文", "先跳过") == "先跳过这一位。"
    assert village.said_to("何文")[-1].endswith("第 2 位，共 5 位：张海燕")
    for name in MEMBERS:
        for _ in range(5):
            low = village.said_to(name)[-1].endswith("：刘春梅") and name != "陈志强"
            assert await village.press(name, "不合格" if low else "优秀") == "记下了。"
        assert village.said_to(name)[-1] == "5 位同志您都评完了，谢谢。"
    village.listen_from_now()
    assert await village.press("陈志强", "现在截止") == "民主评议已经截止，谢谢。"
    assert village.heard("刘春梅") == [
        "民主评议（11月10日（周二））：5 位同志评了您。"
        "5 票里 1 票合格以上，占 20%，可信范围 4%–62%，票数少，仅供参考"
        "（优秀 1，合格 0，基本合格 0，不合格 4）。\n这是不记名评的，只告诉您和书记。\n"
        "有不满意的很正常，多去坐坐、问问哪里没做到。需要帮忙就跟书记说。"
    ]
    [closed] = [text for text in village.heard("陈志强") if "截止了" in text]
    assert closed.startswith("民主评议（11月10日（周二））截止了：6 位党员里 6 位评了。")
    assert closed.endswith("\n给每位党员定等次，这样写：评定 何文 优秀：理由。还没定的有 6 位。")

    await _verdicts(village)
    assert village.heard_in_group() == []
    await village.nothing_is_left_over()


async def _verdicts(village: Tale) -> None:
    for said, answered in (
        (
            "评定 刘春梅 不合格",
            "不合格的要写下一步怎么帮，例如：评定 刘春梅 不合格：一年没有走访；下一步：何文帮带三个月。",
        ),
        ("评定 陈志强 优秀：好", "自己的等次请副书记或镇里来定。"),
        ("评定 诸葛亮 优秀：好", "支部里没有找到“诸葛亮”这位党员，请写全名，再写一遍。"),
        ("评定 何文 优秀", "请写上理由，例如：评定 何文 优秀：按时走访，事情办得好。"),
    ):
        await village.say("陈志强", said, private=True)
        assert village.heard("陈志强") == [answered]
    village.listen_from_now()
    await village.say("陈志强", "评定 刘春梅 不合格：三个月没有走访；下一步：何文帮带三个月", private=True)
    assert village.heard("陈志强") == [
        "记下了：刘春梅，2026年，不合格。理由：三个月没有走访；下一步：何文帮带三个月。只私下告诉本人。"
    ]
    assert village.heard("刘春梅") == [
        "2026年度民主评议，支部给您的等次是：不合格。\n理由：三个月没有走访\n下一步：何文帮带三个月\n"
        "这件事只有您和书记知道。有什么难处、有不同意见，请直接跟书记说。"
    ]
    await village.say("李建国", "评议结果", private=True)
    [own] = village.heard("李建国")
    assert "李建国" in own and "刘春梅" not in own
    await village.say("赵敏", "评议结果", private=True)
    assert "· 刘春梅。群众：没有；党员互评：5 票里 1 票合格以上" in village.heard("赵敏")[0]


@pytest.mark.parametrize("point", ["handled", "decided"])
async def test_a_vote_counts_once_though_the_program_is_killed(point: str, village: Tale) -> None:
    tale, here = village, village.village
    await tale.say("陈志强", "民主评议", private=True)
    await tale.press("陈志强", "现在就开始")
    ballot = tale.from_bot(here.people["何文"].id)[-1]
    await here.stop_bot()
    _press(tale, "何文", ballot, "优秀")
    await live_until_killed(here, point)
    _press(tale, "何文", ballot, "优秀")  # they press again, since nothing seems to happen
    await here.start_bot()
    await here.settle()
    async with here.app.database.reading() as session:
        counts = [count.votes for count in await session.exec(select(BallotCount))]
        assert sum(counts) == 1
    assert tale.said_to("何文")[-1].endswith("第 2 位，共 5 位：张海燕")


def _press(tale: Tale, name: str, message: Message, label: str) -> None:
    button = people.find_button(message, label)
    assert button is not None
    user_id = tale.village.people[name].id
    people.press(tale.village.world, message.chat.id, message.id, user_id, data=button["callback_data"])
