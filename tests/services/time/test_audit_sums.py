"""The audit finds what has been forgotten, and nothing where all is well."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.domain.matters import MatterStatus
from bot.services.figures.audit_sums import audit
from bot.services.matters.escalate_matters import escalate
from bot.services.notices.notify import matter_raised
from storage.tables import Heartbeat, Matter, Notice, Unit
from tests.services.time.village import at, deliver, matter, notices

NO_TIME = "没有下一个时间：没人接手的要有接手时间，在办的要有办好时间"


@pytest.fixture
async def raised(session, village) -> Matter:
    one = await matter(session, village, now=at("11-02 10:00"))
    await matter_raised(session, one, now=at("11-02 10:00"))
    await deliver(session, at("11-02 10:00"))
    return one


async def faults(session, now) -> list[tuple[str, str]]:
    return [(fault.subject, fault.sentence) for fault in await audit(session, now=now)]


async def test_all_is_well(session, raised) -> None:
    assert await faults(session, at("11-02 12:00")) == []
    beat = await session.get_one(Heartbeat, "audit")
    assert (beat.at, beat.detail) == (at("11-02 12:00"), "0")


async def test_all_stays_well_while_the_cycle_runs(session, raised) -> None:
    for day in range(3, 29):
        for hour in range(0, 24, 3):
            now = at(f"11-{day:02} {hour:02}:00")
            await escalate(session, now=now)
            await deliver(session, now)
            assert await faults(session, now) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"acknowledge_by": None}, NO_TIME),
        (
            {"status": MatterStatus.IN_HAND, "solve_by": None},
            NO_TIME,
        ),
        ({"acknowledge_by": at("11-02 10:30")}, "时间 今天 10:30 已经过了，还没有往上报"),
        ({"step": "moon"}, "层级“moon”没有这一种"),
        ({"assignee_id": None}, "没有人负责，而联户党员这一层有人可以负责"),
        ({"status": MatterStatus.CLAIMED_SOLVED}, "说是已解决，但没有问过提出的人"),
        (
            {"status": MatterStatus.CLAIMED_SOLVED, "confirm_reminded_at": at("10-20 10:00")},
            "提出的人一直没回音，早该办结了",
        ),
    ],
)
async def test_a_matter_without_a_next_step_is_found(session, raised, change, sentence) -> None:
    for name, value in change.items():
        setattr(raised, name, value)
    session.add(raised)
    await session.flush()
    assert await faults(session, at("11-02 13:00")) == [("柳树村党支部第1号事项", sentence)]


async def test_a_notice_that_never_ends_is_found(session, raised) -> None:
    [notice] = await notices(session, "matter.raised")
    notice.state = "pending"
    assert await faults(session, at("11-02 11:00")) == []
    found = await faults(session, at("11-02 13:00"))
    assert found == [(f"通知{notice.id}（matter.raised，给王建国）", "今天 10:00 就该发了，现在还没有结果")]
    notice.next_attempt_at = at("11-02 13:05")
    assert await faults(session, at("11-02 13:00")) == []


async def test_a_notice_in_no_state_at_all_is_found(session, raised) -> None:
    notice = (await session.exec(select(Notice))).one()
    notice.state = "lost"
    assert [sentence for _, sentence in await faults(session, at("11-02 11:00"))] == [
        "状态“lost”和它的其他内容对不上"
    ]


async def test_a_rule_that_nobody_understands_is_found(session, village) -> None:
    branch = await session.get_one(Unit, village.branch)
    branch.overrides = {"party_day.rule": "有空就办"}
    assert await faults(session, at("11-02 11:00")) == [("柳树村党支部", "主题党日的规则“有空就办”看不懂")]
