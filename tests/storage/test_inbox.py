from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from storage import inbox
from storage.database import Database
from storage.inbox import RawUpdate
from storage.tables import InboxUpdate

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def raw(update_id: int, chat_id: int | None = -100) -> RawUpdate:
    return RawUpdate(update_id, chat_id, f'{{"update_id": {update_id}}}')


async def test_an_update_received_twice_is_stored_once(database: Database) -> None:
    async with database.transaction() as session:
        first = await inbox.store(session, 7, [raw(1), raw(2), raw(2)], NOW)
    async with database.transaction() as session:
        second = await inbox.store(session, 7, [raw(2), raw(3)], NOW)
    assert len(first) == 2
    assert len(second) == 1
    async with database.reading() as session:
        rows = (await session.exec(select(InboxUpdate.update_id).order_by(InboxUpdate.id))).all()
    assert list(rows) == [1, 2, 3]


async def test_two_bots_may_receive_the_same_number(database: Database) -> None:
    async with database.transaction() as session:
        assert await inbox.store(session, 7, [raw(1)], NOW)
        assert await inbox.store(session, 8, [raw(1)], NOW)


async def test_storing_nothing_stores_nothing(database: Database) -> None:
    async with database.transaction() as session:
        assert await inbox.store(session, 7, [], NOW) == []


async def test_more_updates_than_one_statement_takes_keep_their_order(database: Database) -> None:
    async with database.transaction() as session:
        ids = await inbox.store(session, 7, [raw(n) for n in range(1200)], NOW)
    assert ids == sorted(ids)
    assert len(ids) == 1200
    async with database.reading() as session:
        rows = (await session.exec(select(InboxUpdate.update_id).order_by(InboxUpdate.id))).all()
    assert list(rows) == list(range(1200))


async def test_each_chat_is_handled_in_order_and_the_longest_waiting_comes_first(database: Database) -> None:
    async with database.transaction() as session:
        await inbox.store(session, 7, [raw(1, -5), raw(2, None), raw(3, -9), raw(4, -5)], NOW)
        assert await inbox.waiting_chats(session) == [-5, None, -9]
        handled = []
        while row := await inbox.next_waiting(session, -5):
            handled.append(row.update_id)
            await inbox.mark_done(session, row, NOW)
        assert handled == [1, 4]
        nowhere = await inbox.next_waiting(session, None)
        assert nowhere is not None
        assert nowhere.update_id == 2
        assert await inbox.waiting_chats(session) == [None, -9]


async def test_a_handled_update_keeps_its_number_but_not_its_text(database: Database) -> None:
    async with database.transaction() as session:
        [row_id] = await inbox.store(session, 7, [raw(1)], NOW)
        await inbox.mark_done(session, row_id, NOW)
    async with database.reading() as session:
        row = await session.get_one(InboxUpdate, row_id)
    assert (row.state, row.payload, row.finished_at, row.attempts) == ("done", "", NOW, 1)
    async with database.transaction() as session:
        assert await inbox.store(session, 7, [raw(1)], NOW) == []


async def test_a_failed_update_is_set_aside_with_its_text_after_its_transaction_was_rolled_back(
    database: Database,
) -> None:
    async with database.transaction() as session:
        await inbox.store(session, 7, [raw(1), raw(2)], NOW)
    row = None
    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as session:
            row = await inbox.next_waiting(session, -100)
            assert row is not None
            await inbox.mark_done(session, row, NOW)
            raise ZeroDivisionError
    assert row is not None
    async with database.transaction() as session:
        await inbox.set_aside(session, row, "no such\x00 thing", NOW)
    async with database.reading() as session:
        [aside] = await inbox.set_aside_rows(session)
        waiting = await inbox.next_waiting(session, -100)
        assert await inbox.count_states(session) == {"set_aside": 1, "pending": 1}
    assert (aside.payload, aside.error) == ('{"update_id": 1}', "no such thing")
    assert waiting is not None
    assert waiting.update_id == 2


async def test_old_handled_updates_are_forgotten_and_failed_ones_are_not(database: Database) -> None:
    async with database.transaction() as session:
        old, aside, fresh = await inbox.store(session, 7, [raw(1), raw(2), raw(3)], NOW)
        await inbox.mark_done(session, old, NOW)
        await inbox.set_aside(session, aside, "down", NOW)
        await inbox.mark_done(session, fresh, NOW + timedelta(days=2))
        assert await inbox.forget_done(session, NOW + timedelta(days=1)) == 1
        assert await inbox.count_states(session) == {"set_aside": 1, "done": 1}


async def test_what_was_set_aside_is_taken_up_again_in_the_order_received(database: Database) -> None:
    async with database.transaction() as session:
        for row in await inbox.store(session, 7, [raw(1), raw(2)], NOW):
            await inbox.set_aside(session, row, "no such thing", NOW)
        assert await inbox.take_up_again(session) == 2
    async with database.reading() as session:
        first = await inbox.next_waiting(session, -100)
        assert await inbox.set_aside_rows(session) == []
    assert first is not None
    assert (first.update_id, first.payload) == (1, '{"update_id": 1}')
