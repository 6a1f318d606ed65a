"""Matters on the ladder, on a turned clock: who is told, when, and what stops it."""

from __future__ import annotations

from datetime import date

from sqlmodel import select

from bot.domain.matters import MatterStatus, Step
from bot.domain.roster import Actor
from bot.services.matters.escalate_matters import escalate, next_escalation
from bot.services.matters.matter_messages import refresh
from bot.services.notices.notify import (
    Ending,
    matter_acknowledged,
    matter_ended,
    matter_raised,
    matter_reopened,
)
from bot.services.roster.parameters import for_unit
from storage.tables import MatterEvent, RoleHeld, Unit
from tests.services.time.village import at, deliver, matter, notices, person


async def turn(session, now):
    """A cycle at `now`: what is sent."""
    await escalate(session, now=now)
    assert await escalate(session, now=now) == 0, "a second cycle at the same moment finds nothing to do"
    return await deliver(session, now)


async def test_an_unresolved_matter_climbs_to_the_town_and_each_is_told_before(session, village) -> None:
    one = await matter(session, village, now=at("11-02 10:00"))
    await matter_raised(session, one, now=at("11-02 10:00"))
    assert await deliver(session, at("11-02 10:00")) == ["王建国 matter.raised"]

    told = []
    for step in ("member", "group", "secretary"):
        assert one.step == step
        warned_at = await next_escalation(session, now=at("11-02 10:00"))
        told += [(warned_at.strftime("%m-%d %H:%M"), *await turn(session, warned_at))]
        climbs_at = await next_escalation(session, now=warned_at)
        assert climbs_at == one.acknowledge_by
        told += [
            (climbs_at.astimezone(warned_at.tzinfo).strftime("%m-%d %H:%M"), *await turn(session, climbs_at))
        ]
    assert told == [
        ("11-03 15:30", "王建国 matter.warning"),
        ("11-03 19:30", "赵六 matter.escalated", "王建国 matter.gone_up"),
        ("11-05 10:30", "赵六 matter.warning"),
        ("11-05 14:30", "钱守信 matter.escalated", "赵六 matter.gone_up"),
        ("11-06 20:00", "钱守信 matter.warning"),
        ("11-07 09:30", "孙八 matter.escalated", "钱守信 matter.gone_up"),
    ]
    assert (one.step, one.assignee_id, one.version) == (Step.TOWN, village.sun.id, 4)
    assert one.solve_by == at("11-09 19:00")  # at least a day after the town must have taken it on
    events = list(await session.exec(select(MatterEvent).order_by(MatterEvent.id)))
    kinds = [event.kind for event in events]
    assert kinds == ["raise", "warn", "escalate", "warn", "escalate", "warn", "escalate"]
    # A history is read on other days as well, so it never says "today".
    assert events[2].note == "到 11月3日（周二）19:30 没人接手，交给党小组长赵六"
    assert all("今天" not in event.note and "明天" not in event.note for event in events)


async def test_what_is_said_names_who_is_next_when_and_what_stops_it(session, village) -> None:
    one = await matter(session, village, now=at("11-02 10:00"))
    await matter_raised(session, one, now=at("11-02 10:00"))
    await turn(session, at("11-03 15:30"))
    await turn(session, at("11-03 19:30"))
    [raised], [warning] = await notices(session, "matter.raised"), await notices(session, "matter.warning")
    [escalated] = await notices(session, "matter.escalated")
    [gone_up] = await notices(session, "matter.gone_up")
    assert raised.text == (
        "【第1号事项】厨房水管漏水\n户：李桂兰 村东3号\n谁说的：小李，今天 10:00\n"
        "请您看看。接手就点“我来处理”；最晚 明天 19:30，没人接手就告诉党小组长赵六。\n"
        "接手以后，11月9日（周一）10:00 前办好。"
    )
    assert [[button["text"] for button in row] for row in raised.buttons] == [
        ["我来处理", "已解决"],
        ["报上级", "更多…"],
    ]
    place = f"matter:{one.id}:member.1:2026-11-02T02:00:00+00:00"
    assert raised.key == f"matter.raised:{place}:p{village.wang.id}"
    assert warning.text == (
        "提醒一下：第1号事项（厨房水管漏水）还没人接手。\n"
        "到 今天 19:30 还没人接手，就会告诉党小组长赵六。点“我来处理”就不会往上报。"
    )
    assert escalated.text.splitlines()[-1] == (
        "联户党员王建国到时间没有接手，现在交给您。接手就点“我来处理”；"
        "最晚 11月5日（周四）14:30，没人接手就告诉书记钱守信。"
    )
    assert gone_up.text == (
        "第1号事项（厨房水管漏水）到时间没人接手，已经交给党小组长赵六。您知道情况的话，请跟他们说一声。"
    )
    assert gone_up.buttons == []


async def test_an_acknowledged_matter_still_has_to_be_solved(session, village) -> None:
    one = await matter(session, village, now=at("11-02 10:00"))
    await matter_raised(session, one, now=at("11-02 10:00"))
    await deliver(session, at("11-02 10:00"))
    one.status = MatterStatus.ACKNOWLEDGED
    assert await matter_acknowledged(session, one, village.wang, now=at("11-02 11:00")) == 0
    assert await turn(session, at("11-08 09:59")) == []
    assert await turn(session, at("11-08 10:00")) == ["王建国 matter.warning"]
    assert await turn(session, at("11-09 10:00")) == ["赵六 matter.escalated", "王建国 matter.gone_up"]
    assert (one.status, one.acknowledge_by) == (MatterStatus.OPEN, at("11-10 19:30"))


async def test_claimed_solved_stops_the_clock_and_what_waits(session, village) -> None:
    one = await matter(session, village, now=at("11-02 22:00"))
    await matter_raised(session, one, now=at("11-02 22:00"))  # held until the morning
    one.status = MatterStatus.CLAIMED_SOLVED
    await matter_ended(session, one, by="claimed solved", now=at("11-02 23:00"))
    assert await turn(session, at("11-20 10:00")) == []
    [notice] = await notices(session, "matter.raised")
    assert (notice.state, notice.cancelled_by) == ("cancelled", "claimed solved")


async def test_a_reopened_matter_starts_one_step_higher(session, village) -> None:
    one = await matter(session, village, now=at("11-02 10:00"))
    await matter_raised(session, one, now=at("11-02 10:00"))
    await matter_reopened(session, one, by_name="小李", now=at("11-04 10:00"))
    assert (one.step, one.assignee_id) == (Step.GROUP, village.zhao.id)
    assert one.solve_by == at("11-11 10:00")
    assert await deliver(session, at("11-04 10:00")) == ["赵六 matter.reopened"]
    [notice] = await notices(session, "matter.reopened")
    assert "小李说这件事还没办好，重新交给您。" in notice.text


async def test_a_reopened_matter_can_be_taken_on_from_its_message(session, village) -> None:
    one = await matter(session, village, now=at("11-02 10:00"))
    await matter_raised(session, one, now=at("11-02 10:00"))
    await deliver(session, at("11-02 10:00"))
    await matter_reopened(session, one, by_name="小李", now=at("11-04 10:00"))
    preset = await for_unit(session, village.branch)
    await refresh(session, one, preset=preset, now=at("11-04 10:00"))
    [notice] = await notices(session, "matter.reopened")
    assert [button["text"] for button in notice.buttons[0]] == ["我来处理", "已解决"]


async def test_after_a_standstill_one_step_is_taken_without_stale_warnings(session, village) -> None:
    one = await matter(session, village, now=at("11-02 10:00"))
    await matter_raised(session, one, now=at("11-02 10:00"))
    await deliver(session, at("11-02 10:00"))
    assert await turn(session, at("11-20 10:00")) == ["赵六 matter.escalated", "王建国 matter.gone_up"]
    assert one.acknowledge_by == at("11-21 19:30")
    assert one.solve_by == at("11-22 19:30")


async def test_a_courtyard_stands_between_a_building_and_the_secretary(session, village) -> None:
    courtyard = Unit(kind="group", name="三号院", parent_id=village.branch)
    session.add(courtyard)
    await session.flush()
    (await session.get_one(Unit, village.group)).parent_id = courtyard.id
    zhou = await person(session, "周院长", village.branch, ("group_leader", courtyard.id))
    one = await matter(session, village, now=at("11-02 10:00"))
    await matter_raised(session, one, now=at("11-02 10:00"))
    await deliver(session, at("11-02 10:00"))
    seen = []
    for now in ("11-03 19:30", "11-05 14:30", "11-07 09:30", "11-08 19:00"):
        told = await turn(session, at(now))
        seen.append((one.step, one.step_level, told[0]))
    assert seen == [
        ("group", 0, "赵六 matter.escalated"),
        ("group", 1, "周院长 matter.escalated"),
        ("secretary", 0, "钱守信 matter.escalated"),
        ("town", 0, "孙八 matter.escalated"),
    ]
    assert one.assignee_id == village.sun.id and zhou.id is not None
    [_, second, *_] = await notices(session, "matter.escalated")
    assert "党小组长赵六到时间没有接手" in second.text
    [_, gone_up, *_] = await notices(session, "matter.gone_up")
    assert "已经交给上一级组长周院长" in gone_up.text


async def test_when_the_secretary_does_not_acknowledge_the_deputy_is_told_as_well(session, village) -> None:
    await person(session, "冯副", village.branch, ("deputy", village.branch))
    one = await matter(session, village, now=at("11-02 10:00"), step=Step.SECRETARY, assignee=village.qian)
    await matter_raised(session, one, now=at("11-02 10:00"))
    assert await deliver(session, at("11-02 10:00")) == ["钱守信 matter.raised"]
    assert await turn(session, at("11-03 15:30")) == ["钱守信 matter.warning", "冯副 matter.alternate"]
    [told] = await notices(session, "matter.alternate")
    assert told.text.splitlines()[-1] == (
        "书记钱守信还没有接手，也告诉您一声。您能接手就点“我来处理”；"
        "最晚 今天 19:30，没人接手就告诉镇里的孙八。"
    )
    assert [button["text"] for button in told.buttons[0]] == ["我来处理", "已解决"]


async def test_what_is_late_at_the_top_keeps_its_time(session, village) -> None:
    one = await matter(session, village, now=at("11-02 10:00"), step=Step.TOWN, assignee=village.sun)
    await matter_raised(session, one, now=at("11-02 10:00"))
    await deliver(session, at("11-02 10:00"))
    assert await turn(session, at("11-03 19:30")) == ["孙八 matter.remain"]
    for day in (10, 17):  # ten minutes after the digest, which would have taken its place
        assert await turn(session, at(f"11-{day} 08:00")) == []
        assert await turn(session, at(f"11-{day} 08:10")) == ["孙八 matter.remain"]
    assert (one.acknowledge_by, one.solve_by) == (at("11-03 19:30"), at("11-09 10:00"))
    [*_, last] = await notices(session, "matter.remain")
    assert "应在 11月3日（周二）19:30 前接手，已经过时了" in last.text


async def test_what_lies_in_a_holiday_is_not_counted(session, village) -> None:
    one = await matter(session, village, now=at("09-30 10:00"))
    await matter_raised(session, one, now=at("09-30 10:00"))
    await deliver(session, at("09-30 10:00"))
    # 11.5 h on the eve, the rest after the seven days off; 10 October, a Saturday, is worked.
    assert (one.acknowledge_by, one.solve_by) == (at("10-08 19:30"), at("10-14 10:00"))
    assert await turn(session, at("10-08 15:29")) == []
    assert await turn(session, at("10-08 15:30")) == ["王建国 matter.warning"]


async def test_who_has_not_claimed_their_name_is_stood_in_for_at_once(session, village) -> None:
    village.wang.telegram_id = None
    one = await matter(session, village, now=at("11-02 10:00"))
    await matter_raised(session, one, now=at("11-02 10:00"))
    assert (one.step, one.assignee_id) == (Step.MEMBER, village.wang.id)
    assert await deliver(session, at("11-02 10:00")) == ["赵六 matter.raised"]
    [failed, told] = await notices(session, "matter.raised")
    assert (failed.recipient, failed.state) == ("王建国", "failed")
    assert told.text.endswith("王建国在这里收不到消息，所以现在就告诉您，请您先看看、转告一声。")


async def test_who_is_on_leave_is_passed_over(session, village) -> None:
    village.wang.on_leave_until = date(2026, 11, 2)
    one = await matter(session, village, now=at("11-02 10:00"))
    await matter_raised(session, one, now=at("11-02 10:00"))
    assert (one.step, one.assignee_id) == (Step.GROUP, village.zhao.id)
    [told] = await notices(session, "matter.raised")
    assert told.recipient == "赵六"
    assert told.text.endswith("王建国请假了，所以直接交给您。")


async def test_a_step_with_nobody_new_on_it_is_skipped(session, village) -> None:
    one = await matter(session, village, now=at("11-02 10:00"), assignee=village.zhao, household=village.li)
    one.household_id = None  # the group leader took it himself: next is the secretary
    await matter_raised(session, one, now=at("11-02 10:00"))
    await deliver(session, at("11-02 10:00"))
    assert await turn(session, at("11-03 19:30")) == ["钱守信 matter.escalated", "赵六 matter.gone_up"]
    assert one.step == Step.SECRETARY


async def test_at_the_top_the_holder_is_reminded_after_a_week(session, village) -> None:
    one = await matter(session, village, now=at("11-02 10:00"), step=Step.TOWN, assignee=village.sun)
    await matter_raised(session, one, now=at("11-02 10:00"))
    assert "就告诉" not in (await notices(session, "matter.raised"))[0].text
    await deliver(session, at("11-02 10:00"))
    assert await turn(session, at("11-03 19:30")) == ["孙八 matter.remain"]
    assert await next_escalation(session, now=at("11-03 19:30")) == at("11-10 08:00")


async def test_a_withdrawn_matter_lets_those_go_who_were_asked(session, village) -> None:
    one = await matter(session, village, now=at("11-02 10:00"))
    await matter_raised(session, one, now=at("11-02 10:00"))
    await deliver(session, at("11-02 10:00"))
    one.status = MatterStatus.WITHDRAWN
    by = Actor("小李", None)
    ending = Ending.WITHDRAWN
    await matter_ended(session, one, by="withdrawn by 小李", ending=ending, doer=by, now=at("11-02 10:05"))
    assert await turn(session, at("11-02 10:05")) == ["王建国 matter.withdrawn"]
    assert await next_escalation(session, now=at("11-02 10:05")) is None


async def test_co_holders_learn_that_one_of_them_has_taken_it_on(session, village) -> None:
    one = await matter(session, village, now=at("11-02 10:00"), step=Step.GROUP)
    session.add(RoleHeld(person_id=village.qian.id, unit_id=village.group, role="group_leader"))
    await session.flush()
    await matter_raised(session, one, now=at("11-02 10:00"))
    assert len(await deliver(session, at("11-02 10:00"))) == 2
    one.status = MatterStatus.ACKNOWLEDGED
    await matter_acknowledged(session, one, village.zhao, now=at("11-02 11:00"))
    assert await deliver(session, at("11-02 11:00")) == ["钱守信 matter.taken"]
