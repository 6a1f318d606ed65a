"""What people are told of a matter while it lives: the right ones, once, and what is true."""

from __future__ import annotations

from storage.tables import Matter, Notice
from tests.handlers.conversation import Conversation, reply_to
from tests.services.acts.village import GROUP_CHAT, QIAN, STRANGER, WANG, XIAOMEI, ZHAO

FIRE = "快来人，我家着火了"


async def _line(talk: Conversation) -> str:
    """The line in the group about the matter, as it reads now."""
    said = [one for one in talk.sent if one.kind in ("reply.registered", "reply.registered.edit")]
    return said[-1].text


async def _raise(
    talk: Conversation, text: str = "村口路灯坏了三天没人管"
) -> tuple[dict[str, object], Notice]:
    for user in (XIAOMEI, WANG, ZHAO, QIAN):
        await talk.says(user, "/start", user)
    raw = await talk.says(XIAOMEI, text)
    return raw, next(one for one in talk.sent if one.kind == "matter.raised" and one.chat_id == WANG)


async def test_whoever_takes_it_on_by_a_word_gets_it_in_hand_with_its_buttons(talk: Conversation) -> None:
    raw, _ = await _raise(talk)
    await talk.says(ZHAO, "我去看看", **reply_to(raw))
    (yours,) = [one for one in talk.sent if one.kind == "matter.yours"]
    assert yours.chat_id == ZHAO
    assert "村口路灯坏了三天没人管" in yours.text
    assert (await talk.presses(ZHAO, yours, "已解决")).startswith("记下了")
    (matter,) = await talk.rows(Matter)
    assert matter.status == "claimed_solved"


async def test_who_was_told_of_it_before_is_not_told_twice(talk: Conversation) -> None:
    raw, _ = await _raise(talk)
    await talk.says(WANG, "我去看看", **reply_to(raw))
    assert [one for one in talk.sent if one.kind == "matter.yours"] == []


async def test_the_holder_hears_that_another_has_settled_it(talk: Conversation) -> None:
    await _raise(talk)
    await talk.says(ZHAO, "#1 修好了")
    (told,) = [one for one in talk.sent if one.kind == "matter.settled"]
    assert (told.chat_id, "赵六说已经好了" in told.text) == (WANG, True)


async def test_whoever_settles_it_themselves_hears_nothing_more_of_it(talk: Conversation) -> None:
    _, raised = await _raise(talk)
    before = len(talk.said_to(WANG))
    await talk.presses(WANG, raised, "已解决")
    assert len(talk.said_to(WANG)) == before
    asked = next(one for one in talk.sent if one.kind == "matter.confirm")
    await talk.presses(XIAOMEI, asked, "好了")
    assert len(talk.said_to(WANG)) == before


async def test_a_false_alarm_is_told_to_all_who_were_called_out(talk: Conversation) -> None:
    raw, _ = await _raise(talk, FIRE)
    await talk.says(XIAOMEI, "没事了，火灭了，已经解决了", **reply_to(raw))
    told = {one.chat_id for one in talk.sent if one.kind == "matter.settled"}
    assert told == {WANG, ZHAO, QIAN}


async def test_the_group_reads_who_has_been_told_of_an_emergency(talk: Conversation) -> None:
    await _raise(talk, FIRE)
    assert "已经通知 王建国、赵六、钱守信。" in await _line(talk)


async def test_a_card_tells_the_time_that_was_given_to_it_last(talk: Conversation) -> None:
    await _raise(talk)
    await talk.says(QIAN, "#1 延期到12月20日，等配件", QIAN)
    card = [one for one in talk.sent if one.method == "edit" and one.chat_id == WANG][-1]
    assert card.text.endswith("还没有人接手。要在 12月20日（周日）18:00 前办好。")


async def test_whoever_has_it_is_not_offered_to_take_it(talk: Conversation) -> None:
    await _raise(talk, FIRE)
    told = next(one for one in talk.sent if one.kind == "matter.raised" and one.chat_id == QIAN)
    await talk.presses(QIAN, told, "我来处理")
    card = [one for one in talk.sent if one.method == "edit" and one.chat_id == QIAN][-1]
    card.message_id = told.message_id
    await talk.presses(QIAN, card, "更多…")
    menu = [one for one in talk.sent if one.method == "edit" and one.chat_id == QIAN][-1]
    labels = [button["text"] for row in menu.buttons for button in row]
    assert "我来接" not in labels
    assert "转给…" in labels


async def test_what_cannot_be_done_is_not_said_to_be_done(talk: Conversation) -> None:
    _, raised = await _raise(talk)
    await talk.presses(WANG, raised, "我来处理")
    edited = next(one for one in talk.sent if one.method == "edit" and one.chat_id == WANG and one.buttons)
    edited.message_id = raised.message_id
    shown = await talk.presses(WANG, edited, "办不了")
    assert "原因" in shown
    assert "办好" not in await _line(talk)
    await talk.says(WANG, "事项 1", WANG)
    assert "说办好了" not in talk.said_to(WANG)[-1]


async def test_an_answered_question_stays_as_it_is(talk: Conversation) -> None:
    _, raised = await _raise(talk)
    await talk.presses(WANG, raised, "已解决")
    asked = next(one for one in talk.sent if one.kind == "matter.confirm")
    await talk.presses(XIAOMEI, asked, "没好")
    again = next(one for one in talk.sent if one.kind == "matter.reopened")
    await talk.presses(ZHAO, again, "我来处理")
    edits = [one.text.splitlines()[-1] for one in talk.sent if one.kind == "matter.confirm.edit"]
    assert edits == ["没好，接着办。"]


async def test_the_group_reads_that_it_is_not_settled_and_who_goes_on(talk: Conversation) -> None:
    _, raised = await _raise(talk)
    await talk.presses(WANG, raised, "已解决")
    asked = next(one for one in talk.sent if one.kind == "matter.confirm")
    await talk.presses(XIAOMEI, asked, "没好")
    assert await _line(talk) == "#1 村口路灯坏了三天没人管：还没办好，现在由 赵六 接着办。"


async def test_whoever_takes_their_matter_back_is_not_told_so(talk: Conversation) -> None:
    await talk.says(WANG, "/start", WANG)
    raw = await talk.says(WANG, "李大娘家水管漏了")
    await talk.says(WANG, "撤回", **reply_to(raw))
    assert [one for one in talk.sent if one.kind == "matter.withdrawn"] == []


async def test_a_stranger_in_the_group_is_asked_there(talk: Conversation) -> None:
    await _raise(talk)
    await talk.says(STRANGER, "村口的垃圾没人清")
    await talk.says(QIAN, "#2 清理好了")
    asked = [one for one in talk.sent if one.kind == "matter.confirm"]
    assert [one.chat_id for one in asked] == [GROUP_CHAT]


async def test_in_an_emergency_a_word_in_the_group_is_enough_to_take_it_on(talk: Conversation) -> None:
    await _raise(talk, FIRE)
    await talk.says(ZHAO, "我马上去")
    (matter,) = await talk.rows(Matter)
    assert (matter.status, matter.assignee_id, matter.next_call_at) == (
        "acknowledged",
        talk.village.zhao,
        None,
    )


async def test_going_to_see_somebody_else_stops_no_calls(talk: Conversation) -> None:
    await _raise(talk, FIRE)
    await talk.says(ZHAO, "我去看看张三")
    await talk.says(STRANGER, "我马上去")
    (matter,) = await talk.rows(Matter)
    assert matter.status == "open"


async def test_without_an_emergency_such_a_word_takes_nothing_on(talk: Conversation) -> None:
    await _raise(talk)
    await talk.says(ZHAO, "我马上去")
    (matter,) = await talk.rows(Matter)
    assert matter.status == "open"


async def test_said_to_the_bot_alone_settled_is_about_the_matter_it_fits(talk: Conversation) -> None:
    await _raise(talk, "我家门口的排水沟堵了，一下雨就往院里灌")
    await talk.says(WANG, "排水沟疏通好了", WANG)
    (matter,) = await talk.rows(Matter)
    assert matter.status == "claimed_solved"


async def test_each_message_that_tells_trouble_is_a_matter_whoever_said_it_before(talk: Conversation) -> None:
    await _raise(talk)
    await talk.says(XIAOMEI, "村口路灯坏了三天没人管")
    await talk.says(STRANGER, "村口路灯坏了三天没人管")
    assert [one.number for one in await talk.rows(Matter)] == [1, 2, 3]


async def test_broken_again_after_it_was_withdrawn_says_what_is_broken(talk: Conversation) -> None:
    raw, _ = await _raise(talk)
    await talk.says(XIAOMEI, "撤回", **reply_to(raw))
    await talk.says(XIAOMEI, "又坏了", **reply_to(raw))
    assert [one.text for one in await talk.rows(Matter)][1:] == ["村口路灯坏了三天没人管，又坏了"]


async def test_said_to_the_bot_alone_it_takes_on_the_only_matter_that_waits(talk: Conversation) -> None:
    await _raise(talk)
    await talk.says(WANG, "我来处理", WANG)
    (matter,) = await talk.rows(Matter)
    assert (matter.status, matter.assignee_id) == ("acknowledged", talk.village.wang)
