"""Emergencies and what is urgent, on a turned clock: who is told at night, and called until it is taken."""

from __future__ import annotations

from bot.domain.matters import MatterStatus, Step
from bot.services.matters.escalate_matters import next_escalation
from bot.services.notices.notify import (
    matter_acknowledged,
    matter_raised,
)
from tests.services.time.test_escalate_matters import turn
from tests.services.time.village import at, deliver, matter, notices


async def test_an_emergency_reaches_everyone_at_once_in_the_night_and_calls_until_taken(
    session, village
) -> None:
    one = await matter(session, village, urgency="emergency", text="煤气味很大", now=at("11-02 23:50"))
    await matter_raised(session, one, now=at("11-02 23:50"))
    assert await deliver(session, at("11-02 23:50")) == [
        "王建国 matter.raised",
        "赵六 matter.raised",
        "钱守信 matter.raised",
    ]
    [first, *_] = await notices(session, "matter.raised")
    assert first.text.startswith("【紧急】第1号事项：煤气味很大\n")
    assert "已经同时告诉：王建国、赵六、钱守信。" in first.text
    assert "明天 00:05 还没人接手，就告诉镇里的孙八。" in first.text
    assert await turn(session, at("11-03 00:04")) == []
    everyone = ["王建国 matter.call", "赵六 matter.call", "钱守信 matter.call"]
    assert await turn(session, at("11-03 00:05")) == ["孙八 matter.escalated", *everyone]
    assert one.version == 1  # the buttons that people have stay good
    assert await turn(session, at("11-03 00:20")) == [*everyone, "孙八 matter.call"]

    one.status = MatterStatus.ACKNOWLEDGED
    await matter_acknowledged(session, one, village.qian, now=at("11-03 00:21"))
    assert await deliver(session, at("11-03 00:21")) == [
        "王建国 matter.taken",
        "赵六 matter.taken",
        "孙八 matter.taken",
    ]
    assert await turn(session, at("11-03 00:35")) == []


async def test_an_emergency_says_who_has_to_be_rung_up(session, village) -> None:
    village.wang.telegram_id = None
    one = await matter(session, village, urgency="emergency", now=at("11-02 12:00"))
    await matter_raised(session, one, now=at("11-02 12:00"))
    assert await deliver(session, at("11-02 12:00")) == ["赵六 matter.raised", "钱守信 matter.raised"]
    text = (await notices(session, "matter.raised"))[-1].text
    assert "已经同时告诉：赵六、钱守信。" in text
    assert text.endswith("王建国在这里收不到消息，请打电话告诉一声。")


async def test_when_nobody_in_the_village_can_be_reached_the_town_is_told_at_once(session, village) -> None:
    for one_of_them in (village.wang, village.zhao, village.qian):
        one_of_them.telegram_id = None
    one = await matter(session, village, urgency="emergency", now=at("11-02 12:00"))
    await matter_raised(session, one, now=at("11-02 12:00"))
    assert await deliver(session, at("11-02 12:00")) == ["孙八 matter.raised"]
    text = (await notices(session, "matter.raised"))[-1].text
    assert "王建国、赵六、钱守信在这里收不到消息，所以现在就告诉您" in text


async def test_the_calls_of_an_emergency_are_bounded(session, village) -> None:
    one = await matter(session, village, urgency="emergency", now=at("11-02 12:00"))
    await matter_raised(session, one, now=at("11-02 12:00"))
    await deliver(session, at("11-02 12:00"))
    now, calls = at("11-02 12:00"), []
    while (now := await next_escalation(session, now=now)) < at("11-03 12:00"):
        calls += [line for line in await turn(session, now) if line == "王建国 matter.call"]
    assert len(calls) == 8
    assert one.next_call_at is None


async def test_an_urgent_matter_climbs_at_night_as_far_as_the_secretary(session, village) -> None:
    one = await matter(session, village, urgency="urgent", now=at("11-02 22:00"))
    await matter_raised(session, one, now=at("11-02 22:00"))
    assert await deliver(session, at("11-02 22:00")) == ["王建国 matter.raised"]
    told, now = [], at("11-02 22:00")
    while (now := await next_escalation(session, now=now)) < at("11-03 10:00"):
        time = now.astimezone(one.solve_by.tzinfo).strftime("%m-%d %H:%M")
        told += [(time, line) for line in await turn(session, now)]
    assert [line for line in told if "gone_up" not in line[1]] == [
        ("11-02 23:30", "王建国 matter.warning"),  # the step would wake somebody else
        ("11-03 00:00", "赵六 matter.escalated"),
        ("11-03 01:30", "赵六 matter.warning"),
        ("11-03 02:00", "钱守信 matter.escalated"),
        ("11-03 07:00", "钱守信 matter.warning"),  # the town is not woken
        ("11-03 07:30", "孙八 matter.escalated"),
        ("11-03 09:30", "孙八 matter.remain"),
    ]


async def test_an_emergency_that_comes_late_says_how_old_it_is(session, village) -> None:
    one = await matter(session, village, urgency="emergency", now=at("11-01 16:00"))
    await matter_raised(session, one, now=at("11-02 12:00"))
    assert "注意：这是20 小时前说的" in (await notices(session, "matter.raised"))[0].text
    await deliver(session, at("11-02 12:00"))
    assert one.next_call_at == at("11-02 12:15")  # everybody has their time from the moment of return
    await turn(session, at("11-02 12:15"))
    assert "注意：这是20 小时前说的" in (await notices(session, "matter.call"))[0].text


async def test_an_emergency_is_on_the_rung_of_whoever_takes_it_on(session, village) -> None:
    one = await matter(session, village, urgency="emergency", now=at("11-02 12:00"))
    await matter_raised(session, one, now=at("11-02 12:00"))
    await deliver(session, at("11-02 12:00"))
    await turn(session, at("11-02 12:15"))
    assert one.step == Step.TOWN
    one.status = MatterStatus.ACKNOWLEDGED
    await matter_acknowledged(session, one, village.zhao, now=at("11-02 12:20"))
    assert (one.step, one.assignee_id) == (Step.GROUP, village.zhao.id)
