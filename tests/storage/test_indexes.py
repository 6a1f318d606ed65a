"""What messages, delivery and the cycle look for all the time is found without reading whole tables."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import inbox, outbox
from storage.database import Database
from storage.queries import chats, matters, notices, reports, roster, tellings

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

QUERIES: dict[str, Callable[[AsyncSession], Awaitable[object]]] = {
    "chats with updates to handle": inbox.waiting_chats,
    "a chat's next update": lambda session: inbox.next_waiting(session, -1),
    "notices to send": lambda session: outbox.take_due(session, NOW, 20, {-1, -2}),
    "when the next notice falls due": lambda session: outbox.next_due(session, after=NOW),
    "which notice a message was": lambda session: outbox.notice_of_message(session, -1, 5),
    "notices about a matter": lambda session: notices.about(session, subject_kind="matter", subject_id=5),
    "who was told of a matter": lambda session: tellings.people_told(session, 5, ["matter.raised"]),
    "matters whose clocks run": lambda session: tellings.running_matters(session, until=NOW),
    "matters said to be solved": tellings.claimed_solved,
    "who writes": lambda session: roster.person_by_telegram(session, 5),
    "whom they answer for": lambda session: roster.households_linked(session, 5, NOW.date()),
    "what they have been asked": lambda session: chats.questions_waiting(session, 5),
    "what they have raised": lambda session: matters.raised_by(session, person_id=5, telegram_id=6),
    "what they hold": lambda session: matters.unfinished_held_by(session, 5),
    "what they have reported": lambda session: reports.latest_report(session, 5, NOW - timedelta(days=1)),
    "what a message has reported": lambda session: reports.reports_of_message(session, -1, 5),
    "what a message has raised": lambda session: matters.matters_of_message(session, -1, 5),
}


@pytest.mark.parametrize("what", QUERIES)
async def test_found_by_an_index(what: str, migrated_file: Path) -> None:
    asked: list[tuple[str, Any]] = []
    async with Database(f"sqlite+aiosqlite:///{migrated_file}") as database, database.reading() as session:
        connection = await session.connection()

        @event.listens_for(connection.sync_connection, "before_cursor_execute")
        def note(_connection: Any, _cursor: Any, asking: str, values: Any, *_more: Any) -> None:
            asked.append((asking, values))

        await QUERIES[what](session)
        assert asked
        for asking, values in asked.copy():
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asking}", values)
            assert [row[3] for row in plan if row[3].startswith("SCAN")] == []
