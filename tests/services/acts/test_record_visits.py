"""What becomes of visits: households found, counts without names, running totals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Service, Visit, VisitMode
from bot.domain.errors import NotEntitled
from bot.services.chat.take_message import take_message
from bot.services.matters.withdraw import withdraw_report
from bot.services.visits.record_visits import record_visits
from tests.services.acts import village as told
from tests.services.acts.village import WANG, XIAOMEI, Village, at, said, speaks

NOW = at("11-21 19:00")
VISIT = Visit(None, (), date(2026, 11, 21), VisitMode.HOME, cumulative=False, services=())


def visit(count: int | None, *names: str, day: int = 21, cumulative: bool = False) -> Visit:
    return replace(VISIT, count=count, households=names, date=date(2026, 11, day), cumulative=cumulative)


async def tell(session: AsyncSession, act: Visit, text: str = "", when: str = "11-21 19:00") -> told.Report:
    inbound = said(text, WANG, at(when))
    speaking = await speaks(session, WANG, at(when))
    return (await record_visits(session, act, speaking, inbound, index=0, now=at(when))).report


async def test_households_are_found_among_the_members_own_first(
    session: AsyncSession, village: Village
) -> None:
    act = replace(visit(3, "老王", "李大娘", "张三"), services=(Service.PUBLICITY,))
    report = await tell(session, act)
    assert await told.heads_visited(session) == ["王福", "李桂兰", "张三"]
    assert (report.unclaimed, report.services, report.group_id) == (0, ["publicity"], village.group)


@pytest.mark.parametrize(
    ("count", "names", "unclaimed", "unknown"),
    [
        (4, ["老王"], 3, []),  # the rest of the number has no name
        (2, ["老王", "没这家"], 1, ["没这家"]),  # one who is not on the roster counts and stays unclaimed
        (1, ["老王", "李大娘"], 0, []),  # the number wins over the names
        (None, [], 0, []),  # all of them, how many was not said
    ],
)
async def test_a_count_without_names_is_unclaimed(
    session: AsyncSession,
    village: Village,
    count: int | None,
    names: list[str],
    unclaimed: int,
    unknown: list[str],
) -> None:
    report = await tell(session, visit(count, *names))
    assert (report.count, report.unclaimed, report.unknown_names) == (count, unclaimed, unknown)


async def test_a_running_total_adds_only_what_is_not_on_record(
    session: AsyncSession, village: Village
) -> None:
    first = await tell(session, visit(3, "老王", day=18), when="11-18 19:00")
    await tell(session, visit(1, "老王", day=19), when="11-19 19:00")
    total = await tell(session, visit(12, cumulative=True), "本月累计走访12户")
    assert (first.unclaimed, total.unclaimed) == (2, 9)  # 老王 once, two without names, and nine more
    again = await tell(session, visit(12, cumulative=True), "本月累计走访12户", when="11-21 20:00")
    assert again.unclaimed == 0


async def test_a_weeks_total_does_not_count_what_was_before_the_week(
    session: AsyncSession, village: Village
) -> None:
    await tell(session, visit(4, day=10), when="11-10 19:00")
    total = await tell(session, visit(5, cumulative=True), "本周累计走访5户")
    assert total.unclaimed == 5


async def test_what_is_taken_back_is_made_up_for_by_the_later_total(
    session: AsyncSession, village: Village
) -> None:
    first = await tell(session, visit(3, day=18), when="11-18 19:00")
    total = await tell(session, visit(5, cumulative=True), "本月累计走访5户")
    assert total.unclaimed == 2
    await withdraw_report(session, first, now=NOW)
    assert total.unclaimed == 5


async def test_a_resident_reports_no_visits(session: AsyncSession, village: Village) -> None:
    speaking = await speaks(session, XIAOMEI, NOW)
    with pytest.raises(NotEntitled):
        await record_visits(session, visit(1), speaking, said("", XIAOMEI, NOW), index=0, now=NOW)


async def test_the_same_act_is_recorded_once(session: AsyncSession, village: Village) -> None:
    inbound, speaking = said("走访了2户", WANG, NOW), await speaks(session, WANG, NOW)
    for _ in range(2):
        await take_message(session, [visit(2)], speaking, inbound, now=NOW)
    assert len(await told.reports(session)) == 1
    assert len(await told.notices(session)) == 1  # one reaction


async def test_a_name_that_is_not_found_is_asked_about_privately_alone(
    session: AsyncSession, village: Village
) -> None:
    speaking = await speaks(session, WANG, NOW)
    await take_message(session, [visit(1, "没这家")], speaking, said("走访了没这家", WANG, NOW), now=NOW)
    assert [notice.kind for notice in await told.notices(session)] == ["reaction"]
    await told.open_private(session, WANG)
    await take_message(session, [visit(1, "没这家")], speaking, said("走访了没这家", WANG, NOW), now=NOW)
    (asked,) = await told.notices(session, "question.which_household")
    assert asked.chat_id == WANG
    assert [row[0]["text"] for row in asked.buttons] == ["李桂兰 村东3号", "王福 村东5号", "都不是"]


async def test_what_was_written_before_the_roster_came_is_about_its_households(
    session: AsyncSession, village: Village
) -> None:
    before = await speaks(session, WANG, at("09-20 10:00"))
    today = await speaks(session, WANG, at("11-20 10:00"))
    assert before.linked == today.linked != ()
