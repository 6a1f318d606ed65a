from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import select

from bot.secrets import Secrets
from bot.services.figures.export_rows import ExportKind, Row, Wanted, audit_export, export_rows
from bot.services.roster.find_branch import all_branches
from storage import outbox
from storage.database import Database
from storage.outbox import Draft, Priority
from storage.tables import (
    ActivitySession,
    AuditEntry,
    Household,
    Matter,
    MatterEvent,
    Person,
    Report,
    Unit,
    Visit,
)
from tests.services.setup.conftest import NOW, TODAY, bring, make_branch

# What CONTRACT.md promises, in its order.
PROMISED = {
    "reports": """id branch group member date mode count households unclaimed services cumulative status
        reported_at chat_id message_id text""",
    "matters": """number branch category urgency text about household reporter assignee step status private
        created_at acknowledged_at acknowledge_by solve_by solved_at closed_at outcome co_reporters
        recurrences chat_id message_id events""",
    "notices": """id kind key recipient chat_id due_at state sent_at attempts message_id cancelled_by error
        text""",
    "members": "name branch group roles claimed households visited_this_period due overdue on_leave_until",
    "households": "head address plate kinds members last_contact due_by state",
    "sessions": "id branch kind date title expected present absent_with_reason minutes",
}


async def exported(database: Database, kind: str, **values: Any) -> list[Row]:
    async with database.reading() as session:
        branches = await all_branches(session)
        given = {"branches": branches, "all_branches": True, "since": None, "until": None, **values}
        return await export_rows(session, Wanted(kind=ExportKind(kind), now=NOW, **given))


async def fill(database: Database, secrets: Secrets) -> Unit:
    """A branch with a report, a matter, a session and notices."""
    async with database.transaction() as session:
        branch = await make_branch(session)
        await bring(
            session,
            secrets,
            {"党小组": "一组", "党员": "张建军", "户主": "王福来", "户类别": "重点"},
            {"党小组": "一组", "党员": "张建军", "户主": "李秀兰"},
            today=TODAY - timedelta(days=10),
        )
        member = (await session.exec(select(Person))).one()
        wang = (await session.exec(select(Household).where(Household.head == "王福来"))).one()
        source = {"chat_id": -100, "message_id": 5, "act_index": 0}
        report = Report(
            branch_id=branch.id,
            group_id=wang.group_id,
            person_id=member.id,
            day=TODAY - timedelta(days=1),
            mode="home",
            count=2,
            unclaimed=1,
            services=["errand"],
            reported_at=NOW,
            text="走访了老王家，电话13800000101",
            **source,
        )
        matter = Matter(
            branch_id=branch.id,
            number=1,
            category="service",
            urgency="normal",
            text="水管漏了，打13800000101",
            household_id=wang.id,
            reporter_name="张建军",
            assignee_id=member.id,
            step="member",
            status="open",
            created_at=NOW,
            acknowledge_by=NOW + timedelta(days=1),
            **{**source, "act_index": 1},
        )
        held = ActivitySession(
            branch_id=branch.id,
            kind="study",
            day=TODAY,
            participants=9,
            reporter_name="张建军",
            reported_at=NOW,
            text="学习",
            **{**source, "act_index": 2},
        )
        session.add_all([report, matter, held])
        await session.flush()
        session.add(
            Visit(
                report_id=report.id,
                household_id=wang.id,
                person_id=member.id,
                day=report.day,
                named_as="老王",
            )
        )
        session.add(MatterEvent(matter_id=matter.id, at=NOW, kind="raise", by_name="张建军"))
        for key, branch_id in (("a", branch.id), ("b", None)):
            draft = Draft(
                key,
                kind="matter.raised",
                priority=Priority.MATTER,
                text="1号事项",
                chat_id=-100,
                recipient="群",
                branch_id=branch_id,
            )
            await outbox.put(session, draft, now=NOW)
    return branch


async def test_every_promised_key_is_there(database: Database, secrets: Secrets) -> None:
    await fill(database, secrets)
    for kind, promised in PROMISED.items():
        rows = await exported(database, kind)
        assert rows, kind
        assert set(promised.split()) <= set(rows[0]), kind


async def test_a_report_tells_households_and_what_is_unclaimed(database: Database, secrets: Secrets) -> None:
    await fill(database, secrets)
    [row] = await exported(database, "reports")
    assert (row["member"], row["group"], row["date"]) == ("张建军", "一组", "2026-11-20")
    assert (row["count"], row["households"], row["unclaimed"]) == (2, ["王福来"], 1)
    assert row["reported_at"] == "2026-11-21T20:00:00+08:00"
    assert row["text"] == "走访了老王家，电话138****0101"


async def test_a_matter_tells_its_events(database: Database, secrets: Secrets) -> None:
    await fill(database, secrets)
    [row] = await exported(database, "matters")
    assert (row["number"], row["household"], row["assignee"]) == (1, "王福来", "张建军")
    assert row["acknowledge_by"] == "2026-11-22T20:00:00+08:00"
    assert row["text"] == "水管漏了，打138****0101"
    assert row["events"] == [{"at": "2026-11-21T20:00:00+08:00", "kind": "raise", "by": "张建军", "note": ""}]


async def test_members_and_households_stand_as_cadence_says(database: Database, secrets: Secrets) -> None:
    await fill(database, secrets)
    [member] = await exported(database, "members")
    assert (member["households"], member["visited_this_period"]) == (2, 1)
    assert (member["due"], member["overdue"]) == (1, 0)
    assert (member["claimed"], member["roles"]) == (False, ["member"])
    wang, li = await exported(database, "households")
    assert (wang["state"], wang["last_contact"], wang["due_by"]) == ("done", "2026-11-20", "2026-11-27")
    assert (li["state"], li["last_contact"], li["due_by"]) == ("due", None, "2026-12-11")
    assert wang["members"] == ["张建军"]


async def test_a_household_nobody_answers_for_is_due_without_a_day(
    database: Database, secrets: Secrets
) -> None:
    await fill(database, secrets)
    async with database.transaction() as session:
        await bring(session, secrets, {"党小组": "一组", "党员": "张建军", "户主": "王福来"})
    rows = {row["head"]: row for row in await exported(database, "households")}
    assert (rows["李秀兰"]["state"], rows["李秀兰"]["due_by"], rows["李秀兰"]["members"]) == ("due", None, [])


async def test_rows_can_be_limited_to_days(database: Database, secrets: Secrets) -> None:
    await fill(database, secrets)
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    assert len(await exported(database, "reports", since=yesterday, until=yesterday)) == 1
    assert await exported(database, "reports", since=TODAY) == []
    assert len(await exported(database, "matters", since=TODAY, until=TODAY)) == 1
    assert await exported(database, "matters", since=tomorrow) == []
    assert await exported(database, "sessions", until=yesterday) == []
    assert len(await exported(database, "notices", until=TODAY)) == 2
    assert await exported(database, "notices", until=yesterday) == []


async def test_a_day_is_the_branchs_day(database: Database, secrets: Secrets) -> None:
    await fill(database, secrets)
    late = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)  # the 22nd in China
    async with database.transaction() as session:
        matter = (await session.exec(select(Matter))).one()
        matter.created_at = late
        session.add(matter)
    assert await exported(database, "matters", until=date(2026, 11, 21)) == []
    assert len(await exported(database, "matters", since=date(2026, 11, 22))) == 1


async def test_a_branchs_notices_are_its_own_and_all_are_all(database: Database, secrets: Secrets) -> None:
    await fill(database, secrets)
    assert [row["key"] for row in await exported(database, "notices")] == ["a", "b"]
    assert [row["key"] for row in await exported(database, "notices", all_branches=False)] == ["a"]


async def test_an_export_is_audited(database: Database, secrets: Secrets) -> None:
    await fill(database, secrets)
    async with database.transaction() as session:
        wanted = Wanted(ExportKind.MATTERS, await all_branches(session), True, TODAY, None, NOW)
        await audit_export(session, wanted, count=1)
    [*_, row] = await exported(database, "audit")
    assert (row["action"], row["detail"]) == ("export.matters", "1 rows 2026-11-21..")
    async with database.reading() as session:
        assert (await session.exec(select(AuditEntry).where(AuditEntry.action == "export.matters"))).one()
