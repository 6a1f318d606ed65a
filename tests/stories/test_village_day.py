from tests.stories.telling import Tale

SENTENCE = "今天走访了老王家和李大娘家，李大娘家水管漏了"


async def test_one_sentence_on_the_way_home_becomes_two_visits_and_a_matter(village: Tale) -> None:
    said = await village.say("李建国", SENTENCE)

    # A reaction says that it is on record, one line gives the matter its number.
    assert village.reaction_to(said) == "👍"
    [line] = village.heard_in_group()
    assert "#1" in line

    ledger = await village.ledger()
    [report] = ledger.reports
    assert (report.member, report.count) == ("李建国", 2)
    assert set(report.households) == {"王德福", "李桂英"}
    [matter] = ledger.matters
    assert (matter.number, matter.household, matter.assignee) == (1, "李桂英", "李建国")
    assert "水管漏了" in matter.text

    # The member is told privately, with the button that takes it on.
    [told] = village.heard("李建国")
    assert "水管漏了" in told
    assert village.heard("陈志强") == []
    await village.nothing_is_left_over()


async def test_a_matter_nobody_takes_on_is_told_to_the_next_above_after_a_warning(village: Tale) -> None:
    await village.say("李建国", SENTENCE)
    village.listen_from_now()

    await village.fast_forward(days=3)

    told = [text for text in village.heard("李建国") if "第1号事项" in text]
    assert "提醒一下" in told[0]
    assert "张海燕" in told[0]  # who is told next
    assert "到时间没人接手" in told[1]
    assert any("没有接手" in text for text in village.heard("张海燕"))
    matter = await village.matter()
    assert matter.step != "member"
    await village.nothing_is_left_over()


async def test_taking_it_on_stops_the_climb_and_a_second_press_changes_nothing(village: Tale) -> None:
    await village.say("李建国", SENTENCE)
    await village.press("李建国", "我来处理")
    before = await village.matter()
    assert before.status == "acknowledged"
    await village.fast_forward(days=2)
    assert village.heard("张海燕") == []
    assert (await village.matter()).events == before.events
