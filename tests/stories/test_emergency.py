from tests.stories.telling import Tale

FIRE = "快来人！周大山家着火了，人还在屋里"


async def test_it_reaches_everyone_up_to_the_secretary_at_once_and_breaks_the_quiet(village: Tale) -> None:
    await village.turn_to("23:10")
    village.listen_from_now()
    await village.say("王德福", FIRE)
    for name in ("李建国", "张海燕", "陈志强"):
        [told] = village.heard(name)
        assert "着火" in told
    assert village.heard("赵敏") == []
    assert village.heard("何文") == []

    # A quarter of an hour without anybody: the town too, and everybody again.
    await village.fast_forward(minutes=15)
    for name in ("李建国", "张海燕", "陈志强", "赵敏"):
        assert "着火" in village.heard(name)[0]


async def test_it_stops_when_somebody_has_taken_it_on(village: Tale) -> None:
    await village.turn_to("23:10")
    await village.say("王德福", FIRE)
    await village.press("张海燕", "我来处理")
    village.listen_from_now()
    await village.fast_forward(hours=6)
    for name in ("李建国", "张海燕", "陈志强", "赵敏"):
        assert village.heard(name) == []
    assert (await village.matter()).status == "acknowledged"
    await village.nothing_is_left_over()


async def test_what_is_no_emergency_waits_for_the_morning(village: Tale) -> None:
    await village.turn_to("23:10")
    village.listen_from_now()
    said = await village.say("钱玉兰", "村口路灯坏了三天没人管")
    # The one who wrote has their answer at once, those who have to act sleep on.
    assert village.heard_in_group() != []
    assert village.heard("刘春梅") == []
    await village.turn_to("07:00")
    [told] = village.heard("刘春梅")
    assert "路灯" in told
    assert said.text is not None
