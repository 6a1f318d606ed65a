"""Members are told of the Party day three days and one day before, and in the morning."""

from __future__ import annotations

from datetime import date, timedelta

from bot.services.meetings.announce_sessions import announce
from storage.tables import Unit
from tests.services.time.village import at, deliver, notices


async def test_members_are_told_three_times(session, village) -> None:
    sent = {}
    for number in range(1, 10):
        today = date(2026, 11, number)
        assert await announce(session, now=at(f"{today:%m-%d} 08:59")) == 0
        await announce(session, now=at(f"{today:%m-%d} 09:00"))
        assert await announce(session, now=at(f"{today:%m-%d} 09:01")) == 0
        if told := await deliver(session, at(f"{today:%m-%d} 09:01")):
            sent[number] = told
    members = [f"{name} party.reminder" for name in ("王建国", "赵六", "钱守信")]
    assert sent == {1: ["钱守信 meeting.draft"], 2: members, 4: members, 5: members}
    texts = [
        notice.text for notice in await notices(session, "party.reminder") if notice.recipient == "王建国"
    ]
    assert texts[:2] == [
        "王建国，11月5日（周四）是柳树村党支部的主题党日，9:30开始，还有3天。\n"
        "请提前安排好；来不了的，回复“党日请假”和原因。",
        "王建国，明天 11月5日（周四）是柳树村党支部的主题党日，9:30开始，请记得参加。\n"
        "来不了的，回复“党日请假”和原因。",
    ]
    assert texts[2].startswith(
        "王建国，今天 11月5日（周四）是柳树村党支部的主题党日，9:30开始，请准时参加。\n"
        "来不了的，回复“党日请假”和原因。\n\n您的报告卡（10月8日党日以来）："
    )


async def test_it_is_put_off_after_a_public_holiday(session, village) -> None:
    for number in range(1, 9):
        await announce(session, now=at(f"10-0{number} 09:00"))
    days = {notice.key.split(":")[3] for notice in await notices(session, "party.reminder")}
    assert days == {"2026-10-08-3", "2026-10-08-1", "2026-10-08-0"}


async def test_after_a_standstill_it_is_told_once(session, village) -> None:
    await announce(session, now=at("11-01 09:00"))
    assert await announce(session, now=at("11-04 15:00")) == 3  # the 2nd was missed, the 4th is today
    assert {notice.key.split(":")[3] for notice in await notices(session, "party.reminder")} == {
        "2026-11-05-1"
    }


async def test_who_is_on_leave_or_not_there_yet_is_not_told(session, village) -> None:
    village.wang.on_leave_until = date(2026, 11, 5)
    village.zhao.telegram_id = None
    assert await announce(session, now=at("11-02 09:00")) == 2  # and the draft
    assert [notice.recipient for notice in await notices(session, "party.reminder")] == ["钱守信"]


async def test_a_rule_that_nobody_understands_stops_nothing(session, village) -> None:
    branch = await session.get_one(Unit, village.branch)
    branch.overrides = {"party_day.rule": "有空就办"}
    for day in range(30):
        assert await announce(session, now=at("11-01 09:00") + timedelta(days=day)) == 0


async def test_the_secretary_is_not_told_to_tell_the_secretary(session, village) -> None:
    await announce(session, now=at("11-02 09:00"))
    told = {notice.recipient: notice.text for notice in await notices(session, "party.reminder")}
    assert "党日请假" in told["王建国"]
    assert "党日请假" not in told["钱守信"]
