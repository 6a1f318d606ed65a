"""Short answers: under a matter, under a report, under a reminder; by the right person and by others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from storage import outbox
from storage.outbox import Draft, Priority
from storage.tables import Matter, MatterEvent, Notice, Report
from tests.handlers.conversation import Conversation, reply_to
from tests.services.acts.village import GROUP_CHAT, STRANGER, WANG, XIAOMEI, ZHAO

LAMP = "村口路灯坏了三天没人管"


async def _reminded(talk: Conversation) -> Notice:
    """王建国 is reminded of a household."""
    await talk.says(WANG, "/start", WANG)
    async with talk.database.transaction() as session:
        draft = Draft(
            key="reminder",
            kind="visit.reminder",
            priority=Priority.ROUTINE,
            text="王建国，这几户该去看看了：\n· 王福\n去了说一句就行，比如“今天走访了王福家”。",
            chat_id=WANG,
            person_id=talk.village.wang,
        )
        await outbox.put(session, draft, now=talk.now)
    await talk.says(ZHAO, "今天天气不错")  # what waits goes out
    return next(one for one in talk.sent if one.kind == "visit.reminder")


async def _events(talk: Conversation) -> list[tuple[str, str]]:
    return [(event.kind, event.note) for event in await talk.rows(MatterEvent)]


@pytest.mark.parametrize("words", ["3", "３", "三", "3户", "三家", "走了3户", "是3户", "应该是3户", "仨"])
async def test_a_number_under_a_reminder_is_a_report(talk: Conversation, words: str) -> None:
    reminder = await _reminded(talk)
    said = await talk.says(WANG, words, WANG, **reply_to(reminder))
    (report,) = await talk.rows(Report)
    assert (report.count, report.unclaimed, report.day) == (3, 3, talk.now.date())
    assert talk.reactions() == [(said["message_id"], "👍")]
    await talk.feed("message", said)
    assert len(await talk.rows(Report)) == 1


async def test_a_bare_number_right_after_a_reminder_needs_no_reply(talk: Conversation) -> None:
    await _reminded(talk)
    talk.later(hours=2)
    said = await talk.says(WANG, "3", WANG)
    await talk.edits(said, "4户")
    (report,) = await talk.rows(Report)
    assert report.count == 4


async def test_a_number_long_after_a_reminder_or_in_the_group_is_nothing(talk: Conversation) -> None:
    await _reminded(talk)
    await talk.says(WANG, "3")
    talk.later(hours=30)
    await talk.says(WANG, "3", WANG)
    assert await talk.rows(Report) == []


@pytest.mark.parametrize("words", ["4户", "四户", "是4户", "4", "是4户不是3户", "应该是4户", "不对，四户"])
async def test_a_number_under_ones_own_report_corrects_it(talk: Conversation, words: str) -> None:
    raw = await talk.says(WANG, "今天走访了3户")
    await talk.says(WANG, "昨天走访了2户")
    word = await talk.says(WANG, words, **reply_to(raw))
    first, second = await talk.rows(Report)
    assert (first.count, first.status, second.count) == (4, "amended", 2)
    assert talk.reactions()[-1] == (word["message_id"], "👍")


async def test_a_number_under_the_bots_line_corrects_the_report_above_it(talk: Conversation) -> None:
    await talk.says(WANG, "今天走访了3户，李大娘家水管漏了")
    line = next(one for one in talk.sent if one.kind == "reply.registered")
    await talk.says(WANG, "4户", **reply_to(line))
    (report,) = await talk.rows(Report)
    assert report.count == 4


async def test_nobody_corrects_what_another_has_reported_and_is_told_so(talk: Conversation) -> None:
    raw = await talk.says(WANG, "今天走访了3户")
    await talk.says(ZHAO, "今天走访了5户")
    await talk.says(ZHAO, "4户", **reply_to(raw))
    assert [report.count for report in await talk.rows(Report)] == [3, 5]
    assert talk.said_to(GROUP_CHAT) == ["这条走访是 王建国 报的，只有本人能改，什么也没改。"]
    await talk.says(XIAOMEI, "4户", **reply_to(raw))
    assert len(talk.said_to(GROUP_CHAT)) == 1


async def test_what_is_taken_back_is_not_corrected(talk: Conversation) -> None:
    await talk.says(WANG, "昨天走访了2户")
    raw = await talk.says(WANG, "今天走访了3户")
    await talk.says(WANG, "撤回", **reply_to(raw))
    await talk.says(WANG, "4户", **reply_to(raw))
    assert [report.count for report in await talk.rows(Report)] == [2, 3]
    assert "已经撤回了" in talk.said_to(GROUP_CHAT)[-1]


async def test_of_two_reports_in_one_message_none_is_guessed(talk: Conversation) -> None:
    raw = await talk.says(WANG, "前天走了3户，昨天又走了2户")
    await talk.says(WANG, "4户", **reply_to(raw))
    assert [report.count for report in await talk.rows(Report)] == [3, 2]
    assert "不止一次走访" in talk.said_to(GROUP_CHAT)[-1]


@pytest.mark.parametrize("words", ["4户", "3号", "4个人", "三四户"])
async def test_a_number_under_chatter_is_nothing(talk: Conversation, words: str) -> None:
    raw = await talk.says(XIAOMEI, "今天天气不错")
    await talk.says(WANG, words, **reply_to(raw))
    assert await talk.rows(Report) == []
    assert talk.sent == []


async def _claimed(talk: Conversation) -> dict[str, Any]:
    await talk.says(XIAOMEI, "/start", XIAOMEI)
    raw = await talk.says(XIAOMEI, LAMP)
    await talk.says(WANG, "我去看看", **reply_to(raw))
    await talk.says(WANG, "修好了", **reply_to(raw))
    return raw


@pytest.mark.parametrize("words", ["还没修", "没修好", "又坏了", "根本没修", "还是不亮", "怎么还没修好呢？"])
async def test_not_mended_under_a_claimed_matter_opens_it_one_step_higher(
    talk: Conversation, words: str
) -> None:
    raw = await _claimed(talk)
    (before,) = await talk.rows(Matter)
    await talk.says(XIAOMEI, words, **reply_to(raw))
    (matter,) = await talk.rows(Matter)
    assert (before.status, matter.status) == ("claimed_solved", "open")
    # A member who takes it on holds it; above them stands the group's leader.
    assert (before.step, matter.step) == ("member", "group")


async def test_a_question_whether_it_is_mended_says_nothing(talk: Conversation) -> None:
    raw = await talk.says(XIAOMEI, LAMP)
    for words in ("修好了吗", "修好没", "什么时候能修好？", "谁去看看"):
        await talk.says(XIAOMEI, words, **reply_to(raw))
    (matter,) = await talk.rows(Matter)
    assert matter.status == "open"


async def test_said_privately_it_is_about_the_matter_that_they_are_asked_to_confirm(
    talk: Conversation,
) -> None:
    await _claimed(talk)
    await talk.says(XIAOMEI, "还没修", XIAOMEI)
    (matter,) = await talk.rows(Matter)
    assert matter.status == "open"


@pytest.mark.parametrize("words", ["还没修", "路灯还没修呢", "到现在也没人来修"])
async def test_a_neighbours_word_is_put_down_and_raises_nothing_anew(talk: Conversation, words: str) -> None:
    raw = await _claimed(talk)
    word = await talk.says(STRANGER, words, **reply_to(raw))
    (matter,) = await talk.rows(Matter)
    assert matter.status == "claimed_solved"
    assert (await _events(talk))[-1] == ("note", words)
    assert talk.reactions()[-1] == (word["message_id"], "👍")


async def test_another_trouble_told_with_it_is_a_matter_of_its_own(talk: Conversation) -> None:
    raw = await _claimed(talk)
    await talk.says(XIAOMEI, "还没修好，另外村东的垃圾堆成山了", **reply_to(raw))
    matters = await talk.rows(Matter)
    assert [one.category for one in matters] == ["infrastructure", "environment"]
    assert matters[0].status == "open"


@pytest.mark.parametrize(("days", "again"), [(20, 1), (40, 2)])
async def test_long_after_it_was_closed_it_is_a_new_matter_that_refers_to_the_old(
    talk: Conversation, days: int, again: int
) -> None:
    raw = await _claimed(talk)
    await talk.says(XIAOMEI, "好了", **reply_to(raw))
    talk.now += timedelta(days=days)
    await talk.says(XIAOMEI, "没修", **reply_to(raw))
    matters = await talk.rows(Matter)
    assert len(matters) == again
    if again == 2:
        assert matters[1].text == "村口路灯坏了三天没人管，没修（接 #1）"
