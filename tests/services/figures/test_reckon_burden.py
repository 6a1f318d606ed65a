"""The burden of people, from what they were sent and what they did."""

from __future__ import annotations

from datetime import date

from bot.domain.matters import Move
from bot.services.figures.reckon_burden import as_row, burden, cells
from bot.services.notices.notify import matter_raised
from storage.tables import MatterEvent, Unit
from tests.services.time.village import at, deliver, matter


async def test_each_person_and_week_stands_by_name(session, village) -> None:
    branch = await session.get_one(Unit, village.branch)
    branch.overrides = {"budget.notices_a_day": 1}
    for clock, urgency in (
        ("11-02 12:00", "normal"),
        ("11-02 13:00", "normal"),
        ("11-02 23:00", "emergency"),
    ):
        one = await matter(session, village, now=at(clock), urgency=urgency)
        await matter_raised(session, one, now=at(clock))
        await deliver(session, at(clock))
    session.add(
        MatterEvent(
            matter_id=one.id,
            at=at("11-02 23:05"),
            kind=Move.ACKNOWLEDGE,
            by_person_id=village.wang.id,
            by_name="王建国",
        )
    )
    await session.flush()
    found = await burden(session, branch, first=date(2026, 11, 2), last=date(2026, 11, 8))
    assert [week.name for week in found] == sorted(week.name for week in found)
    [wang] = [week for week in found if week.name == "王建国"]
    assert as_row(wang) == {
        "branch": "柳树村党支部",
        "name": "王建国",
        "week": "2026-11-02",
        "messages": 3,
        "emergencies": 1,
        "answers": 0,
        "questions": 3,
        "done": 1,
        "quiet": 1,
        "quiet_share": 0.3333,
        "busiest_day": 2,
        "budget": 1,
        "days_over": 1,
    }
    assert cells(wang)[-2:] == ["1（共3）", "2（一天至多1，超了1天）"]
    assert await burden(session, branch, first=date(2026, 11, 9), last=date(2026, 11, 15)) == []
