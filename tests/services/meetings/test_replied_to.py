"""Replies in the group: minutes from whoever prepares sessions, once one has begun; else just talk."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.domain.inbound import Inbound
from bot.services.chat.speaker import who_is
from bot.services.meetings.announce_sessions import announce
from bot.services.meetings.replied_to import take_reply
from bot.services.meetings.run_sessions import run_sessions
from storage.queries import sessions as session_rows
from storage.tables import Chat, Notice, Person
from tests.services.time.village import at, deliver

GROUP = -1001


async def _reply(session, one: Person, board: Notice, text: str, now: datetime) -> str | None:
    inbound = Inbound(
        chat_id=GROUP,
        message_id=900,
        sent_at=now,
        text=text,
        user_id=one.telegram_id,
        user_name=one.name,
        reply_to_id=board.message_id,
    )
    speaking = await who_is(session, one.telegram_id, one.name, chat=None, at=now)
    return await take_reply(session, speaking, inbound, now=now)


@pytest.fixture
async def board(session, village) -> Notice:
    """The board of 5 November, as it stands in the group."""
    session.add(Chat(telegram_id=GROUP, kind="supergroup", unit_id=village.branch, seen_at=at("10-01 09:00")))
    await session.flush()
    await announce(session, now=at("11-05 09:00"))
    await run_sessions(session, now=at("11-05 09:00"))
    await deliver(session, at("11-05 09:00"))
    [held] = await session_rows.to_come(session, village.branch, since=at("11-05 09:00").date())
    return await session.get_one(Notice, held.board_notice_id)


@pytest.mark.parametrize(
    ("who", "text", "clock", "taken"),
    [
        ("qian", "学习了文件，讨论了秋收互助", "09:30", True),
        ("qian", "学习了文件，讨论了秋收互助", "09:29", False),  # it has not begun
        ("qian", "大家快点", "09:40", False),  # no minutes
        ("wang", "学习了文件，讨论了秋收互助", "10:00", False),  # somebody else
    ],
)
async def test_minutes_in_reply_to_the_board(
    session, village, board, who: str, text: str, clock: str, *, taken: bool
) -> None:
    answer = await _reply(session, getattr(village, who), board, text, at(f"11-05 {clock}"))
    assert (answer is not None) == taken
    [held] = await session_rows.to_come(session, village.branch, since=at("11-05 09:00").date())
    assert held.minutes == (text if taken else "")
