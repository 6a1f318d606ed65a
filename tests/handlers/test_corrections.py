"""What was told wrong is put right: in words, by editing, or taken back."""

from __future__ import annotations

from storage.tables import Matter, Report, Visit
from tests.handlers.conversation import Conversation, reply_to
from tests.services.acts.village import WANG, XIAOMEI


async def _standing(talk: Conversation) -> list[int]:
    return [visit.household_id for visit in await talk.rows(Visit) if visit.withdrawn_at is None]


async def test_a_number_is_corrected_in_words(talk: Conversation) -> None:
    await talk.says(WANG, "今天走访了3户")
    await talk.says(WANG, "更正：是4户不是3户")
    (report,) = await talk.rows(Report)
    assert (report.count, report.unclaimed, report.status) == (4, 4, "amended")


async def test_a_number_put_right_that_nobody_has_reported_is_not_lost_in_silence(talk: Conversation) -> None:
    await talk.says(WANG, "9户，不是6户")
    assert await talk.rows(Report) == []
    assert talk.sent[-1].text.startswith("没找到您最近 24 小时里的记录，什么也没改。")


async def test_a_household_is_put_in_anothers_place(talk: Conversation) -> None:
    raw = await talk.says(WANG, "今天走访了老王家")
    await talk.says(WANG, "更正：不是老王家，是李大娘家", **reply_to(raw))
    assert await _standing(talk) == [talk.village.li]


async def test_editing_the_message_amends_the_report(talk: Conversation) -> None:
    raw = await talk.says(WANG, "今天走访了老王家")
    await talk.edits(raw, "今天走访了老王家和李大娘家")
    (report,) = await talk.rows(Report)
    assert (report.count, report.status) == (2, "amended")
    assert await _standing(talk) == [talk.village.wang_fu, talk.village.li]


async def test_an_edit_without_a_change_does_nothing(talk: Conversation) -> None:
    raw = await talk.says(WANG, "今天走访了老王家")
    before = len(talk.sent)
    await talk.edits(raw, "今天走访了老王家")
    (report,) = await talk.rows(Report)
    assert (report.status, len(talk.sent)) == ("recorded", before)


async def test_an_edit_that_takes_the_visit_out_withdraws_it(talk: Conversation) -> None:
    raw = await talk.says(WANG, "今天走访了老王家")
    await talk.edits(raw, "今天天气不错")
    (report,) = await talk.rows(Report)
    assert report.status == "withdrawn"
    assert await _standing(talk) == []
    assert [text for _, text in talk.reactions()] == ["👍", ""]


async def test_taking_back_in_reply_withdraws_visits_once(talk: Conversation) -> None:
    await talk.says(WANG, "今天走访了老王家")
    second = await talk.says(WANG, "今天走访了李大娘家")
    word = await talk.says(WANG, "撤回", **reply_to(second))
    assert [report.status for report in await talk.rows(Report)] == ["recorded", "withdrawn"]
    await talk.feed("message", word)
    assert [report.status for report in await talk.rows(Report)] == ["recorded", "withdrawn"]


async def test_nobody_takes_back_what_another_has_told(talk: Conversation) -> None:
    raw = await talk.says(WANG, "今天走访了老王家")
    await talk.says(1002, "撤回", **reply_to(raw))
    (report,) = await talk.rows(Report)
    assert report.status == "recorded"


async def test_a_new_line_of_an_edit_raises_a_matter_under_the_same_reply(talk: Conversation) -> None:
    raw = await talk.says(XIAOMEI, "村口路灯坏了三天没人管")
    await talk.edits(raw, "村口路灯坏了三天没人管。另外村东的垃圾堆成山了，臭得很")
    assert [matter.number for matter in await talk.rows(Matter)] == [1, 2]
    edits = [one for one in talk.sent if one.kind == "reply.registered.edit"]
    assert "#1 " in edits[-1].text
    assert "#2 " in edits[-1].text


async def test_one_word_takes_back_what_was_told_last(talk: Conversation) -> None:
    await talk.says(XIAOMEI, "撤回")
    await talk.says(WANG, "今天走访了老王家")
    await talk.says(WANG, "撤回")
    (report,) = await talk.rows(Report)
    assert report.status == "withdrawn"


async def test_a_number_that_is_no_matter_is_a_day(talk: Conversation) -> None:
    await talk.says(XIAOMEI, "村口路灯坏了三天没人管")
    await talk.says(WANG, "12号修好了")
    await talk.says(WANG, "1号修好了")
    (matter,) = await talk.rows(Matter)
    assert matter.status == "claimed_solved"


async def test_editing_an_answer_to_a_matter_raises_no_new_one(talk: Conversation) -> None:
    raised = await talk.says(XIAOMEI, "村口路灯坏了三天没人管")
    answer = await talk.says(XIAOMEI, "路灯还没人修", **reply_to(raised))
    await talk.edits({**answer, **reply_to(raised)}, "路灯还没人来修")
    assert len(await talk.rows(Matter)) == 1


async def test_households_counted_and_not_named_can_be_named_later(talk: Conversation) -> None:
    raw = await talk.says(WANG, "今天走访了3户")
    await talk.says(WANG, "老王", **reply_to(raw))
    await talk.says(WANG, "李大娘家、王福", WANG)
    (report,) = await talk.rows(Report)
    assert {visit.household_id for visit in await talk.rows(Visit)} == {talk.village.li, talk.village.wang_fu}
    assert (report.count, report.unclaimed) == (3, 1)
    assert len(await talk.rows(Visit)) == 2


async def test_names_among_other_words_or_in_the_group_alone_name_nothing(talk: Conversation) -> None:
    await talk.says(WANG, "今天走访了3户")
    talk.later(minutes=3)
    await talk.says(WANG, "老王")
    await talk.says(WANG, "老王 你好", WANG)
    assert await talk.rows(Visit) == []
