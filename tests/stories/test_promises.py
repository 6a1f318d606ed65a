"""A dated word on a matter: shown to whoever raised it, reminded of, kept or broken. It is Tuesday, 17:30."""

from sqlmodel import select

from storage.tables import Promise
from tests.stories.telling import Tale, on

TROUBLE = "我家门口的排水沟堵了，一下雨就往院里灌"


async def promised(village: Tale) -> list[tuple[str, str, str]]:
    """The promises there are: words, day, state."""
    async with village.village.app.database.reading() as session:
        found = await session.exec(select(Promise).order_by(Promise.id))
        return [(one.words, one.due.isoformat(), one.state) for one in found]


async def _promise(village: Tale, words: str = "周五前修好") -> None:
    await village.say("马小军", TROUBLE, private=True)
    village.listen_from_now()
    await village.say("刘春梅", words, private=True)


async def test_it_takes_the_matter_on_and_is_shown_to_whoever_raised_it(village: Tale) -> None:
    await _promise(village)
    assert await promised(village) == [("周五前修好", "2026-11-13", "standing")]
    matter = await village.matter()
    assert (matter.status, matter.assignee) == ("acknowledged", "刘春梅")
    assert any("刘春梅答应 11月13日（周五）前办好。" in text for text in village.heard("马小军"))
    await village.say("马小军", "事项 1", private=True)
    assert "答应：刘春梅，11月13日（周五）前办好" in village.heard("马小军")[-1]
    assert (await village.matter()).promises == ("答应：刘春梅，11月13日（周五）前办好",)


async def test_its_giver_is_reminded_the_day_before_and_it_lengthens_no_clock(village: Tale) -> None:
    await village.say("马小军", TROUBLE, private=True)
    before = (await village.matter()).solve_by
    await village.say("刘春梅", "周五前修好", private=True)
    assert (await village.matter()).solve_by == before
    await village.turn_to(on(11, 12, "08:59"))
    village.listen_from_now()
    await village.turn_to(on(11, 12, "09:00"))
    [told] = [text for text in village.heard("刘春梅") if "答应过" in text]
    assert told.startswith("提醒一下：第1号事项（我家门口的排水沟堵了")
    assert "您答应过 11月13日（周五）前办好。" in told


async def test_it_is_kept_when_the_matter_is_said_to_be_solved_by_then(village: Tale) -> None:
    await _promise(village)
    await village.turn_to(on(11, 13, "20:00"))
    await village.press("刘春梅", "已解决")
    assert [state for *_, state in await promised(village)] == ["kept"]
    village.listen_from_now()
    await village.turn_to(on(11, 14, "09:00"))
    assert not any("答应" in text for text in village.heard("刘春梅") + village.heard("马小军"))


async def test_it_is_broken_when_its_day_has_passed_and_both_are_told_once(village: Tale) -> None:
    await _promise(village)
    await village.turn_to(on(11, 13, "23:59"))
    assert [state for *_, state in await promised(village)] == ["standing"]
    village.listen_from_now()
    await village.turn_to(on(11, 14, "00:00"))
    assert [state for *_, state in await promised(village)] == ["broken"]
    assert village.heard("马小军") == []  # in the morning
    await village.turn_to(on(11, 14, "07:00"))
    [told] = village.heard("马小军")
    assert "刘春梅答应 11月13日（周五）前办好，到现在还没办好。" in told
    [own] = [text for text in village.heard("刘春梅") if "记作没做到" in text]
    assert "您答应 11月13日（周五）前办好，日子过了还没办好" in own
    await village.turn_to(on(11, 16, "07:00"))
    assert not any("答应" in text for text in village.heard("马小军"))
    await village.nothing_is_left_over()


async def test_a_new_one_takes_the_place_of_the_one_before(village: Tale) -> None:
    await _promise(village)
    village.listen_from_now()
    await village.say("刘春梅", "#1 下周三之前解决", private=True)
    assert await promised(village) == [
        ("周五前修好", "2026-11-13", "moved"),
        ("#1 下周三之前解决", "2026-11-18", "standing"),
    ]
    assert any("11月18日（周三）前办好" in text for text in village.heard("马小军"))


async def test_in_the_group_an_answer_promises_and_a_question_does_not(village: Tale) -> None:
    lamp = await village.say("钱玉兰", "村口路灯坏了三天没人管")
    await village.say("刘春梅", "周五前能修好吗", reply_to=lamp)
    await village.say("刘春梅", "争取周五修好", reply_to=lamp)
    await village.say("何文", "后天给您装上", reply_to=lamp)  # not his to promise
    assert await promised(village) == []
    said = await village.say("刘春梅", "后天给您装上", reply_to=lamp)
    assert village.reaction_to(said) == "👍"
    assert await promised(village) == [("后天给您装上", "2026-11-12", "standing")]


async def test_of_two_matters_none_is_meant_without_a_number(village: Tale) -> None:
    await village.say("马小军", TROUBLE, private=True)
    await village.say("钱玉兰", "村口路灯坏了三天没人管")
    await village.say("刘春梅", "周五前修好", private=True)
    assert await promised(village) == []
    await village.say("刘春梅", "2号事项周五前修好", private=True)
    assert [words for words, *_ in await promised(village)] == ["2号事项周五前修好"]
