"""The day's digest: to whoever has something to decide, and to nobody else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.domain.buttons import decode
from bot.domain.long_texts import units
from bot.domain.matters import MatterStatus, Step
from bot.domain.roster import Role
from bot.services.chat.speaker import who_is
from bot.services.matters.acknowledge_matter import acknowledge_matter
from bot.services.notices.notify import matter_raised
from bot.services.notices.send_digests import digest
from bot.services.visits.remind_visits import answered_by, remind
from storage.tables import Matter, RoleHeld
from tests.services.time.village import Village, at, deliver, matter, notices, person, report, unit


async def on_step(session, village: Village, step: Step, holder, *, now, text: str, **other) -> Matter:
    one = await matter(session, village, now=now, step=step, assignee=holder, text=text, **other)
    await matter_raised(session, one, now=now)
    await deliver(session, now)
    return one


async def visited(session, village, day: date) -> None:
    """Both households were visited, so that nobody is overdue."""
    await report(session, village, village.li, village.chen, day=day, now=at(f"{day:%m-%d} 18:00"))


async def test_nobody_gets_an_empty_digest(session, village) -> None:
    await visited(session, village, date(2026, 11, 2))
    assert await digest(session, now=at("11-03 08:00")) == 0


async def test_each_gets_what_is_on_their_step(session, village) -> None:
    await visited(session, village, date(2026, 11, 2))
    start = at("11-02 12:00")
    await on_step(session, village, Step.MEMBER, village.wang, now=start, text="想学电脑")
    await on_step(session, village, Step.GROUP, village.zhao, now=start, text="路灯坏了")
    taken = await on_step(session, village, Step.SECRETARY, village.qian, now=start, text="厕所要修")
    taken.status, taken.acknowledge_by, taken.solve_by = MatterStatus.IN_HAND, None, at("11-03 12:00")
    await on_step(session, village, Step.TOWN, village.sun, now=start, text="桥断了")
    assert await digest(session, now=at("11-03 07:59")) == 0
    assert await digest(session, now=at("11-03 08:00")) == 4
    assert await digest(session, now=at("11-03 08:01")) == 0
    texts = {notice.recipient: notice.text for notice in await notices(session, "digest.daily")}
    assert texts == {
        "赵六": ("赵六，柳树村党支部有事等您定：\n【还没人接手】\n· 第2号：路灯坏了；今天 21:30前要有人接手"),
        "王建国": "王建国，您今天的事：\n【您手上的】\n· 第1号：想学电脑；今天 21:30前要有人接手",
        "钱守信": (
            "钱守信，柳树村党支部有事等您定：\n【快到期了，办不完可以延期】\n"
            "· 第3号：厕所要修；您在办，今天 12:00前要办好"
        ),
        "孙八": (
            "孙八，青石镇各村有事等您定：\n【还没人接手】\n"
            "· 柳树村党支部第4号：桥断了；今天 21:30前要有人接手"
        ),
    }


async def test_a_secretary_sees_every_emergency_and_who_is_overdue(session, village) -> None:
    await visited(session, village, date(2026, 11, 1))  # 陈阿婆 is due every third day
    await on_step(
        session, village, Step.MEMBER, village.wang, now=at("11-05 07:00"), text="煤气味", urgency="emergency"
    )
    await digest(session, now=at("11-05 08:00"))
    texts = {notice.recipient: notice.text for notice in await notices(session, "digest.daily")}
    emergency = "有事等您定：\n【紧急】\n· 第1号：煤气味；早该有人接手了"
    assert texts == {
        "王建国": f"王建国，柳树村党支部{emergency}",
        "钱守信": f"钱守信，柳树村党支部{emergency}\n【走访过了时间的】\n· 王建国：1户",
    }


async def test_overdue_visits_alone_are_told_once_not_daily(session, village) -> None:
    await visited(session, village, date(2026, 11, 3))
    told = {}
    for day in range(4, 9):
        told[day] = await digest(session, now=at(f"11-{day:02} 08:00"))
    assert told == {4: 0, 5: 0, 6: 0, 7: 1, 8: 0}  # due by the 6th


async def test_on_monday_the_week_in_figures(session, village) -> None:
    await visited(session, village, date(2026, 11, 4))
    await visited(session, village, date(2026, 11, 8))
    await on_step(session, village, Step.MEMBER, village.zhao, now=at("11-05 12:00"), text="想学电脑")
    village.zhao.telegram_id = None
    assert await digest(session, now=at("11-08 08:00")) == 0
    assert await digest(session, now=at("11-09 08:00")) == 2
    texts = {notice.recipient: notice.text for notice in await notices(session, "digest.weekly")}
    assert texts == {
        "钱守信": (
            "钱守信，上周的情况：\n柳树村党支部上一周（11月2日到11月8日）：\n"
            "【事项】\n· 新提出1件，办结0件，现在还在办1件\n"
            "【走访】\n· 走访了2户，有1名党员去了\n· 还有1名党员没有在这里认领名字，收不到消息"
        ),
        "孙八": (
            "孙八，上周的情况：\n青石镇各村上一周（11月2日到11月8日）：\n"
            "【各村】\n· 柳树村党支部：新提出1件，办结0件，还在办1件；走访2户"
        ),
    }


async def test_the_week_counts_households_that_a_report_did_not_name(session, village) -> None:
    await visited(session, village, date(2026, 11, 4))
    await report(session, village, day=date(2026, 11, 5), now=at("11-05 18:00"), unclaimed=3)
    await digest(session, now=at("11-09 08:00"))
    [text] = [one.text for one in await notices(session, "digest.weekly") if one.recipient == "钱守信"]
    assert "走访了5户，有1名党员去了" in text


async def test_a_weekly_digest_that_was_missed_comes_later_and_once(session, village) -> None:
    await visited(session, village, date(2026, 11, 8))
    await digest(session, now=at("11-08 08:00"))
    await digest(session, now=at("11-10 10:00"))
    await digest(session, now=at("11-11 08:00"))
    assert len([one for one in await notices(session, "digest.weekly") if one.recipient == "钱守信"]) == 1


async def test_a_digest_that_is_too_late_for_today_is_left_to_tomorrow(session, village) -> None:
    await visited(session, village, date(2026, 11, 2))
    await on_step(session, village, Step.GROUP, village.zhao, now=at("11-03 07:30"), text="路灯坏了")
    assert await digest(session, now=at("11-03 22:00")) == 0
    assert await digest(session, now=at("11-04 08:00")) == 1


async def many(session, village: Village, count: int, *, now) -> None:
    for number in range(count):
        one = await matter(
            session,
            village,
            now=now,
            step=Step.SECRETARY,
            assignee=village.qian,
            text=f"第{number}条路坏了，请村里安排人来修一修吧",
        )
        await matter_raised(session, one, now=now)


async def test_forty_items_are_split_without_loss_each_part_with_its_own_buttons(session, village) -> None:
    await visited(session, village, date(2026, 11, 2))
    await many(session, village, 40, now=at("11-03 07:30"))
    await digest(session, now=at("11-03 08:00"))
    parts = await notices(session, "digest.daily")
    assert [part.recipient for part in parts] == ["钱守信", "钱守信"]
    assert parts[0].text.startswith("钱守信，柳树村党支部有事等您定：（第1条，共2条）\n【还没人接手】")
    seen = []
    for part in parts:
        assert units(part.text) <= 4096
        assert sum(len(row) for row in part.buttons) <= 100
        numbers = [int(found) for found in re.findall(r"第(\d+)号：", part.text)]
        assert [decode(row[0]["data"]).id for row in part.buttons] == numbers  # ids are numbers here
        seen += numbers
    assert seen == list(range(1, 41))


async def test_one_digest_a_day_for_somebody_with_several_roles_and_branches(session, village) -> None:
    await visited(session, village, date(2026, 11, 2))
    other = await unit(session, "branch", "桃花村党支部", village.town, "huozhou")
    # 赵六 leads a group here, is secretary there, and an officer of the town.
    for role, where in ((Role.SECRETARY, other), (Role.TOWN_OFFICER, village.town)):
        session.add(RoleHeld(person_id=village.zhao.id, unit_id=where, role=role))
    await session.flush()
    start = at("11-02 12:00")
    await on_step(session, village, Step.GROUP, village.zhao, now=start, text="路灯坏了")
    there = replace(village, branch=other)
    await on_step(session, there, Step.SECRETARY, village.zhao, now=start, text="沟堵了")
    await on_step(session, village, Step.TOWN, village.zhao, now=start, text="桥断了")
    for clock in ("08:00", "08:01", "09:00"):
        await digest(session, now=at(f"11-03 {clock}"))
    [text] = [one.text for one in await notices(session, "digest.daily") if one.recipient == "赵六"]
    assert text.splitlines()[0] == "赵六，有事等您定："
    assert "柳树村党支部【还没人接手】\n· 第1号：路灯坏了" in text
    assert "桃花村党支部【还没人接手】\n· 第1号：沟堵了" in text
    assert "青石镇【还没人接手】\n· 柳树村党支部第2号：桥断了" in text


async def test_an_accusation_is_told_on_its_own_level_only(session, village) -> None:
    await visited(session, village, date(2026, 11, 2))
    told = await on_step(session, village, Step.TOWN, village.sun, now=at("11-02 12:00"), text="书记收礼")
    told.category, told.private, told.accused_ids = "discipline", True, [village.qian.id]
    told.urgency = "emergency"
    await session.flush()
    await digest(session, now=at("11-03 08:00"))
    assert [one.recipient for one in await notices(session, "digest.daily")] == ["孙八"]


async def test_what_is_decided_is_struck_out_in_everybodys_digest(session, village) -> None:
    await visited(session, village, date(2026, 11, 2))
    li = await person(session, "李新", village.branch, ("secretary", village.branch))
    first = await on_step(
        session, village, Step.SECRETARY, village.qian, now=at("11-02 12:00"), text="路灯坏了"
    )
    await on_step(session, village, Step.SECRETARY, village.qian, now=at("11-02 12:00"), text="厕所要修")
    await digest(session, now=at("11-03 08:00"))
    await deliver(session, at("11-03 08:00"))
    speaking = await who_is(session, li.telegram_id, "李新", chat=None, at=at("11-03 08:10"))
    await acknowledge_matter(session, first, speaking, version=first.version, now=at("11-03 08:10"))
    edits = await notices(session, "digest.daily.edit")
    assert {edit.recipient for edit in edits} == {"钱守信", "李新"}
    for edit in edits:
        assert edit.text.splitlines()[1:] == [
            "【还没人接手】",
            "✓ 第1号：路灯坏了——李新接手了",
            "· 第2号：厕所要修；今天 21:30前要有人接手",
        ]
        assert {decode(button["data"]).id for row in edit.buttons for button in row} == {2}


async def test_a_report_strikes_out_the_visits_in_the_digest_that_took_the_reminders_place(
    session, village
) -> None:
    await visited(session, village, date(2026, 11, 2))
    await on_step(session, village, Step.MEMBER, village.wang, now=at("11-03 12:00"), text="想学电脑")
    await remind(session, now=at("11-04 00:00"))
    await digest(session, now=at("11-04 08:00"))
    assert "王建国 digest.daily" in await deliver(session, at("11-04 08:00"))
    [reminder] = await notices(session, "visit.reminder")
    assert (reminder.state, reminder.cancelled_by) == ("cancelled", "digest")
    [sent] = [one for one in await notices(session, "digest.daily") if one.recipient == "王建国"]
    assert "【该去看看的】\n· 陈阿婆（村西9号）：最晚明天" in sent.text
    answer = await report(session, village, village.chen, day=date(2026, 11, 4), now=at("11-04 10:00"))
    await answered_by(session, answer, now=at("11-04 10:00"))
    [edit] = await notices(session, "digest.daily.edit")
    assert "✓ 陈阿婆（村西9号）：最晚明天，上次是11月2日（周一）——走访过了" in edit.text


async def test_over_a_holiday_only_what_is_urgent_makes_a_digest(session, village) -> None:
    await visited(session, village, date(2026, 9, 30))
    await on_step(session, village, Step.GROUP, village.zhao, now=at("09-30 12:00"), text="路灯坏了")
    assert await digest(session, now=at("10-02 08:00")) == 0
    start = at("10-02 12:00")
    await on_step(session, village, Step.SECRETARY, village.qian, now=start, text="停水了", urgency="urgent")
    assert await digest(session, now=at("10-03 08:00")) == 1
    [told] = await notices(session, "digest.daily")
    assert told.recipient == "钱守信" and "第2号：停水了" in told.text


async def test_the_first_open_day_makes_up_for_a_holiday(session, village) -> None:
    await visited(session, village, date(2026, 9, 30))
    await on_step(session, village, Step.GROUP, village.zhao, now=at("09-30 12:00"), text="路灯坏了")
    for day in range(1, 8):
        await digest(session, now=at(f"10-0{day} 08:00"))
    assert await notices(session, "digest.daily") == []
    await digest(session, now=at("10-08 08:00"))  # a Thursday; Monday's week was not told on the holiday
    made = [*await notices(session, "digest.daily"), *await notices(session, "digest.weekly")]
    texts = {one.recipient: one.text for one in made}
    assert "第1号：路灯坏了" in texts["赵六"]
    assert "上一周（9月28日到10月4日）" in texts["钱守信"]
