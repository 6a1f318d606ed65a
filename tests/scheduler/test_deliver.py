from __future__ import annotations

import asyncio
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.delivery import Method
from bot.domain.quiet import QuietHours
from scheduler.pacing import Limits
from storage.outbox import Priority
from tests.scheduler.conftest import Post

MINUTE = timedelta(minutes=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = QuietHours(SHANGHAI, time(21, 30), time(7))


async def quiet_at_night(_session: AsyncSession, _branch_id: int | None) -> QuietHours:
    return NIGHT


async def test_what_is_due_is_sent_and_marked_with_its_message(post: Post) -> None:
    due = await post.put("now", topic_id=3, reply_to=11, buttons=(({"text": "好", "data": "x"},),))
    later = await post.put("later", due_at=post.clock.now() + MINUTE)
    async with post.running() as delivery:
        await delivery.settled()
    [sent] = post.sender.sent
    assert (sent.text, sent.topic_id, sent.reply_to) == ("now", 3, 11)
    assert sent.buttons == [[{"text": "好", "data": "x"}]]
    notice = await post.notice(due)
    assert (notice.state, notice.message_id, notice.attempts) == ("sent", 501, 1)
    assert (await post.notice(later)).state == "pending"


async def test_urgent_goes_before_routine_and_a_chat_keeps_its_order(post: Post) -> None:
    for index in range(3):
        await post.put(f"routine {index}", priority=Priority.ROUTINE)
    await post.put("matter", priority=Priority.MATTER)
    await post.put("emergency", priority=Priority.EMERGENCY)
    async with post.running() as delivery:
        await delivery.settled()
    assert post.sender.texts == ["emergency", "matter", "routine 0", "routine 1", "routine 2"]


async def test_a_new_emergency_does_not_wait_behind_a_long_queue(post: Post) -> None:
    for index in range(60):
        await post.put(f"routine {index}", priority=Priority.ROUTINE, chat_id=100 + index)
    post.sender.gate = asyncio.Event()
    async with post.running() as delivery:
        await post.sender.until_under_way(6)  # the slots that routine may take
        await post.put("emergency", priority=Priority.EMERGENCY, chat_id=9)
        delivery.wake()
        await post.sender.until_under_way(7)
        post.sender.gate.set()
        await delivery.settled()
    assert "emergency" in post.sender.texts[:7]
    assert len(post.sender.texts) == 61


async def test_a_chat_is_sent_one_message_a_second_while_others_go_on(post: Post) -> None:
    for index in range(3):
        await post.put(f"seven {index}", chat_id=7)
        await post.put(f"eight {index}", chat_id=8)
    async with post.running(Limits()) as delivery:
        await delivery.settled()
    at = dict(zip(post.sender.texts, post.sender.at, strict=True))
    assert at["seven 1"] - at["seven 0"] >= 1
    assert at["seven 2"] - at["seven 1"] >= 1
    assert at["eight 0"] - at["seven 0"] < 1


async def test_what_is_no_longer_worth_sending_is_cancelled(post: Post) -> None:
    notice_id = await post.put(
        "first", expires_at=post.clock.now() + MINUTE, due_at=post.clock.now() + MINUTE
    )
    post.clock.turn(2 * MINUTE)
    async with post.running() as delivery:
        await delivery.settled()
    notice = await post.notice(notice_id)
    assert (notice.state, notice.cancelled_by) == ("cancelled", "expired")


async def test_in_quiet_hours_only_answers_and_what_breaks_the_quiet_go_out(post: Post) -> None:
    post.clock.move_to(datetime(2026, 11, 21, 23, 0, tzinfo=SHANGHAI))
    await post.put("routine", priority=Priority.ROUTINE)
    await post.put("emergency", priority=Priority.EMERGENCY, breaks_quiet=True)
    await post.put("answer", priority=Priority.ANSWER)
    await post.put("board", priority=Priority.ROUTINE, method="edit", target_message_id=3)
    async with post.running(quiet_for=quiet_at_night) as delivery:
        await delivery.settled()
        assert post.sender.texts == ["emergency", "answer", "board"]
        post.clock.move_to(datetime(2026, 11, 22, 7, 0, tzinfo=SHANGHAI))
        await delivery.settled()
    assert post.sender.texts[3:] == ["routine"]


async def test_a_long_queue_is_held_for_the_morning_asking_once_for_its_branch(post: Post) -> None:
    post.clock.move_to(datetime(2026, 11, 21, 23, 0, tzinfo=SHANGHAI))
    asked: list[int | None] = []

    async def quiet_for(_session: AsyncSession, branch_id: int | None) -> QuietHours:
        asked.append(branch_id)
        return NIGHT

    for index in range(250):
        await post.put(f"routine {index}", priority=Priority.ROUTINE, chat_id=index + 1)
    async with post.running(quiet_for=quiet_for) as delivery:
        await delivery.settled()
        assert post.sender.texts == []
        assert len(asked) <= 3  # once a turn
        post.clock.move_to(datetime(2026, 11, 22, 7, 0, tzinfo=SHANGHAI))
        await delivery.settled()
    assert len(post.sender.texts) == 250


async def test_an_edit_changes_the_message_that_an_earlier_notice_became(post: Post) -> None:
    made = await post.put("old words")
    async with post.running() as delivery:
        await delivery.settled()
        await post.put("new words", method="edit", edits_notice_id=made)
        await delivery.settled()
    assert post.sender.sent[1].method is Method.EDIT
    assert post.sender.sent[1].message_id == 501


async def test_an_edit_of_what_was_not_sent_yet_changes_it_before_it_leaves(post: Post) -> None:
    made = await post.put("old words", due_at=post.clock.now() + MINUTE)
    edit = await post.put("new words", method="edit", edits_notice_id=made)
    async with post.running() as delivery:
        await delivery.settled()
        assert post.sender.texts == []
        post.clock.turn(MINUTE)
        await delivery.settled()
    assert post.sender.texts == ["new words"]
    assert (await post.notice(edit)).cancelled_by == f"notice {made}"


async def test_of_several_edits_of_a_message_only_the_latest_is_sent(post: Post) -> None:
    for index in range(3):
        await post.put(f"board {index}", method="edit", target_message_id=44)
    async with post.running() as delivery:
        await delivery.settled()
    assert post.sender.texts == ["board 2"]
    assert await post.states() == {"cancelled": 2, "sent": 1}


async def test_a_text_too_long_for_one_message_is_sent_whole_in_parts(post: Post) -> None:
    lines = [f"第{number}行" + "字" * 95 for number in range(90)]
    await post.put("long", text="\n".join(lines), buttons=(({"text": "好", "data": "x"},),))
    await post.put("after")
    async with post.running() as delivery:
        await delivery.settled()
    parts = post.sender.sent[:3]
    assert "\n".join(part.text for part in parts) == "\n".join(lines)
    assert [bool(part.buttons) for part in parts] == [False, False, True]
    assert post.sender.texts[3] == "after"


async def test_stopping_lets_what_is_on_its_way_end_and_starts_nothing_new(post: Post) -> None:
    first = await post.put("first")
    second = await post.put("second")
    post.sender.gate = asyncio.Event()
    delivery = post.delivery()
    task = asyncio.create_task(delivery.run())
    await post.sender.until_under_way(1)
    await delivery.stop()
    post.sender.gate.set()
    await task
    assert (await post.notice(first)).state == "sent"
    assert (await post.notice(second)).state == "pending"
