"""Reminders of visits: the right day, one message, and none that a report has answered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import select

from bot.services.visits.remind_visits import answered_by, remind
from storage.tables import Link
from tests.services.time.village import at, deliver, found, household, notices, person, report


def october(day: int) -> date:
    return date(2026, 10, day)


async def test_one_message_a_day_gathers_what_is_near(session, village) -> None:
    await report(session, village, village.li, day=october(1), now=at("10-01 18:00"))
    await report(session, village, village.chen, day=october(19), now=at("10-19 18:00"))
    assert await remind(session, now=at("10-20 00:00")) == 0
    assert await remind(session, now=at("10-21 00:00")) == 1
    assert await remind(session, now=at("10-21 00:01")) == 0
    assert await deliver(session, at("10-21 08:59")) == []
    assert await deliver(session, at("10-21 09:00")) == ["王建国 visit.reminder"]
    [notice] = await notices(session, "visit.reminder")
    assert notice.text == (
        "王建国，这几户该去看看了：\n"
        "· 陈阿婆（村西9号）：最晚明天，上次是10月19日（周一）\n"
        "· 李桂兰（村东3号）：最晚10月31日（周六），上次是10月1日（周四）\n"
        "去了或者打了电话，在群里说一句就行，比如“今天走访了陈阿婆家”，别的都不用填。"
    )


@pytest.mark.parametrize(
    ("visited", "last", "days"),
    [
        ("li", date(2026, 9, 13), [8]),  # monthly: what belonged on the 3rd comes on the first open day
        ("chen", date(2026, 9, 29), [1, 2, 5]),  # every three days: after two, on the last, and on Monday
    ],
)
async def test_over_a_holiday_only_those_looked_in_on_often_are_reminded_of(
    session, village, visited, last, days
) -> None:
    one = getattr(village, visited)
    for link in await session.exec(select(Link)):
        link.since = date(2026, 9, 1)
        link.until = None if link.household_id == one.id else link.since
    await report(session, village, one, day=last, now=at("09-29 18:00"))
    await remind(session, now=at("09-30 00:00"))
    await deliver(session, at("09-30 09:00"))
    told = []
    for day in range(1, 9):
        await remind(session, now=at(f"10-{day:02} 00:00"))
        told += [day for _ in await deliver(session, at(f"10-{day:02} 09:00"))]
    assert told == days


async def test_a_report_cancels_the_reminder_that_it_answers(session, village) -> None:
    await report(session, village, village.li, village.chen, day=october(18), now=at("10-18 18:00"))
    await remind(session, now=at("10-20 00:00"))
    answer = await report(session, village, village.chen, day=october(20), now=at("10-20 08:10"))
    assert await answered_by(session, answer, now=at("10-20 08:10")) == 1
    assert await deliver(session, at("10-20 09:00")) == []
    [notice] = await notices(session, "visit.reminder")
    assert (notice.state, notice.cancelled_by) == ("cancelled", f"report:{answer.id}")


async def test_a_report_of_one_household_leaves_the_others_in_the_reminder(session, village) -> None:
    await report(session, village, village.li, day=october(1), now=at("10-01 18:00"))
    await report(session, village, village.chen, day=october(19), now=at("10-19 18:00"))
    await remind(session, now=at("10-21 00:00"))
    answer = await report(session, village, village.chen, day=october(21), now=at("10-21 07:30"))
    assert await answered_by(session, answer, now=at("10-21 07:30")) == 1
    await deliver(session, at("10-21 09:00"))
    [notice] = await notices(session, "visit.reminder")
    assert notice.state == "sent"
    assert "李桂兰" in notice.text and "陈阿婆" not in notice.text


async def test_a_visit_by_one_of_two_members_counts_for_both(session, village) -> None:
    session.add(Link(person_id=village.zhao.id, household_id=village.chen.id, since=october(1)))
    await session.flush()
    both = village.li, village.chen
    await report(session, village, *both, day=october(18), now=at("10-18 18:00"))
    assert await remind(session, now=at("10-20 00:00")) == 2
    answer = await report(
        session, village, village.chen, day=october(20), now=at("10-20 08:00"), by=village.zhao
    )
    assert await answered_by(session, answer, now=at("10-20 08:00")) == 2
    assert await deliver(session, at("10-20 09:00")) == []


async def test_counts_without_names_do_not_cover_but_are_not_forgotten(session, village) -> None:
    await report(session, village, village.li, village.chen, day=october(18), now=at("10-18 18:00"))
    await report(session, village, day=october(19), now=at("10-19 18:00"), unclaimed=4)
    await remind(session, now=at("10-20 00:00"))
    [notice] = await notices(session, "visit.reminder")
    assert "您最近报过4户没写是哪家。要是已经去过，直接把户名发给我就行，几户用顿号隔开。" in notice.text


async def test_nobody_is_reminded_on_leave_or_before_claiming_their_name(session, village) -> None:
    village.wang.on_leave_until = october(20)
    new = await person(session, "周新", village.branch, ("member", village.group), claimed=False)
    await household(session, village.branch, village.group, "吴大伯", "", ["key"], new)
    assert await remind(session, now=at("10-20 00:00")) == 0


async def test_a_missed_day_is_made_up_for_in_one_message(session, village) -> None:
    await report(session, village, village.li, day=october(1), now=at("10-01 18:00"))
    village.chen.removed_on = october(2)
    assert await remind(session, now=at("10-19 00:00")) == 0
    assert await remind(session, now=at("10-24 15:00")) == 1  # the 21st was missed
    assert await deliver(session, at("10-24 15:00")) == ["王建国 visit.reminder"]
    assert await remind(session, now=at("10-25 00:00")) == 0


async def test_a_newer_reminder_takes_the_place_of_one_that_could_not_be_sent(session, village) -> None:
    await report(session, village, village.chen, day=october(18), now=at("10-18 18:00"))
    village.li.removed_on = october(2)
    await remind(session, now=at("10-20 00:00"))
    await remind(session, now=at("10-21 00:00"))
    assert await deliver(session, at("10-21 09:00")) == ["王建国 visit.reminder"]
    first, second = await notices(session, "visit.reminder")
    assert (first.state, first.cancelled_by) == ("cancelled", "newer reminder")
    assert "陈阿婆（村西9号）：今天是最后一天" in second.text


async def test_over_a_month_without_visits_the_member_is_reminded_but_not_daily(session, village) -> None:
    village.chen.removed_on = october(2)  # 李桂兰 alone, linked since 1 October, never visited
    sent = []
    for number in range(45):
        today = october(1) + timedelta(days=number)
        await remind(session, now=at(f"{today:%m-%d} 00:00"))
        if await deliver(session, at(f"{today:%m-%d} 09:00")):
            sent.append(f"{today:%m-%d}")
    assert sent == ["10-21", "10-28", "10-31", "11-02", "11-09"]


async def test_many_branches_are_done_in_batches(session, village) -> None:
    await found(session, town="白水镇")
    assert [await remind(session, now=at("10-21 00:00"), batch=1) for _ in range(3)] == [1, 1, 0]
