"""A resident who does not answer is asked once more, and their matter is closed as silent."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from bot.domain.matters import MatterStatus
from bot.services.matters.ask_outcome import ask_outcome
from bot.services.matters.ask_silent import follow_up
from bot.services.notices.next_due import next_due
from bot.services.roster.parameters import for_unit
from storage.tables import Chat, MatterEvent
from tests.services.time.village import at, deliver, matter, notices, person


@pytest.fixture
async def claimed(session, village):
    """A matter of a resident's, claimed solved and asked about on 2 November at 20:00."""
    resident = await person(session, "李桂兰", village.branch)
    session.add(Chat(telegram_id=resident.telegram_id, kind="private", seen_at=at("11-01 08:00")))
    one = await matter(session, village, now=at("11-01 10:00"))
    one.reporter_person_id, one.reporter_telegram_id = resident.id, resident.telegram_id
    one.status, one.solved_at = MatterStatus.CLAIMED_SOLVED, at("11-02 20:00")
    preset = await for_unit(session, village.branch)
    assert await ask_outcome(session, one, preset=preset, now=at("11-02 20:00")) is not None
    await deliver(session, at("11-02 20:00"))
    return one


async def test_the_silent_are_asked_once_more_then_the_matter_is_closed(session, claimed) -> None:
    assert await follow_up(session, now=at("11-04 19:59")) == 0
    assert await follow_up(session, now=at("11-04 20:00")) == 1
    assert await follow_up(session, now=at("11-04 20:01")) == 0
    assert len(await deliver(session, at("11-04 20:01"))) == 1
    assert await follow_up(session, now=at("11-09 19:59")) == 0
    assert await follow_up(session, now=at("11-09 20:00")) == 1
    assert (claimed.status, claimed.outcome) == ("closed", "silent")
    assert claimed.closed_at == at("11-09 20:00")
    last = (await session.exec(select(MatterEvent).order_by(col(MatterEvent.id).desc()))).first()
    assert (last.kind, last.by_name) == ("confirm", "系统")
    assert await follow_up(session, now=at("12-09 20:00")) == 0


async def test_nobody_is_asked_in_the_night(session, claimed) -> None:
    claimed.confirm_asked_at = at("11-02 22:00")
    assert await follow_up(session, now=at("11-04 22:00")) == 0
    assert await follow_up(session, now=at("11-05 07:00")) == 1


async def test_an_answer_ends_the_asking(session, claimed) -> None:
    claimed.status = MatterStatus.CLOSED
    assert await follow_up(session, now=at("11-20 10:00")) == 0


async def test_a_matter_whose_resident_nobody_can_ask_is_closed_all_the_same(session, village) -> None:
    one = await matter(session, village, now=at("11-01 10:00"))
    one.status, one.solved_at = MatterStatus.CLAIMED_SOLVED, at("11-02 20:00")
    assert await follow_up(session, now=at("11-04 20:00")) == 1
    assert await follow_up(session, now=at("11-09 20:00")) == 1
    assert one.outcome == "silent"


async def test_the_clock_stops_where_the_silent_are_asked(session, claimed) -> None:
    assert await next_due(session, now=at("11-04 19:00")) == at("11-04 20:00")
    assert len(await notices(session, "matter.confirm")) == 1
