"""The handbook of a member's year."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.errors import NotFound
from bot.domain.matters import MatterStatus, Outcome
from bot.domain.papers import PaperKind
from bot.services.papers.handbook import Line, Linked
from storage.tables import ActivitySession, Attendance, PointEntry, Promise, Unit
from tests.services.papers.conftest import NOW, Print
from tests.services.time.village import at, matter, report

HANDBOOK = PaperKind.HANDBOOK


async def test_a_year_has_duties_households_and_twelve_months(session, village, print_paper: Print) -> None:
    told = await report(
        session, village, village.li, village.chen, day=date(2026, 11, 3), now=NOW, unclaimed=3
    )
    told.text, told.services, told.unknown_names = "走访5户，打13800000009", ["cleaning"], ["老孙"]
    one = await matter(session, village, now=at("11-04 09:00"), text="水管漏了")
    one.status, one.outcome = MatterStatus.CLOSED, Outcome.SATISFIED
    given = {"chat_id": -1, "message_id": 1, "made_at": at("11-04 10:00")}
    session.add(
        Promise(
            matter_id=one.id, person_id=village.wang.id, words="周五修好", due=date(2026, 11, 6),
            state="kept", **given,
        )
    )  # fmt: skip
    held = ActivitySession(
        branch_id=village.branch, kind="party_day", day=date(2026, 11, 5), reporter_name="钱守信",
        reported_at=NOW, text="",
    )  # fmt: skip
    session.add(held)
    await session.flush()
    session.add(Attendance(session_id=held.id, person_id=village.wang.id, state="present", late=True))
    await session.flush()
    paper = await print_paper(HANDBOOK, member="王建国")
    assert (paper.name, paper.group, paper.year) == ("王建国", "第一党小组", 2026)
    assert paper.households == (
        Linked("李桂兰", "村东3号", "普通", "30 天"),
        Linked("陈阿婆", "村西9号", "独居老人", "3 天"),
    )
    assert [month.number for month in paper.months] == list(range(1, 13))
    november = paper.months[10]
    who = "李桂兰、陈阿婆、老孙等，另有 2 户没说户名"
    assert november.visits == (Line("11.3", who, "入户、打扫。走访5户，打138****0009"),)
    assert november.matters == (Line("11.4", "#1 水管漏了", "已办结，满意"),)
    assert november.promises == (Line("11.4", "#1 周五修好", "答应11月6日前办好，做到了"),)
    assert november.meetings == (Line("11.5", "主题党日", "参加（迟到）"),)
    assert (paper.visited, paper.handled, paper.attended) == (5, 1, 1)
    assert not paper.months[9].visits


async def test_what_is_private_or_accuses_stays_out(session, village, print_paper: Print) -> None:
    told = await report(session, village, village.li, day=date(2026, 11, 3), now=NOW)
    told.text = "走访李大娘家，她得了重病"
    private = await matter(session, village, now=at("11-03 12:00"), text="她得了重病")
    private.private, private.chat_id, private.message_id = True, told.chat_id, told.message_id
    private.act_index = 1
    accusing = await matter(session, village, now=at("11-05 12:00"), text="王建国不上门")
    accusing.accused_ids = [village.wang.id]
    await session.flush()
    november = (await print_paper(HANDBOOK, member="王建国")).months[10]
    assert november.visits == (Line("11.3", "李桂兰", "入户"),)
    assert november.matters == (Line("11.3", "#1 （不公开）", "等人接手"),)


async def test_points_are_told_where_they_are_kept(session, village, print_paper: Print) -> None:
    assert (await print_paper(HANDBOOK, member="王建国")).points is None
    branch = await session.get_one(Unit, village.branch)
    branch.overrides = {"points.on": True}
    for day, points, source in (
        (date(2026, 11, 3), 2, "visit"),
        (date(2025, 11, 3), 4, "visit"),
        (NOW.date(), -1, "exchange"),
    ):
        session.add(
            PointEntry(
                key=f"{source}:{day}", branch_id=village.branch, person_id=village.wang.id, day=day,
                points=points, source=source, why="", made_at=NOW,
            )
        )  # fmt: skip
    await session.flush()
    assert (await print_paper(HANDBOOK, member="王建国")).points == 2


async def test_next_years_is_there_to_write_in(village, print_paper: Print) -> None:
    paper = await print_paper(HANDBOOK, member="王建国", period="2027")
    assert paper.year == 2027
    assert paper.visited == 0


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ({}, "papers.which_member"),
        ({"member": "某人"}, "papers.no_member"),
        ({"member": "王建国", "period": "2026-11"}, "papers.year_wrong"),
        ({"member": "王建国", "period": "今年"}, "figures.period_wrong"),
    ],
)
async def test_it_is_of_one_member_and_one_year(village, print_paper: Print, asked, key) -> None:
    with pytest.raises(NotFound) as refused:
        await print_paper(HANDBOOK, **asked)
    assert refused.value.key == key
