"""A phone number and an identity number, planted wherever texts are kept, come out of no command whole."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import col, select

from storage.database import Database
from storage.tables import (
    ActivitySession,
    CoReporter,
    InboxUpdate,
    Matter,
    MatterEvent,
    Notice,
    Person,
    Promise,
    ReadingCorrection,
    Report,
    RoleHeld,
    Unit,
)
from tests.commands.conftest import SAMPLE, Bot

PHONE, ID_NUMBER = "13955556666", "34050119500101123X"
PLANTED = f"打{PHONE}，身份证{ID_NUMBER}"
AT = datetime(2026, 11, 10, 9, tzinfo=UTC)
KINDS = (
    *("reports", "matters", "members", "households", "sessions", "rollcalls"),
    *("notices", "audit", "corrections"),
)


async def plant(url: str) -> None:
    """Put the numbers into every text that people can write."""
    async with Database(url) as database, database.transaction() as session:
        branch = (await session.exec(select(Unit).where(Unit.kind == "branch"))).one()
        on_roster = col(Person.id).in_(select(RoleHeld.person_id))
        person = (await session.exec(select(Person).where(on_roster))).first()
        assert branch.id is not None
        assert person is not None
        source = {"chat_id": -1, "message_id": 1, "act_index": 0}
        here = {"branch_id": branch.id}
        matter = Matter(
            **here,
            **source,
            number=1,
            category="other",
            urgency="normal",
            text=PLANTED,
            about=PLANTED,
            reporter_name=PLANTED,
            on_behalf_of=PLANTED,
            explanation=PLANTED,
            step="member",
            status="open",
            created_at=AT,
        )
        session.add(matter)
        await session.flush()
        key = matter.id or 0
        told = {"matter_id": key, "chat_id": -1, "message_id": 9}
        session.add_all(
            [
                Report(
                    **here,
                    **source,
                    person_id=person.id or 0,
                    day=date(2026, 11, 10),
                    mode="home",
                    reported_at=AT,
                    text=PLANTED,
                    unknown_names=[PLANTED],
                ),
                MatterEvent(matter_id=key, at=AT, kind="raise", by_name=PLANTED, note=PLANTED),
                CoReporter(**told, telegram_id=9, name=PLANTED, joined_at=AT, text=PLANTED),
                Promise(**told, person_id=person.id or 0, words=PLANTED, due=date(2026, 11, 12), made_at=AT),
                ActivitySession(
                    **here,
                    **source,
                    kind="study",
                    day=date(2026, 11, 10),
                    title=PLANTED,
                    minutes=PLANTED,
                    reporter_name="某人",
                    reported_at=AT,
                    text=PLANTED,
                ),
                Notice(
                    **here,
                    key=f"reply:-1:1:{PHONE}",
                    kind="matter.raised",
                    priority=1,
                    recipient=PLANTED,
                    chat_id=-1,
                    text=PLANTED,
                    created_at=AT,
                    due_at=AT,
                    state="failed",
                    error=PLANTED,
                ),
                ReadingCorrection(
                    **here,
                    chat_id=-1,
                    message_id=1,
                    text=PLANTED,
                    sent_at=AT,
                    speaker="resident",
                    corrected_at=AT,
                    corrected_by="某人",
                    what="asked",
                ),
                InboxUpdate(
                    bot_id=1,
                    update_id=1,
                    chat_id=-1,
                    payload=json.dumps({"message": {"text": PLANTED}}),
                    received_at=AT,
                    state="set_aside",
                    error=f"Traceback\nValueError: {PLANTED}",
                ),
            ]
        )


@pytest.fixture
def planted(village: Bot, tmp_path: Path) -> Bot:
    asyncio.run(plant(f"sqlite+aiosqlite:///{tmp_path / 'lianxin.db'}"))
    return village


def roster_phones() -> set[str]:
    """The phones of members and households on the roster that was imported."""
    cells = SAMPLE.read_text(encoding="utf-8-sig").replace("\n", ",").split(",")
    return {cell for cell in cells if cell.isdecimal() and len(cell) == 11}


def test_no_command_tells_a_whole_number(planted: Bot) -> None:
    outputs = {}
    for kind in KINDS:
        for format in ("jsonl", "csv"):
            outputs[f"export {kind} {format}"] = planted("export", kind, "--format", format)
    days = ("--since", "2026-11-01", "--until", "2026-11-30")
    outputs["doctor"] = planted("doctor")
    outputs["indicators"] = planted("indicators", "--period", "2026-11")
    outputs["rates"] = planted("rates", "--period", "2026-11", "--by", "holder")
    outputs["burden"] = planted("burden", *days)
    outputs["rehearse"] = planted("rehearse", *days)
    outputs["invites"] = planted("invites", "--all")
    assert len(roster_phones()) > 5
    for name, result in outputs.items():
        told = result.stdout + result.stderr
        for number in (PHONE, ID_NUMBER, *roster_phones()):
            assert number not in told, f"{name} tells {number}"
    # They were there to be told.
    assert "139****6666" in outputs["export reports jsonl"].stdout
    assert "3405**********123X" in outputs["export matters jsonl"].stdout
    assert "139****6666" in outputs["doctor"].stdout + outputs["doctor"].stderr


def test_phones_are_nowhere_in_the_file_of_the_database(village: Bot, tmp_path: Path) -> None:
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("lianxin.db*"))
    for phone in roster_phones():
        assert phone.encode() not in stored


def test_somebody_who_has_asked_on_paper_is_forgotten(planted: Bot) -> None:
    result = planted("forget", "--person", "周明远")
    assert result.exit_code == 0, result.stderr
    assert result.stderr == "已解除：周明远 的账号。名字还在花名册上，要去掉请在花名册里改。\n"
    audit = [json.loads(line) for line in planted("export", "audit").stdout.splitlines()]
    assert [row["subject"] for row in audit if row["action"] == "person.forget"] == ["周明远"]
    nobody = planted("forget", "--person", "火星人")
    assert (nobody.exit_code, nobody.stdout) == (1, "")
    assert nobody.stderr.startswith("没有叫“火星人”的人")
    assert planted("forget").exit_code == 2
