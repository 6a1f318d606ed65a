from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from bot.secrets import Secrets
from bot.services.figures.check_health import (
    ChatRights,
    PlatformUnreachable,
    check_chats,
    check_ledger,
    check_work,
)
from storage import heartbeats, inbox, outbox
from storage.database import Database
from storage.inbox import RawUpdate
from storage.outbox import Draft, Priority
from storage.tables import Chat, Person
from tests.services.setup.conftest import NOW, TODAY, ZONE, bring, make_branch

HOUR = timedelta(hours=1)


class Telegram:
    """A platform with given answers."""

    def __init__(self, rights: ChatRights | None, *, reads_all: bool = False) -> None:
        self._rights = rights
        self._reads_all = reads_all

    async def reads_all_messages(self) -> bool:
        return self._reads_all

    async def rights(self, chat_id: int) -> ChatRights:
        if self._rights is None:
            raise PlatformUnreachable("no answer")
        return self._rights


async def beat(database: Database, at: datetime) -> None:
    async with database.transaction() as session:
        await heartbeats.beat(session, "poll", at)
        await heartbeats.beat(session, "cycle", at)


async def work_faults(database: Database) -> list[str]:
    async with database.reading() as session:
        return await check_work(session, polling=True, zone=ZONE, now=NOW)


async def test_a_bot_at_work_has_no_faults(database: Database) -> None:
    await beat(database, NOW)
    assert await work_faults(database) == []


async def test_a_bot_that_stands_still_is_noticed(database: Database) -> None:
    assert len(await work_faults(database)) == 2
    await beat(database, NOW - 3 * HOUR)
    faults = await work_faults(database)
    assert len(faults) == 2
    assert all("3 小时" in fault for fault in faults)


async def test_updates_set_aside_and_stuck_are_shown(database: Database) -> None:
    await beat(database, NOW)
    async with database.transaction() as session:
        [first] = await inbox.store(session, 7, [RawUpdate(1, -5, '{"text": "\\u8def\\u706f"}')], NOW - HOUR)
        await inbox.store(session, 7, [RawUpdate(2, -5, "{}")], NOW)
    [waiting] = await work_faults(database)
    assert "有 1 条消息收下了还没处理，最早的是 2026-11-21 19:00" in waiting
    async with database.transaction() as session:
        await inbox.set_aside(session, first, "Traceback …\nValueError: no such reaction", NOW)
    [aside] = await work_faults(database)
    assert "ValueError: no such reaction" in aside
    assert "路灯" in aside


async def test_notices_late_failed_and_unknown_are_shown(database: Database) -> None:
    await beat(database, NOW)
    async with database.transaction() as session:
        for key in ("late", "failed", "unknown", "fresh"):
            due = NOW if key == "fresh" else NOW - HOUR
            draft = Draft(
                key, "matter.raised", Priority.MATTER, key, chat_id=-5, recipient=f"给{key}", due_at=due
            )
            notice = await outbox.put(session, draft, now=NOW)
            assert notice is not None
            assert notice.id is not None
            if key == "failed":
                await outbox.mark_failed(session, notice.id, "blocked", NOW)
            if key == "unknown":
                await outbox.mark_unknown(session, notice.id, "reset", NOW)
    late, failed, unknown = await work_faults(database)
    assert "1 条该发的消息" in late
    assert "给failed" in failed
    assert "blocked" in failed
    assert "给unknown" in unknown


@pytest.mark.parametrize(
    ("rights", "reads_all", "told"),
    [
        (ChatRights(member=True, reads_all=True, writes=True), False, None),
        (ChatRights(member=True, reads_all=False, writes=True), True, None),
        (ChatRights(member=True, reads_all=False, writes=True), False, "看不到普通消息"),
        (ChatRights(member=True, reads_all=True, writes=False), False, "不能发言"),
        (ChatRights(member=False, reads_all=False, writes=False), False, "已不在群"),
        (None, True, "查不到群"),
    ],
)
async def test_what_the_bot_lacks_in_a_chat_is_said(
    database: Database, rights: ChatRights | None, reads_all: bool, told: str | None
) -> None:
    async with database.transaction() as session:
        branch = await make_branch(session)
        session.add(Chat(telegram_id=-5, kind="supergroup", title="联户群", unit_id=branch.id, seen_at=NOW))
    async with database.reading() as session:
        faults = await check_chats(session, Telegram(rights, reads_all=reads_all))
    assert len(faults) == (0 if told is None else 1)
    assert told is None or told in faults[0]


async def test_a_village_with_everything_has_no_faults(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        branch = await make_branch(session)
        await bring(session, secrets, {"党员": "周明远", "角色": "党员、书记", "户主": "吴桂香"})
        person = (await session.exec(select(Person))).one()
        person.telegram_id = 7
        session.add(person)
        session.add(Chat(telegram_id=-5, kind="group", title="联户群", unit_id=branch.id, seen_at=NOW))
    async with database.reading() as session:
        assert await check_ledger(session, zone=ZONE, secrets=None, now=NOW) == []


async def test_a_village_without_a_secretary_or_with_unlinked_households_is_told(
    database: Database, secrets: Secrets
) -> None:
    async with database.transaction() as session:
        branch = await make_branch(session)
        session.add(Chat(telegram_id=-5, kind="group", title="联户群", unit_id=branch.id, seen_at=NOW))
        before = {"党员": "张建军", "户主": "王福来"}
        await bring(session, secrets, before, today=TODAY - timedelta(days=3))
        await bring(session, secrets, {"党员": "张建军"})
    async with database.reading() as session:
        faults = await check_ledger(session, zone=ZONE, secrets=secrets, now=NOW)
    assert ["书记" in fault or "王福来" in fault or "张建军" in fault for fault in faults] == [True] * 3


async def test_a_year_whose_holidays_are_not_known_is_a_fault(database: Database) -> None:
    async with database.transaction() as session:
        await make_branch(session)
        found = await check_ledger(session, zone=ZONE, secrets=None, now=NOW.replace(year=2060))
        known = await check_ledger(session, zone=ZONE, secrets=None, now=NOW)
    assert any(fault.startswith("2060年的放假安排") for fault in found)
    assert not any("放假安排" in fault for fault in known)
