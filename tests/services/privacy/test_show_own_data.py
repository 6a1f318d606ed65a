"""Whoever asks what is kept of them is told all of it, and nothing that would tell on others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlmodel import update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services.chat.speaker import speaking_for
from bot.services.privacy.show_own_data import show_own_data
from storage.tables import (
    ActivitySession,
    Attendance,
    BallotPaper,
    BallotWords,
    DuesTick,
    HealthLine,
    HouseholdAway,
    HubReport,
    LinkProposal,
    MemberKind,
    NameClaim,
    Person,
    PointEntry,
    PointExchange,
    RollCallEvent,
    Verdict,
)
from tests.services.privacy.planting import OLD, plant
from tests.services.time.village import Village

NOW = OLD + timedelta(days=3)
PERSONAL: dict[type[Any], dict[str, Any]] = {
    Attendance: {"state": "excused", "reason": "腰疼"},
    Verdict: {"grade": "qualified", "reasons": "走访少", "next_step": "", "year": 2025},
    HubReport: {"study": "学了一次", "duties": "走了三户", "plan": "修路", "month": date(2026, 1, 1)},
    MemberKind: {"kind": "farming"},
    DuesTick: {"month": date(2026, 1, 1)},
    RollCallEvent: {"kind": "answer", "state": "safe"},
    NameClaim: {"state": "waiting"},
    ActivitySession: {"title": "主题党日", "day": date(2026, 1, 10)},
    HouseholdAway: {"words": "去闺女家了"},
    BallotWords: {"words": "他来得少"},
    HealthLine: {"words": "还在咳嗽"},
}


async def told_to(session: AsyncSession, person: Person) -> list[str]:
    who = await speaking_for(session, person)
    return (await show_own_data(session, who, None, in_group=False, now=NOW)).splitlines()


async def planted(session: AsyncSession, village: Village, *, owner: Person | None = None) -> Person:
    """The resident of a planted row of every table, with states that can be read; or all of it a member's."""
    person = (await plant(session, village)).person
    for table, values in PERSONAL.items():
        await session.exec(update(table).values(**values))
    if owner is not None:
        for table in (Attendance, Verdict, HubReport, MemberKind, DuesTick, PointEntry, PointExchange):
            await session.exec(update(table).values(person_id=owner.id))
        await session.exec(update(LinkProposal).values(person_id=owner.id))
        await session.exec(update(BallotPaper).values(voter_id=owner.id))
    session.expire_all()
    await session.refresh(person)
    return person


async def test_a_resident_sees_what_they_have_said_and_how_much_is_kept_of_their_household(
    session: AsyncSession, village: Village
) -> None:
    told = await told_to(session, await planted(session, village))
    for line in (
        "应急点名里您报过的（1条）：",
        "· 1月10日您说过自己是韦小满（等着定）",
        "· 试过1次不对的链接",
        "您说过的各户情况（2条）：",
        "· 1月10日 去闺女家了",
        "您家不在家、身体不好、该去看看这些情况，记着3条，只给书记和联系您家的人看；要看请找书记。",
        "问过您走访来没来1次，您答了1次，不给联系您家的人看。",
        "评议不记名：您投了什么、附了什么话，这里分不出是谁的，所以列不出来，也单独删不了。",
    ):
        assert line in told, line
    assert not [line for line in told if "咳嗽" in line or "来得少" in line]


async def test_a_member_sees_their_meetings_dues_verdicts_and_points(
    session: AsyncSession, village: Village
) -> None:
    await planted(session, village, owner=village.wang)
    await session.refresh(village.wang)
    told = await told_to(session, village.wang)
    for line in (
        "您的会（1次）：",
        "· 1月10日 主题党日：请假（腰疼）",
        "· 2026年1月报到：学了一次；走了三户；修路",
        "· 您说交过党费：2026年1月",
        "· 学习时间按务农的排",
        "· 2025年度等次：合格。理由：走访少",
        "· 积分：1分，记着1笔",
        "· 兑换积分：1次",
        "· 提过请您联系哪些户：1次",
    ):
        assert line in told, line
    assert not [line for line in told if "来得少" in line]
