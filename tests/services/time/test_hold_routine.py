"""The day's budget: routine beyond it waits for the next digest, and is told exactly once."""

from __future__ import annotations

from datetime import date

from bot.services.notices.hold_routine import held_until
from bot.services.notices.notify import matter_raised
from bot.services.notices.send_digests import digest
from bot.services.notices.tell import About, to_person
from bot.services.roster.parameters import for_unit
from storage import outbox
from storage.outbox import Priority
from storage.tables import Notice, Unit
from tests.services.time.village import Village, at, deliver, matter, notices, report


async def routine(
    session, village: Village, number: int, *, now, priority: Priority = Priority.ROUTINE
) -> Notice:
    made = await to_person(
        session,
        village.wang,
        About("leave.returned", "leave", number, "back", now, village.branch),
        f"第{number}句平常话",
        preset=await for_unit(session, village.branch),
        now=now,
        priority=priority,
    )
    assert made is not None
    return made


async def budget(session, village: Village, notices_a_day: int) -> None:
    branch = await session.get_one(Unit, village.branch)
    branch.overrides = {"budget.notices_a_day": notices_a_day}
    await session.flush()


async def send(session, notice: Notice, now) -> bool:
    """Send it as delivery does; whether it went out."""
    until = await held_until(session, notice, now)
    if until is None:
        await outbox.mark_sent(session, notice.id, notice.id, now)
    else:
        await outbox.postpone(session, notice.id, until)
    await session.flush()
    return until is None


async def test_routine_beyond_the_budget_waits_and_stands_in_the_next_digest_once(session, village) -> None:
    await report(session, village, village.li, village.chen, day=date(2026, 11, 2), now=at("11-02 18:00"))
    await budget(session, village, 2)
    now = at("11-03 10:00")
    assert [await send(session, await routine(session, village, n, now=now), now) for n in range(1, 5)] == [
        True,
        True,
        False,
        False,
    ]
    assert await deliver(session, at("11-04 07:59")) == []
    assert await digest(session, now=at("11-04 08:00")) == 1
    assert await deliver(session, at("11-04 08:00")) == ["王建国 digest.daily"]
    assert await deliver(session, at("11-04 12:00")) == []
    [told] = await notices(session, "digest.daily")
    assert told.text == "王建国，您今天的事：\n【另外告诉您】\n· 第3句平常话\n· 第4句平常话"
    states = [(one.state, one.cancelled_by) for one in await notices(session, "leave.returned")]
    assert states == [("sent", None)] * 2 + [("cancelled", "digest")] * 2
    assert await digest(session, now=at("11-05 08:00")) == 0


async def test_what_no_digest_takes_up_is_sent_by_itself(session, village) -> None:
    await budget(session, village, 1)
    now = at("11-03 10:00")
    await send(session, await routine(session, village, 1, now=now), now)
    held = await routine(session, village, 2, now=now)
    assert await held_until(session, held, now) == at("11-04 08:10")
    assert await held_until(session, held, at("11-04 08:10")) is None


async def test_what_is_no_routine_is_never_held(session, village) -> None:
    await budget(session, village, 1)
    now = at("11-03 10:00")
    await send(session, await routine(session, village, 1, now=now), now)
    for urgency in ("normal", "urgent", "emergency"):
        await matter_raised(session, await matter(session, village, now=now, urgency=urgency), now=now)
    for one in await notices(session, "matter.raised"):
        assert await held_until(session, one, now) is None, one.text


async def test_answers_and_emergencies_use_up_no_budget(session, village) -> None:
    await budget(session, village, 1)
    now = at("11-03 10:00")
    for number, priority in enumerate((Priority.ANSWER, Priority.EMERGENCY)):
        one = await routine(session, village, number, now=now, priority=priority)
        await outbox.mark_sent(session, one.id, one.id, now)
    assert await held_until(session, await routine(session, village, 5, now=now), now) is None
