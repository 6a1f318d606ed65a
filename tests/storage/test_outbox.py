from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage import outbox
from storage.database import Database
from storage.outbox import Draft, Priority
from storage.tables import Notice, Person

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def draft(key: str, **changes: Any) -> Draft:
    fields: dict[str, Any] = {"kind": "matter.raised", "priority": Priority.MATTER, "chat_id": -100}
    return Draft(key, **{**fields, "text": key, **changes})


async def test_the_same_key_is_put_once_whatever_became_of_it(database: Database) -> None:
    async with database.transaction() as session:
        notice = await outbox.put(session, draft("a"), now=NOW)
        assert notice is not None
        assert notice.id is not None
        assert await outbox.put(session, draft("a"), now=NOW) is None
        await outbox.mark_failed(session, notice.id, "blocked", NOW)
    async with database.transaction() as session:
        assert await outbox.put(session, draft("a"), now=NOW) is None


async def test_buttons_and_times_come_back_as_they_were_put(database: Database) -> None:
    buttons = (({"text": "满意", "data": "ok:1"}, {"text": "没解决", "data": "no:1"}),)
    async with database.transaction() as session:
        await outbox.put(session, draft("a", buttons=buttons, due_at=NOW + MINUTE), now=NOW)
    async with database.reading() as session:
        [notice] = await outbox.take_due(session, NOW + MINUTE, 10)
    assert notice.buttons == [list(buttons[0])]
    assert notice.due_at == NOW + MINUTE
    assert notice.created_at.utcoffset() == timedelta(0)


async def test_the_urgent_goes_first_then_the_longest_due(database: Database) -> None:
    async with database.transaction() as session:
        await outbox.put(session, draft("digest", priority=Priority.DIGEST, due_at=NOW - MINUTE), now=NOW)
        await outbox.put(session, draft("late"), now=NOW)
        await outbox.put(session, draft("early", due_at=NOW - MINUTE), now=NOW)
        await outbox.put(session, draft("later", due_at=NOW + MINUTE), now=NOW)
        await outbox.put(session, draft("fire", priority=Priority.EMERGENCY), now=NOW)
        due = await outbox.take_due(session, NOW, 10)
        assert [notice.key for notice in due] == ["fire", "early", "late", "digest"]
        assert len(await outbox.take_due(session, NOW, 2)) == 2


async def test_a_notice_to_a_person_goes_to_their_private_chat(database: Database) -> None:
    async with database.transaction() as session:
        claimed = Person(name="王小明", telegram_id=2**40, created_at=NOW)
        unclaimed = Person(name="李小红", created_at=NOW)
        session.add_all([claimed, unclaimed])
        await session.flush()
        await outbox.put(session, draft("a", chat_id=None, person_id=claimed.id), now=NOW)
        await outbox.put(session, draft("b", chat_id=None, person_id=unclaimed.id), now=NOW)
        await outbox.put(session, draft("c", chat_id=-5), now=NOW)
        due = await outbox.take_due(session, NOW, 10)
        assert [(notice.key, notice.chat_id) for notice in due] == [("a", 2**40), ("b", None), ("c", -5)]
        allowed = await outbox.take_due(session, NOW, 10, exclude_chats={2**40, -5})
        assert [notice.key for notice in allowed] == ["b"]


async def test_a_started_attempt_is_not_taken_twice_and_is_found_after_a_crash(database: Database) -> None:
    async with database.transaction() as session:
        await outbox.put(session, draft("a"), now=NOW)
        [notice] = await outbox.take_due(session, NOW, 10)
        await outbox.start_attempt(session, notice, NOW)
    async with database.reading() as session:
        assert await outbox.take_due(session, NOW, 10) == []
        [lost] = await outbox.interrupted(session)
    assert (lost.key, lost.attempts) == ("a", 1)


@pytest.mark.parametrize(
    ("end", "state"),
    [(outbox.mark_failed, "failed"), (outbox.mark_unknown, "unknown")],
)
async def test_an_attempt_that_ends_badly_says_why(database: Database, end: Any, state: str) -> None:
    async with database.transaction() as session:
        notice = await outbox.put(session, draft("a"), now=NOW)
        assert notice is not None
        await outbox.start_attempt(session, notice, NOW)
        await end(session, notice.id, "reset", NOW)
    async with database.reading() as session:
        assert await outbox.interrupted(session) == []
        assert await outbox.count_states(session) == {state: 1}
        ended = await session.get_one(Notice, notice.id)
    assert ended.error is not None
    assert "reset" in ended.error


async def test_a_postponed_notice_waits_for_its_next_attempt(database: Database) -> None:
    async with database.transaction() as session:
        notice = await outbox.put(session, draft("a"), now=NOW)
        assert notice is not None
        assert notice.id is not None
        await outbox.start_attempt(session, notice, NOW)
        await outbox.postpone(session, notice.id, NOW + MINUTE, "too many")
        assert await outbox.take_due(session, NOW, 10) == []
        assert await outbox.next_due(session, after=NOW) == NOW + MINUTE
        assert [due.key for due in await outbox.take_due(session, NOW + MINUTE, 10)] == ["a"]


async def test_a_sent_message_leads_back_to_its_notice_and_not_to_its_edits(database: Database) -> None:
    async with database.transaction() as session:
        sent = await outbox.put(session, draft("a"), now=NOW)
        edit = await outbox.put(session, draft("b", method="edit", target_message_id=44), now=NOW)
        assert sent is not None
        assert edit is not None
        for notice in (sent, edit):
            assert notice.id is not None
            await outbox.mark_sent(session, notice.id, 44, NOW)
    async with database.reading() as session:
        found = await outbox.notice_of_message(session, -100, 44)
        assert found is not None
        assert (found.key, found.state, found.sent_at) == ("a", "sent", NOW)
        assert await outbox.notice_of_message(session, -100, 45) is None
        assert await outbox.notice_of_message(session, -101, 44) is None


async def test_only_what_waits_is_cancelled_and_it_says_by_what(database: Database) -> None:
    about: dict[str, Any] = {"subject_kind": "person", "subject_id": 3}
    async with database.transaction() as session:
        await outbox.put(session, draft("waits", kind="visit.reminder", **about), now=NOW)
        await outbox.put(session, draft("other kind", **about), now=NOW)
        await outbox.put(session, draft("other subject", subject_kind="person", subject_id=4), now=NOW)
        begun = await outbox.put(session, draft("begun", kind="visit.reminder", **about), now=NOW)
        assert begun is not None
        await outbox.start_attempt(session, begun, NOW)
        cancelled = await outbox.cancel(session, **about, kinds=["visit.reminder"], by="report 17", now=NOW)
        assert cancelled == 1
        assert {notice.key for notice in await outbox.take_due(session, NOW, 10)} == {
            "other kind",
            "other subject",
        }
        assert await outbox.cancel(session, **about, by="report 18", now=NOW) == 1
    async with database.reading() as session:
        assert await outbox.count_states(session) == {"cancelled": 2, "pending": 2}
        notice = await session.get_one(Notice, 1)
    assert (notice.state, notice.cancelled_by, notice.cancelled_at) == ("cancelled", "report 17", NOW)


async def test_what_is_not_worth_sending_any_more_expires(database: Database) -> None:
    async with database.transaction() as session:
        await outbox.put(session, draft("a", expires_at=NOW), now=NOW - MINUTE)
        await outbox.put(session, draft("b", expires_at=NOW + MINUTE), now=NOW - MINUTE)
        assert [notice.key for notice in await outbox.take_due(session, NOW, 10)] == ["b"]
        assert await outbox.expire(session, now=NOW) == 1
        assert await outbox.count_states(session) == {"cancelled": 1, "pending": 1}


async def test_the_next_due_time_is_the_earliest_to_come(database: Database) -> None:
    async with database.transaction() as session:
        assert await outbox.next_due(session, after=NOW) is None
        await outbox.put(session, draft("now"), now=NOW)
        await outbox.put(session, draft("b", due_at=NOW + 3 * MINUTE), now=NOW)
        await outbox.put(session, draft("c", due_at=NOW + 2 * MINUTE), now=NOW)
        assert await outbox.next_due(session, after=NOW) == NOW + 2 * MINUTE
