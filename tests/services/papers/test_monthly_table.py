"""The monthly table, worked out by hand for a small village."""

from __future__ import annotations

from datetime import date

from bot.domain.matters import MatterStatus
from bot.domain.papers import PaperKind
from storage.tables import ActivitySession, Attendance, Link, Unit
from tests.services.papers.conftest import NOW, Print
from tests.services.time import village as places
from tests.services.time.village import at, matter, report

MONTHLY = PaperKind.MONTHLY


async def lived(session, village) -> None:
    """November: 王建国 answers for 李桂兰 and 陈阿婆, 赵六 for 陈阿婆 too."""
    session.add(Link(person_id=village.zhao.id, household_id=village.chen.id, since=date(2026, 11, 1)))
    await report(session, village, village.li, day=date(2026, 11, 3), now=NOW)
    by_phone = await report(session, village, village.li, day=date(2026, 11, 9), now=NOW, unclaimed=2)
    by_phone.mode = "phone"
    taken_back = await report(session, village, village.chen, day=date(2026, 11, 10), now=NOW)
    taken_back.status = "withdrawn"
    for visit_day in (date(2026, 10, 31), date(2026, 12, 1)):
        await report(session, village, village.chen, day=visit_day, now=NOW)
    await report(session, village, village.chen, day=date(2026, 11, 12), now=NOW, by=village.zhao)
    solved = await matter(session, village, now=at("10-20 09:00"))
    solved.status, solved.closed_at = MatterStatus.CLOSED, at("11-02 09:00")
    await matter(session, village, now=at("11-02 09:00"))
    conduct = await matter(session, village, now=at("11-03 09:00"))
    conduct.category = "discipline"
    withdrawn = await matter(session, village, now=at("11-04 09:00"))
    withdrawn.status = MatterStatus.WITHDRAWN
    held = ActivitySession(
        branch_id=village.branch, kind="party_day", day=date(2026, 11, 5), reporter_name="钱守信",
        reported_at=NOW, text="",
    )  # fmt: skip
    session.add(held)
    await session.flush()
    for person, state in ((village.wang, "present"), (village.zhao, "excused")):
        session.add(Attendance(session_id=held.id, person_id=person.id, state=state))
    village.qian.on_leave_until = date(2026, 11, 30)
    await session.flush()


async def test_each_member_has_a_row_and_a_shared_household_counts_once(session, village, print_paper: Print):
    await lived(session, village)
    table = await print_paper(MONTHLY)
    # linked, visited, coverage, visits, at home, raised, closed, meetings
    assert table.rows == (
        (1, "第一党小组", "王建国", 2, 2, 1.0, 4, 1, 1, 1, 1, ""),
        (2, "第一党小组", "赵六", 1, 1, 1.0, 1, 1, 0, 0, 0, ""),
        (3, "", "钱守信", 0, 0, None, 0, 0, 0, 0, 0, "请假到11月30日"),
    )
    assert table.total == ("", "", "合计", 2, 2, 1.0, 5, 2, 1, 1, 1, "")
    assert table.under == ("2026年11月", "截至2026年11月21日")
    assert table.title == "柳树村党支部党员联户月报表"


async def test_a_town_has_a_row_for_each_village(session, village, print_paper: Print):
    await lived(session, village)
    other = await places.unit(session, "branch", "桃园村党支部", village.town, "huozhou")
    await places.person(session, "远方", other, ("member", other))
    branches = [await session.get_one(Unit, key) for key in (village.branch, other)]
    table = await print_paper(MONTHLY, branches=branches, over="青石镇")
    # members, those who have reported visits, and as above
    assert table.rows == (
        (1, "柳树村党支部", 3, 2, 2, 2, 1.0, 5, 2, 1, 1, 1),
        (2, "桃园村党支部", 1, 0, 0, 0, None, 0, 0, 0, 0, 0),
    )
    assert table.total == ("", "合计", 4, 2, 2, 2, 1.0, 5, 2, 1, 1, 1)
    assert table.title == "青石镇党员联户月报表"


async def test_a_group_has_the_rows_of_its_own_members(session, village, print_paper: Print):
    table = await print_paper(MONTHLY, group="1组")
    assert [row[2] for row in table.rows] == ["王建国", "赵六"]
    assert table.title == "柳树村党支部 第一党小组党员联户月报表"
