"""Groups report in: who is asked, what a report cancels, and when the secretary hears of the others."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from bot.domain.errors import NotEntitled, NotPossible
from bot.services.chat.speaker import who_is
from bot.services.meetings.report_in import report_in
from bot.services.meetings.run_report_in import run_report_in
from storage.tables import HubReport, Unit
from tests.services.time.village import at, notices, unit

WORDS = "上月学习：两次；上月工作：走访30户；本月打算：修路"


@pytest.fixture
async def tongshan(session, village) -> None:
    """The village under the preset in which hubs report in by the 15th."""
    (await session.get_one(Unit, village.branch)).preset = "tongshan"


async def _kinds(session, kind: str) -> list[str]:
    return [one.recipient for one in await notices(session, kind)]


@pytest.mark.usefixtures("tongshan")
async def test_the_leader_is_asked_then_reminded_then_the_secretary_told(session, village) -> None:
    for day, made in ((11, 0), (12, 1), (13, 0), (15, 1), (16, 0), (18, 1), (19, 0)):
        assert await run_report_in(session, now=at(f"11-{day} 09:00")) == made, day
        assert await run_report_in(session, now=at(f"11-{day} 09:01")) == 0
    assert await _kinds(session, "hub.draft") == ["赵六"]
    assert await _kinds(session, "hub.reminder") == ["赵六"]
    assert await _kinds(session, "hub.missing") == ["钱守信"]


@pytest.mark.usefixtures("tongshan")
async def test_a_report_ends_the_asking(session, village) -> None:
    now = at("11-10 20:00")
    leader = await who_is(session, village.zhao.telegram_id, "赵六", chat=None, at=now)
    assert await report_in(session, WORDS, leader, now=now) == (
        "好，第一党小组11月的报到收到了，支部能看到。",
        (),
    )
    [made] = list(await session.exec(select(HubReport)))
    assert (made.month, made.study, made.duties, made.plan) == (
        date(2026, 11, 1),
        "两次",
        "走访30户",
        "修路",
    )
    for day in (12, 15, 18):
        assert await run_report_in(session, now=at(f"11-{day} 09:00")) == 0


@pytest.mark.usefixtures("tongshan")
async def test_a_group_within_another_reports_with_it(session, village) -> None:
    await unit(session, "group", "2号楼", village.group)
    for day in (12, 15):
        await run_report_in(session, now=at(f"11-{day} 09:00"))
    assert await _kinds(session, "hub.draft") == ["赵六"]


@pytest.mark.usefixtures("tongshan")
async def test_a_leader_on_leave_is_not_asked(session, village) -> None:
    village.zhao.on_leave_until = date(2026, 11, 20)
    assert await run_report_in(session, now=at("11-12 09:00")) == 0
    await run_report_in(session, now=at("11-18 09:00"))
    assert await _kinds(session, "hub.missing") == ["钱守信"]


@pytest.mark.usefixtures("tongshan")
async def test_what_is_not_whole_or_not_a_leaders_is_refused(session, village) -> None:
    now = at("11-10 20:00")
    leader = await who_is(session, village.zhao.telegram_id, "赵六", chat=None, at=now)
    with pytest.raises(NotPossible):
        await report_in(session, "学习一次", leader, now=now)
    member = await who_is(session, village.wang.telegram_id, "王建国", chat=None, at=now)
    with pytest.raises(NotEntitled):
        await report_in(session, WORDS, member, now=now)
    assert list(await session.exec(select(HubReport))) == []


async def test_where_groups_do_not_report_in_it_is_talk_like_any_other(session, village) -> None:
    now = at("11-10 20:00")
    leader = await who_is(session, village.zhao.telegram_id, "赵六", chat=None, at=now)
    assert await report_in(session, WORDS, leader, now=now) is None
    assert await run_report_in(session, now=at("11-12 09:00")) == 0
