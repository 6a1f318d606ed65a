"""A village teaches the bot its own words, and sees at once what they change."""

from __future__ import annotations

from tests.stories.telling import Tale


async def test_a_word_of_the_village_is_taught_in_the_chat(village: Tale) -> None:
    ignored = await village.say("王德福", "晌午掉档")
    assert village.reaction_to(ignored) is None
    assert village.heard_in_group() == []
    await village.fast_forward(days=2)
    village.listen_from_now()

    await village.say("陈志强", "教 掉档 是 供电问题 急", private=True)
    [preview] = village.heard("陈志强")
    assert "上个月的消息里有 1 条会读得不一样" in preview
    assert "11月10日 王德福：“晌午掉档”" in preview
    assert "不记 → 事项（基础设施，急）" in preview

    shown = await village.press("陈志强", "记住")
    assert shown.startswith("记住了：掉档（基础设施，急）")
    village.listen_from_now()
    await village.say("王德福", "晌午掉档")
    [line] = village.heard_in_group()
    assert line.startswith("已登记 #1 晌午掉档")
    matter = await village.matter()
    assert (matter.category, matter.urgency) == ("infrastructure", "urgent")

    await village.say("陈志强", "词表", private=True)
    assert "· 掉档：基础设施，急" in village.heard("陈志强")[-1]
    await village.say("陈志强", "忘掉 掉档", private=True)
    assert village.heard("陈志强")[-1].startswith("忘掉了：掉档")
    village.listen_from_now()
    await village.say("王德福", "晌午掉档")
    assert village.heard_in_group() == []
    await village.nothing_is_left_over()


async def test_who_writes_only_the_word_is_asked_for_the_rest(village: Tale) -> None:
    await village.say("陈志强", "教 掉档", private=True)
    await village.press("陈志强", "是一类问题")
    await village.press("陈志强", "基础设施")
    await village.press("陈志强", "急")
    assert "没有一条会读得不一样" in village.said_to("陈志强")[-1]
    await village.press("陈志强", "记住")
    await village.say("王德福", "晌午掉档")
    assert (await village.matter()).urgency == "urgent"


async def test_a_nickname_a_place_and_what_is_no_trouble(village: Tale) -> None:
    for lesson in ("教 二孬 是 王德福", "教 老孙头 是地方", "教 断水梁 不是事"):
        await village.say("陈志强", lesson, private=True)
        await village.press("陈志强", "记住")
    await village.say("李建国", "今天走访了二孬家")
    [report] = (await village.ledger()).reports
    assert report.households == ("王德福",)
    village.listen_from_now()
    await village.say("钱玉兰", "断水梁没人管")
    assert village.heard_in_group() == []
    await village.say("钱玉兰", "老孙头的路灯不亮三天了没人管")
    assert (await village.matter()).about is None


async def test_in_the_group_it_is_taught_by_the_secretary_alone(village: Tale) -> None:
    await village.say("王德福", "教 掉档 是 供电问题 急")
    await village.say("李建国", "教 掉档 是 供电问题 急")
    assert village.heard_in_group() == []
    await village.say("王德福", "晌午掉档")
    await village.say("陈志强", "教 掉档 是 供电问题 急")
    [preview] = village.heard_in_group()
    assert "“晌午掉档”" in preview
    assert "只有本人能点" in await village.press("王德福", "记住")
    await village.press("陈志强", "不记")
    await village.say("李建国", "教 掉档 是 供电问题 急", private=True)
    assert "由书记和镇干部来做" in village.heard("李建国")[-1]


async def test_an_officer_of_the_town_names_the_village(village: Tale) -> None:
    await village.say("赵敏", "杏林村 教 掉档 是 供电问题 急", private=True)
    await village.press("赵敏", "记住")
    await village.say("王德福", "晌午掉档")
    assert (await village.matter()).category == "infrastructure"


async def test_what_is_written_badly_is_answered_with_an_example(village: Tale) -> None:
    for lesson in (
        "教",
        "教 电 是 供电问题 急",
        "教 二孬 是 张无此人",
        "教 123 是地方",
        "忘掉",
        "忘掉 没教过",
    ):
        village.listen_from_now()
        await village.say("陈志强", lesson, private=True)
        [said] = village.heard("陈志强")
        assert "\n" not in said
        assert "教 " in said or "忘掉 " in said or "词表" in said, said
    assert "还没有教过词" in (await _list(village))


async def _list(village: Tale) -> str:
    await village.say("陈志强", "词表", private=True)
    return village.said_to("陈志强")[-1]
