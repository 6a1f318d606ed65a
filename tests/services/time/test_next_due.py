"""The moments at which a turned clock has to stop."""

from __future__ import annotations

from datetime import date

from bot.services.matters.escalate_matters import escalate
from bot.services.meetings.announce_sessions import announce
from bot.services.notices.next_due import next_due
from bot.services.notices.notify import matter_raised
from bot.services.notices.send_digests import digest
from bot.services.visits.remind_visits import remind
from storage.database import Database
from tests.services.time.village import SHANGHAI, at, deliver, matter, report


async def test_without_a_branch_nothing_is_ever_due(database: Database) -> None:
    async with database.transaction() as session:
        assert await next_due(session, now=at("11-02 10:00")) is None


async def test_an_ordinary_day_has_three_stops(session, village) -> None:
    stops, now = [], at("11-02 10:00")
    for _ in range(3):
        now = await next_due(session, now=now)
        stops.append(now)
    assert stops == [at("11-03 00:00"), at("11-03 08:00"), at("11-03 09:00")]


STEPS = (escalate, remind, announce, digest)


async def test_from_stop_to_stop_everything_is_sent_at_its_moment(session, village) -> None:
    await report(session, village, village.li, village.chen, day=date(2026, 11, 1), now=at("11-01 18:00"))
    one = await matter(session, village, urgency="urgent", now=at("11-02 10:00"))
    await matter_raised(session, one, now=at("11-02 10:00"))
    now, sent = at("11-02 10:00"), {}
    while now <= at("11-03 12:00"):
        for step in STEPS:
            await step(session, now=now)
        if told := await deliver(session, now):
            sent[f"{now.astimezone(SHANGHAI):%d %H:%M}"] = [
                line for line in told if "party" not in line and "meeting" not in line
            ]
        now = await next_due(session, now=now)
    assert sent == {
        # A Monday; the Party day is made known in the digest that comes with the week.
        "02 10:00": ["王建国 matter.raised", "钱守信 digest.daily", "孙八 digest.weekly"],
        "02 11:30": ["王建国 matter.warning"],
        "02 12:00": ["赵六 matter.escalated", "王建国 matter.gone_up"],
        "02 13:30": ["赵六 matter.warning"],
        "02 14:00": ["钱守信 matter.escalated", "赵六 matter.gone_up"],
        "02 15:30": ["钱守信 matter.warning"],
        "02 16:00": ["孙八 matter.escalated", "钱守信 matter.gone_up"],
        "02 18:00": ["孙八 matter.remain"],
        "03 08:00": ["孙八 digest.daily"],
        "03 09:00": ["王建国 visit.reminder"],
    }
