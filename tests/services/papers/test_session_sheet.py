from __future__ import annotations

from datetime import date

import pytest

from bot.domain.errors import NotFound
from bot.domain.papers import PaperKind
from bot.services.papers.session_sheet import Item
from storage.tables import ActivitySession, AgendaItem, Attendance
from tests.services.papers.conftest import NOW, Print
from tests.services.time import village as places
from tests.services.time.village import at, matter

SESSION = PaperKind.SESSION


async def party_day(session, village, day: date, **values: object) -> ActivitySession:
    held = ActivitySession(
        branch_id=village.branch, kind="party_day", day=day, reporter_name="钱守信", reported_at=NOW, text="",
        **values,
    )  # fmt: skip
    session.add(held)
    await session.flush()
    return held


async def test_a_sheet_has_who_came_what_was_talked_about_and_room_to_sign(
    session, village, print_paper: Print
) -> None:
    held = await party_day(
        session, village, date(2026, 11, 5), starts_at=at("11-05 09:00"), minutes="议定修路灯"
    )
    for person, state, reason in ((village.wang, "present", ""), (village.zhao, "excused", "看病")):
        session.add(Attendance(session_id=held.id, person_id=person.id, state=state, reason=reason))
    secret = await matter(session, village, now=at("11-02 09:00"), text="家丑")
    secret.private = True
    session.add_all(
        [
            AgendaItem(session_id=held.id, position=1, why="words", text="学习文件", decision="每人一本"),
            AgendaItem(session_id=held.id, position=2, why="open", text="#1 家丑", matter_id=secret.id),
        ]
    )
    await session.flush()
    paper = await print_paper(SESSION)
    assert paper.title == "柳树村党支部主题党日签到和记录"
    assert [value for _, value in paper.facts] == ["2026年11月5日 09:00", "2", "1", "1"]
    assert paper.table.rows == (
        (1, "第一党小组", "王建国", "参加", "", ""),
        (2, "第一党小组", "赵六", "请假", "看病", ""),
    )
    assert paper.items == (Item("学习文件", "每人一本"), Item("#1 （不公开）", ""))
    assert paper.minutes == "议定修路灯"


async def test_before_sign_in_all_members_are_on_it_with_nothing_beside_their_names(
    session, village, print_paper: Print
) -> None:
    held = await party_day(session, village, date(2026, 12, 5), status="planned")
    paper = await print_paper(SESSION, session_id=held.id)
    assert [row[2:] for row in paper.table.rows] == [
        (name, "", "", "") for name in ("王建国", "赵六", "钱守信")
    ]


async def test_there_has_to_be_a_meeting_and_it_has_to_be_the_branchs_own(
    session, village, print_paper: Print
) -> None:
    with pytest.raises(NotFound, match="no_session"):
        await print_paper(SESSION)
    other = await places.unit(session, "branch", "桃园村党支部", village.town, "huozhou")
    held = await party_day(session, village, date(2026, 11, 5))
    held.branch_id = other
    await session.flush()
    with pytest.raises(NotFound, match="no_session"):
        await print_paper(SESSION, session_id=held.id)
