"""Which figures each message states that "为什么" can be answered to."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services.appraisal.close_round import CLOSED, RESULT
from bot.services.figures.figures_of_message import figures_of
from bot.services.figures.indicator_words import name_of
from bot.services.meetings.prepare_session import REMINDER
from bot.services.rollcalls.show_calls import BOARD
from bot.services.roster.parameters import for_unit
from storage.tables import Notice
from tests.services.time.village import at


@pytest.mark.parametrize(
    ("kind", "first", "figures"),
    [
        ("reply.report_card", date(2026, 12, 1), ["我联系的户", "我走访的户", "该走访的户"]),
        (REMINDER, date(2026, 12, 1), ["我联系的户", "我走访的户", "该走访的户"]),
        (BOARD, date(2026, 12, 1), ["点名到位率", "点名到位人数"]),
        (RESULT, date(2026, 1, 1), ["群众满意度"]),
        (CLOSED, date(2026, 1, 1), ["群众满意度"]),
    ],
)
async def test_what_a_message_states(
    session: AsyncSession, kind: str, first: date, figures: list[str]
) -> None:
    said = Notice(
        key="k", kind=kind, priority=1, text="", created_at=at("12-20 09:00"), due_at=at("12-20 09:00")
    )
    stated = figures_of(said, await for_unit(session, None))
    assert stated is not None
    assert [name_of(key) for key in stated.keys][: len(figures)] == figures
    assert (stated.first, stated.last) == (first, date(2026, 12, 20))
