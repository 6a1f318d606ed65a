"""What becomes of a message when the far end refuses it, asks to wait, falls silent, or the program dies."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta

from sqlmodel import select

from bot.domain.delivery import Migrated, Permanent, Temporary, Unknown
from storage import outbox
from storage.outbox import Priority
from storage.tables import Chat, Notice, Person
from tests.scheduler.conftest import Post


async def test_when_asked_to_wait_the_chat_waits_even_for_emergencies_and_others_do_not(post: Post) -> None:
    first = await post.put("first")
    post.sender.mishaps.append(Temporary("Too Many Requests", retry_after=timedelta(seconds=40)))
    async with post.running() as delivery:
        await delivery.settled()
        await post.put("emergency", priority=Priority.EMERGENCY)
        await post.put("elsewhere", chat_id=8)
        await delivery.settled()
        assert post.sender.texts == ["elsewhere"]
        notice = await post.notice(first)
        assert (notice.state, notice.next_attempt_at) == (
            "pending",
            post.clock.now() + timedelta(seconds=40),
        )
        post.clock.turn(timedelta(seconds=40))
        await delivery.settled()
    assert post.sender.texts == ["elsewhere", "emergency", "first"]


async def test_a_message_to_be_tried_again_keeps_its_place_in_the_chat(post: Post) -> None:
    await post.put("first")
    await post.put("second")
    post.sender.mishaps.append(Temporary("busy"))
    async with post.running() as delivery:
        await delivery.settled()
        assert post.sender.texts == []
        post.clock.turn(timedelta(seconds=5))
        await delivery.settled()
    assert post.sender.texts == ["first", "second"]


async def test_attempts_are_further_and_further_apart_and_end_with_the_reason(post: Post) -> None:
    notice_id = await post.put("first")
    post.sender.mishaps.extend(Temporary("busy") for _ in range(50))
    waits = []
    async with post.running() as delivery:
        while True:
            await delivery.settled()
            notice = await post.notice(notice_id)
            if notice.state != "pending":
                break
            assert notice.next_attempt_at is not None
            waits.append((notice.next_attempt_at - post.clock.now()).total_seconds())
            post.clock.move_to(notice.next_attempt_at)
    assert waits[:6] == [5, 15, 60, 300, 900, 3600]
    assert waits == sorted(waits)
    assert (notice.state, notice.attempts) == ("failed", 12)
    assert "busy" in (notice.error or "")


async def test_while_the_line_is_down_nothing_is_given_up(post: Post) -> None:
    notice_id = await post.put("first")
    post.sender.mishaps.extend(Temporary("no route", whole_bot=True) for _ in range(40))
    async with post.running() as delivery:
        for _ in range(41):
            await delivery.settled()
            post.clock.turn(timedelta(minutes=1))
        await delivery.settled()
    assert post.sender.texts == ["first"]
    assert (await post.notice(notice_id)).state == "sent"


async def test_a_person_who_blocked_the_bot_is_marked_so(post: Post) -> None:
    async with post.database.transaction() as session:
        session.add(Chat(telegram_id=7, kind="private", seen_at=post.clock.now()))
    notice_id = await post.put("first")
    post.sender.mishaps.append(Permanent("Forbidden: bot was blocked by the user", chat_lost=True))
    async with post.running() as delivery:
        await delivery.settled()
    notice = await post.notice(notice_id)
    assert notice.state == "failed"
    assert "blocked" in (notice.error or "")
    async with post.database.reading() as session:
        assert (await session.exec(select(Chat.bot_status))).one() == "kicked"


async def test_a_lost_answer_is_repeated_once_and_says_so(post: Post) -> None:
    notice_id = await post.put("水管漏了")
    post.sender.mishaps.append(Unknown("timeout"))
    async with post.running() as delivery:
        await delivery.settled()
    assert post.sender.texts == ["（补发，如已收到请忽略）\n水管漏了"]
    assert (await post.notice(notice_id)).state == "unknown"
    assert await post.states() == {"unknown": 1, "sent": 1}


async def test_the_repeated_message_is_not_repeated_again(post: Post) -> None:
    await post.put("first")
    post.sender.mishaps.extend([Unknown("timeout"), Unknown("timeout")])
    async with post.running() as delivery:
        await delivery.settled()
    assert post.sender.texts == []
    assert await post.states() == {"unknown": 2}


async def test_an_edit_whose_answer_was_lost_is_simply_done_again(post: Post) -> None:
    notice_id = await post.put("new words", method="edit", target_message_id=44)
    post.sender.mishaps.append(Unknown("timeout"))
    async with post.running() as delivery:
        await delivery.settled()
        post.clock.turn(timedelta(seconds=5))
        await delivery.settled()
    assert post.sender.texts == ["new words"]
    assert (await post.notice(notice_id)).state == "sent"


async def test_what_was_being_sent_when_the_program_died_is_repeated_with_a_mark(post: Post) -> None:
    sending = await post.put("sending")
    reacting = await post.put("👍", method="react", target_message_id=4, chat_id=8)
    async with post.database.transaction() as session:
        for notice in await outbox.take_due(session, post.clock.now(), 10):
            await outbox.start_attempt(session, notice, post.clock.now())
    async with post.running() as delivery:
        await delivery.settled()
    assert set(post.sender.texts) == {"👍", "（补发，如已收到请忽略）\nsending"}
    assert (await post.notice(sending)).state == "unknown"
    assert (await post.notice(reacting)).state == "sent"


async def test_a_group_that_has_moved_gets_its_messages_at_the_new_place(post: Post) -> None:
    await post.put("first", chat_id=-5)
    await post.put("second", chat_id=-5)
    post.sender.mishaps.append(Migrated("upgraded", new_chat_id=-100500))
    async with post.running() as delivery:
        await delivery.settled()
    assert [(each.chat_id, each.text) for each in post.sender.sent] == [
        (-100500, "first"),
        (-100500, "second"),
    ]


async def test_a_person_who_has_not_claimed_their_name_cannot_be_told(post: Post) -> None:
    async with post.database.transaction() as session:
        person = Person(name="李建国", created_at=post.clock.now())
        session.add(person)
        await session.flush()
        person_id = person.id
    notice_id = await post.put("first", chat_id=None, person_id=person_id)
    async with post.running() as delivery:
        await delivery.settled()
    notice = await post.notice(notice_id)
    assert notice.state == "failed"
    assert "尚未认领" in (notice.error or "")


async def test_a_request_that_cannot_be_made_fails_alone(post: Post) -> None:
    broken = await post.put("broken")
    post.sender.mishaps.append(KeyError("text"))
    await post.put("whole")
    async with post.running() as delivery:
        await delivery.settled()
    assert post.sender.texts == ["whole"]
    assert (await post.notice(broken)).state == "failed"


async def test_every_notice_ends_in_one_state_whatever_happens_to_it(post: Post) -> None:
    mishaps = [None, Temporary("t"), Permanent("p"), Unknown("u"), None, Temporary("t", whole_bot=True)]
    post.sender.mishaps.extend(mishaps * 5)
    for index in range(20):
        await post.put(f"notice {index}", chat_id=100 + index % 4)
    async with post.running() as delivery:
        for _ in range(200):
            await delivery.settled()
            post.clock.turn(timedelta(seconds=30))
    async with post.database.reading() as session:
        notices = list(await session.exec(select(Notice)))
    assert {notice.state for notice in notices} <= {"sent", "failed", "unknown"}
    assert all(notice.attempt_started_at is None for notice in notices)
    assert len({notice.key for notice in notices}) == len(notices)


async def test_a_delivery_cut_off_as_something_comes_in_ends(post: Post) -> None:
    delivery = post.delivery()
    running = asyncio.create_task(delivery.run())
    await delivery.settled()
    for steps in range(4):  # of the loop between what comes in and the end: any might lose it
        delivery.wake()
        for _ in range(steps):
            await asyncio.sleep(0)
        running.cancel()
        with suppress(asyncio.CancelledError):
            async with asyncio.timeout(60):
                await asyncio.shield(running)
        assert running.done()
        delivery = post.delivery()
        running = asyncio.create_task(delivery.run())
        await delivery.settled()
    await delivery.stop()
    await running
