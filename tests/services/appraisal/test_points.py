"""Accounts follow the records; rankings, bulletins and exchanges are made of them once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Press, Verb
from bot.domain.errors import NotEntitled, NotPossible
from bot.domain.meetings import Presence
from bot.services.appraisal.draft_bulletin import press_bulletin
from bot.services.appraisal.exchange_points import ask_exchange, press_exchange, set_goods
from bot.services.appraisal.gather_duties import duties_between
from bot.services.appraisal.keep_account import keep_account
from bot.services.appraisal.rank_members import run_points
from bot.services.figures.export_rows import ExportKind, Wanted, export_rows
from storage.queries import points as account
from storage.tables import (
    ActivitySession,
    Attendance,
    Chat,
    Leave,
    Matter,
    Person,
    PointExchange,
    Report,
    Unit,
    Visit,
)
from tests.services.appraisal.ballots import speaking
from tests.services.appraisal.conftest import Here
from tests.services.time import village as places
from tests.services.time.village import at

NOW = at("11-20 18:00")


@dataclass
class Accounts:
    """What the accounts of a branch hold."""

    session: AsyncSession
    here: Here

    async def keep(self, now: datetime = NOW) -> int:
        return await keep_account(self.session, self.here.village.branch, self.here.preset, now=now)

    async def of(self, person: Person) -> int:
        return await account.balance(self.session, person.id or 0)

    async def whys(self) -> list[tuple[int, str]]:
        made = await account.entries(self.session, self.here.village.branch)
        return [(entry.points, entry.why) for entry in made]


@pytest.fixture
def accounts(session: AsyncSession, here: Here) -> Accounts:
    return Accounts(session, here)


async def _visited(session: AsyncSession, here: Here, *homes: int, day: int) -> Report:
    held = [here.homes[number] for number in homes]
    return await places.report(session, here.village, *held, day=date(2026, 11, day), now=NOW)


async def test_an_event_counts_once_however_often_the_accounts_are_kept(
    session: AsyncSession, here: Here, accounts: Accounts
) -> None:
    await _visited(session, here, 0, day=3)
    await _visited(session, here, 0, day=3)
    await _visited(session, here, 0, day=5)  # it was not due again
    await places.report(session, here.village, here.village.chen, day=date(2026, 11, 5), now=NOW)
    assert await accounts.keep() == 2
    assert await accounts.keep() == 0
    assert await accounts.whys() == [(3, "联系陈阿婆"), (2, "联系户主0")]


async def test_a_withdrawn_report_is_taken_back_by_an_entry_of_its_own(
    session: AsyncSession, here: Here, accounts: Accounts
) -> None:
    report = await _visited(session, here, 0, day=3)
    await accounts.keep()
    [visit] = [
        one
        for one in await account.visits_during(session, here.village.branch, date(2026, 11, 1), NOW.date())
    ]
    visit.withdrawn_at = NOW
    report.status = "withdrawn"
    session.add_all([visit, report])
    await session.flush()
    assert await accounts.keep() == 1
    assert await accounts.whys() == [(2, "联系户主0"), (-2, "收回：联系户主0")]
    assert await accounts.of(here.village.wang) == 0
    # Told again, it counts again; the keys say how often the event was entered.
    await _visited(session, here, 0, day=3)
    await accounts.keep()
    keys = [entry.key for entry in await account.entries(session, here.village.branch)]
    assert [key.rpartition("#")[2] for key in keys] == ["1", "2", "3"]


async def test_a_day_earns_no_more_than_its_cap(
    session: AsyncSession, here: Here, accounts: Accounts
) -> None:
    await _visited(session, here, *range(6), day=3)
    await accounts.keep()
    assert await accounts.of(here.village.wang) == here.preset.points.daily_cap == 10


async def test_matters_settled_in_time_and_meetings_attended_earn(
    session: AsyncSession, here: Here, accounts: Accounts
) -> None:
    for solved, outcome in (
        ("11-10 09:00", "satisfied"),
        ("11-18 09:00", "satisfied"),
        ("11-10 09:00", "partly"),
    ):
        matter = await places.matter(session, here.village, now=at("11-09 09:00"))
        _close(matter, at(solved), outcome)
        session.add(matter)
    for state in (Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT):
        await _meeting(session, here, state)
    await accounts.keep()
    assert sorted(await accounts.whys()) == [(3, "参加主题党日"), (5, "办好事项#1")]
    duties = await duties_between(session, here.village.branch, here.preset, date(2026, 11, 1), NOW.date())
    own = duties[here.village.wang.id or 0]
    assert (own.matters, own.settled, own.meetings, own.attended) == (3, 1, 2, 1)


def _close(matter: Matter, solved: datetime, outcome: str) -> None:
    matter.status, matter.outcome = "closed", outcome
    matter.first_solve_by, matter.solved_at = at("11-16 09:00"), solved
    matter.closed_at = solved + timedelta(hours=1)


async def _meeting(session: AsyncSession, here: Here, state: Presence) -> None:
    held = ActivitySession(
        branch_id=here.village.branch,
        kind="party_day",
        day=date(2026, 11, 6),
        reporter_name="系统",
        reported_at=NOW,
        text="",
    )
    session.add(held)
    await session.flush()
    session.add(Attendance(session_id=held.id or 0, person_id=here.village.wang.id or 0, state=state))
    await session.flush()


async def test_leave_takes_contacts_from_what_fell_to_a_member(session: AsyncSession, here: Here) -> None:
    month = (date(2026, 11, 1), date(2026, 11, 30))
    wang = here.village.wang.id or 0
    before = (await duties_between(session, here.village.branch, here.preset, *month))[wang]
    began = at("11-01 00:00")
    away = Leave(
        person_id=wang, first=date(2026, 11, 1), last=date(2026, 11, 30), asked_at=began, begun_at=began
    )
    session.add(away)
    await session.flush()
    after = (await duties_between(session, here.village.branch, here.preset, *month))[wang]
    assert (before.contacts, after.contacts) == (7 * 2 + 10, 0)


async def test_each_month_is_ranked_once_and_each_quarter_drafted_once(
    session: AsyncSession, here: Here
) -> None:
    chat = Chat(telegram_id=-100, kind="supergroup", unit_id=here.village.branch, bound_at=NOW, seen_at=NOW)
    session.add(chat)
    await _visited(session, here, 0, 1, day=3)
    for moment in ("11-30 09:00", "12-01 08:59", "12-01 09:00", "12-01 09:05", "12-02 09:00"):
        await run_points(session, now=at(moment))
    [ranking] = await places.notices(session, "points.ranking")
    assert (
        ranking.text
        == "11月大家差得不多，排不出先后：王建国（24 件里办到 2 件）。\n没有该办的事、不排的：赵六、钱守信。"
    )
    assert [one.person_id for one in await places.notices(session, "points.place")] == [here.village.wang.id]
    assert await places.notices(session, "points.bulletin") == []

    new_year = datetime.fromisoformat("2027-01-04T09:00:00+08:00")
    await run_points(session, now=at("12-31 09:00"))
    await run_points(session, now=new_year)
    [draft] = await places.notices(session, "points.bulletin")
    assert "柳树村党支部2026年第四季度联户情况通报\n一、走访联系：1 位党员联系 8 户" in draft.text
    press = Press(Verb.BULLETIN, draft.subject_id or 0, 0, "post")
    with pytest.raises(NotEntitled):
        await press_bulletin(session, press, await speaking(session, here.village.wang), now=new_year)
    await press_bulletin(session, press, await speaking(session, here.village.qian), now=new_year)
    [posted] = await places.notices(session, "points.posted")
    assert posted.chat_id == -100
    with pytest.raises(NotPossible, match="bulletin_answered"):
        await press_bulletin(session, press, await speaking(session, here.village.qian), now=new_year)


async def test_an_account_that_has_shrunk_meanwhile_pays_for_nothing(
    session: AsyncSession, here: Here, accounts: Accounts
) -> None:
    wang, qian = here.village.wang, here.village.qian
    await _visited(session, here, 0, 1, day=3)
    await set_goods(session, "洗衣粉", 4, await speaking(session, qian, now=NOW), now=NOW)
    await ask_exchange(session, "洗衣粉", await speaking(session, wang, now=NOW), now=NOW)
    for visit in await account.visits_during(session, here.village.branch, date(2026, 11, 1), NOW.date()):
        await _withdraw(session, visit)
    await accounts.keep()
    [wish] = await account.waiting_exchanges(session, wang.id or 0)
    press = Press(Verb.EXCHANGE, wish.id or 0, 0, "yes")
    shown = await press_exchange(session, press, await speaking(session, qian, now=NOW), now=NOW)
    assert shown == "王建国现在只有 0 分，不够换洗衣粉（4 分），没有换。"
    assert (wish.answer, await accounts.of(wang)) == ("refused", 0)


async def _withdraw(session: AsyncSession, visit: Visit) -> None:
    visit.withdrawn_at = NOW
    session.add(visit)
    await session.flush()


async def test_nobody_confirms_their_own_exchange(
    session: AsyncSession, here: Here, accounts: Accounts
) -> None:
    qian = await speaking(session, here.village.qian, now=NOW)
    await set_goods(session, "洗衣粉", 1, qian, now=NOW)
    session.add(
        PointExchange(
            branch_id=here.village.branch,
            person_id=here.village.qian.id or 0,
            goods="洗衣粉",
            cost=1,
            asked_at=NOW,
        )
    )
    await session.flush()
    [wish] = await account.waiting_exchanges(session, here.village.qian.id or 0)
    with pytest.raises(NotEntitled, match="exchange_not_yours"):
        await press_exchange(session, Press(Verb.EXCHANGE, wish.id or 0, 0, "yes"), qian, now=NOW)


async def test_entries_are_exported(session: AsyncSession, here: Here, accounts: Accounts) -> None:
    await _visited(session, here, 0, day=3)
    await accounts.keep()
    branch = await session.get_one(Unit, here.village.branch)
    [row] = await export_rows(session, Wanted(ExportKind.POINTS, [branch], True, None, None, NOW))
    assert (row["member"], row["date"], row["points"], row["source"], row["why"]) == (
        "王建国",
        "2026-11-03",
        2,
        "visit",
        "联系户主0",
    )
    since_december = Wanted(ExportKind.POINTS, [branch], True, date(2026, 12, 1), None, NOW)
    assert await export_rows(session, since_december) == []
