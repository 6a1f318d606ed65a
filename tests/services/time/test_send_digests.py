"""The day's digest: to whoever has something to decide, and to nobody else."""

from __future__ import annotations

from datetime import date

from bot.domain.matters import MatterStatus, Step
from bot.services.notify import matter_raised
from bot.services.send_digests import digest
from storage.tables import Matter
from tests.services.time.village import Village, at, deliver, matter, notices, report


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
    taken.status, taken.acknowledge_by = MatterStatus.IN_HAND, None
    await on_step(session, village, Step.TOWN, village.sun, now=start, text="桥断了")
    assert await digest(session, now=at("11-03 07:59")) == 0
    assert await digest(session, now=at("11-03 08:00")) == 3
    assert await digest(session, now=at("11-03 08:01")) == 0
    texts = {notice.recipient: notice.text for notice in await notices(session, "digest.daily")}
    assert texts == {
        "赵六": (
            "赵六，柳树村党支部有事等您定：\n【还没人接手】\n"
            "· 第2号：路灯坏了；今天 21:30前要有人接手"
        ),
        "钱守信": (
            "钱守信，柳树村党支部有事等您定：\n【在办】\n"
            "· 第3号：厕所要修；钱守信在办，11月9日（周一）12:00前要办好"
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
    [notice] = await notices(session, "digest.daily")
    assert notice.text == (
        "钱守信，柳树村党支部有事等您定：\n【紧急】\n· 第1号：煤气味；早该有人接手了\n"
        "【走访过了时间的】\n· 王建国：1户"
    )


async def test_overdue_visits_alone_are_told_once_not_daily(session, village) -> None:
    await visited(session, village, date(2026, 11, 3))
    told = {}
    for day in range(4, 9):
        told[day] = await digest(session, now=at(f"11-{day:02} 08:00"))
    assert told == {4: 0, 5: 0, 6: 0, 7: 1, 8: 0}  # due by the 6th


async def test_on_monday_the_week_in_figures(session, village) -> None:
    await visited(session, village, date(2026, 11, 4))
    await visited(session, village, date(2026, 11, 8))
    await on_step(session, village, Step.MEMBER, village.wang, now=at("11-05 12:00"), text="想学电脑")
    village.zhao.telegram_id = None
    assert await digest(session, now=at("11-08 08:00")) == 0
    assert await digest(session, now=at("11-09 08:00")) == 2
    texts = {notice.recipient: notice.text for notice in await notices(session, "digest.weekly")}
    assert texts == {
        "钱守信": (
            "钱守信，柳树村党支部上一周（11月2日到11月8日）的情况：\n"
            "【事项】\n· 新提出1件，办结0件，现在还在办1件\n"
            "【走访】\n· 走访了2户，有1名党员去了\n· 还有1名党员没有在这里认领名字，收不到消息"
        ),
        "孙八": (
            "孙八，青石镇各村上一周（11月2日到11月8日）的情况：\n"
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


async def test_a_long_digest_is_split_without_loss(session, village) -> None:
    await visited(session, village, date(2026, 11, 2))
    for number in range(120):
        await matter(
            session,
            village,
            now=at("11-03 07:30"),
            step=Step.SECRETARY,
            assignee=village.qian,
            text=f"第{number}条路坏了，请村里安排人来修一修吧",
        )
    await digest(session, now=at("11-03 08:00"))
    parts = [notice.text for notice in await notices(session, "digest.daily")]
    assert len(parts) == 2
    assert parts[0].startswith("钱守信，柳树村党支部有事等您定：（第1条，共2条）")
    assert all(f"第{number}号：" in "".join(parts) for number in range(1, 121))
