"""Is it really settled? Asked as people ask, answered as people answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stories.telling import Tale

PIPE = "我家水管漏了，厨房都淹了"


async def _said_to_be_solved(village: Tale, text: str = PIPE) -> None:
    await village.say("王德福", text)
    await village.press("李建国", "我来处理")
    await village.press("李建国", "已解决")
    village.listen_from_now()


async def test_the_question_names_person_and_thing(village: Tale) -> None:
    await village.say("王德福", PIPE)
    await village.press("李建国", "我来处理")
    await village.press("李建国", "已解决")
    assert village.heard("王德福")[-1].splitlines()[0] == "王德福，水管修好了吗？"


async def test_for_whoever_has_no_telegram_their_member_is_asked_to_ask(village: Tale) -> None:
    await village.say("李建国", "今天走访了李大娘家，李大娘家水管漏了")
    await village.press("李建国", "我来处理")
    await village.press("李建国", "已解决")
    [asked] = [text for text in village.said_to("李建国") if "请您代问一句" in text]
    assert asked.startswith("李建国，李大娘那边水管修好了吗？请您代问一句、代点一下。")


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("好了谢谢", "satisfied"),
        ("修好啦，麻烦你们了", "satisfied"),
        ("凑合用吧", "partly"),
        ("好一点了", "partly"),
    ],
)
async def test_it_is_answered_in_words(village: Tale, words: str, outcome: str) -> None:
    await _said_to_be_solved(village)
    await village.say("王德福", words, private=True)
    assert ((await village.matter()).status, (await village.matter()).outcome) == ("closed", outcome)


@pytest.mark.parametrize("words", ["还漏呢", "没人来过", "修了个啥，照样漏", "没好"])
async def test_not_solved_in_words_opens_it_one_step_higher_with_all_its_time(
    village: Tale, words: str
) -> None:
    await _said_to_be_solved(village)
    await village.say("王德福", words, private=True)
    matter = await village.matter()
    assert (matter.status, matter.step, matter.assignee) == ("open", "group", "张海燕")
    assert matter.solve_by == village.now + timedelta(hours=24)
    assert any("王德福说这件事还没办好，重新交给您" in text for text in village.heard("张海燕"))


async def test_why_is_asked_once_kept_and_told_to_who_has_it_and_who_had_it(village: Tale) -> None:
    await _said_to_be_solved(village)
    await village.press("王德福", "没好")
    assert village.heard("王德福")[-1].startswith("知道了。哪里没好？想说就回一句")
    said = await village.say("王德福", "水龙头那儿还在滴，桶都接满了", private=True)
    assert village.reaction_to(said) == "👍"
    assert len((await village.ledger()).matters) == 1  # an answer, no trouble of its own
    for name in ("张海燕", "李建国"):
        assert any("王德福说：“水龙头那儿还在滴，桶都接满了”" in text for text in village.heard(name))
    assert ("note", "水龙头那儿还在滴，桶都接满了") in [
        (event.kind, event.note) for event in (await village.matter()).events
    ]
    # Another trouble told next is a matter of its own.
    await village.say("王德福", "村口路灯也坏了", private=True)
    assert len((await village.ledger()).matters) == 2


async def test_silence_is_reminded_of_once_and_is_an_outcome_of_its_own(village: Tale) -> None:
    await _said_to_be_solved(village)
    asked = village.now
    await village.turn_to(asked + timedelta(days=2, minutes=-1))
    assert village.heard("王德福") == []
    await village.turn_to(asked + timedelta(days=2))
    [again] = village.heard("王德福")
    assert again.startswith("再问您一次，之后就不问了。\n王德福，水管修好了吗？")
    await village.turn_to(asked + timedelta(days=7, minutes=-1))
    assert (await village.matter()).status == "claimed_solved"
    await village.turn_to(asked + timedelta(days=7))
    matter = await village.matter()
    assert (matter.status, matter.outcome, matter.closed_at) == ("closed", "silent", village.now)


async def test_what_cannot_be_done_is_explained_and_they_may_disagree(village: Tale) -> None:
    await village.say("王德福", PIPE)
    await village.press("李建国", "我来处理")
    assert await village.press("李建国", "办不了") == "请在下面写一句原因。"
    assert (await village.matter()).status == "acknowledged"  # nothing is explained yet
    village.listen_from_now()
    why = "整条街的主管要换，自来水公司排到下个月"
    await village.say("李建国", why, private=True)
    [shown] = village.heard("王德福")
    assert why in shown
    assert "李建国说的原因" in shown

    await village.press("王德福", "我不同意")
    matter = await village.matter()
    assert (matter.status, matter.step) == ("open", "group")

    await village.press("张海燕", "我来处理")
    await village.press("张海燕", "办不了")
    await village.say("张海燕", why, private=True)
    await village.press("王德福", "我知道了")
    matter = await village.matter()
    assert (matter.status, matter.outcome) == ("closed", "cannot_explained")


async def test_the_explanation_may_sound_like_trouble_and_be_asked_for_by_a_word(village: Tale) -> None:
    await village.say("王德福", "想在楼里装个电梯，三楼爬不动")
    await village.say("李建国", "1号办不了", private=True)
    why = "楼是九十年代的，没有装电梯的井道，镇里也批不了"
    await village.say("李建国", why, private=True)
    assert len((await village.ledger()).matters) == 1
    assert any(why in text for text in village.heard("王德福"))
    await village.press("王德福", "我知道了")
    assert (await village.matter()).outcome == "cannot_explained"


async def test_an_explanation_nobody_has_read_does_not_count_as_one(village: Tale) -> None:
    await village.say("王德福", PIPE)
    await village.press("李建国", "我来处理")
    await village.press("李建国", "办不了")
    await village.say("李建国", "主管要换，排到下个月", private=True)
    await village.fast_forward(days=9)
    assert (await village.matter()).outcome == "silent"


async def test_thirty_days_later_they_are_asked_once_whether_it_has_lasted(village: Tale) -> None:
    await village.override(look_back__share=1)
    await _said_to_be_solved(village)
    await village.press("王德福", "好了")
    closed = village.now
    village.listen_from_now()
    await village.turn_to((closed + timedelta(days=30)).replace(hour=7, minute=59))
    assert not any("现在还好吗" in text for text in village.heard("王德福"))
    await village.turn_to((closed + timedelta(days=30)).replace(hour=8, minute=0))
    [asked] = [text for text in village.heard("王德福") if "现在还好吗" in text]
    assert asked.startswith("王德福，上个月您说的事，水管修好了以后，现在还好吗？")

    assert await village.press("王德福", "又坏了") == "重新登记了，#2，会有人来看。"
    matter = await village.matter(2)
    assert (matter.status, matter.text, matter.assignee) == ("open", PIPE, "李建国")
    assert any("这件事以前也有过：#1。" in text for text in village.heard("李建国"))
    await village.fast_forward(days=40)
    assert len([text for text in village.said_to("王德福") if "现在还好吗" in text]) == 1


async def test_the_third_time_in_ninety_days_it_starts_one_step_higher(village: Tale) -> None:
    for _ in range(2):
        await village.say("王德福", PIPE)
        await village.press("李建国", "我来处理")
        await village.press("李建国", "已解决")
        await village.press("王德福", "好了")
        await village.fast_forward(days=10)
    village.listen_from_now()
    await village.say("王德福", "我家水管又漏了，地上全是水")
    matter = await village.matter(3)
    assert (matter.step, matter.assignee) == ("group", "张海燕")
    told = "\n".join(village.heard("张海燕"))
    assert "90 天里是第 3 次了（以前是 #1、#2）" in told

    # The secretary finds it on the agenda of the next Party day, the day before.
    await village.turn_to(village.now.replace(month=12, day=4, hour=9, minute=0))
    [before] = [text for text in village.heard("陈志强") if "主题党日" in text and "明天" in text]
    assert "#3 我家水管又漏了，地上全是水（反复出现，第 3 次" in before
