"""Rosters as people really send them: each that is not sound gets the sentences that say what to do."""

from __future__ import annotations

import tomllib
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from sqlmodel import select

from bot.secrets import Secrets
from bot.services.roster.find_branch import find_branch
from bot.services.roster.import_roster import RosterRefused, import_roster
from bot.services.roster.roster_file import COLUMNS, RosterUnreadable, read_roster
from bot.services.roster.roster_rows import check_rows
from storage.database import Database
from storage.tables import Household, Person
from tests.services.setup.conftest import NOW, TODAY, make_branch

Case = dict[str, Any]
CASES: list[Case] = tomllib.loads(Path(__file__).with_name("bad_rosters.toml").read_text("utf-8"))["roster"]
HEADER = ",".join(COLUMNS)


def _content(case: Case) -> bytes:
    if "bytes" in case:
        return bytes.fromhex(case["bytes"])
    content = BytesIO()
    if "zip" in case:
        with ZipFile(content, "w") as packed:
            for part in case["zip"]:
                packed.writestr(part, b"-")
    elif "sheet" in case:
        _book(case).save(content)
    else:
        return _text(case).encode()
    return content.getvalue()


def _text(case: Case) -> str:
    if "file" in case:
        return str(case["file"])
    return _rows(case["rows"], branch=case.get("branches", "柳湾村"), raw=case.get("raw", False))


def _rows(rows: str, *, branch: str, raw: bool = False) -> str:
    """The rows below the header; a blank row stays one."""
    lines = rows.replace("{long}", "长" * 201).lstrip("\n").split("\n") if rows else []
    own = [line if not line.strip(",") or (raw and line == HEADER) else f"{branch},{line}" for line in lines]
    return "\n".join([HEADER, *own]) + "\n"


def _book(case: Case) -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = "一"
    for row in case["sheet"]:
        sheet.append(row)
    if "merge" in case:
        sheet.merge_cells(case["merge"])
    if "second" in case:
        other = book.create_sheet("二")
        for row in case["second"]:
            other.append(row)
    return book


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
async def test_a_bad_roster(case: Case, database: Database, secrets: Secrets, tmp_path: Path) -> None:
    path = tmp_path / case.get("name", "花名册.xlsx" if "sheet" in case else "花名册.csv")
    path.write_bytes(_content(case))
    async with database.transaction() as session:
        await make_branch(session)
        if "branches" in case:
            await make_branch(session, "石桥村")
        if "before" in case:
            before = tmp_path / "before.csv"
            before.write_text(_rows(case["before"], branch="柳湾村"), encoding="utf-8")
            roster = read_roster(before)
            await import_roster(session, roster.rows, branch=None, secrets=secrets, today=TODAY, now=NOW)
        there = len((await session.exec(select(Person))).all())
    if "unreadable" in case:
        with pytest.raises(RosterUnreadable) as unreadable:
            read_roster(path)
        assert str(unreadable.value) == case["unreadable"]
        return
    roster = read_roster(path)
    refused: list[str] = []
    told = roster.notes
    try:
        async with database.transaction() as session:
            into = await find_branch(session, case["into"]) if "into" in case else None
            done = await import_roster(
                session, roster.rows, branch=into, secrets=secrets, today=TODAY, now=NOW
            )
            told += [*map(str, done.doubts), *done.notes]
    except RosterRefused as error:
        refused = [str(fault) for fault in error.faults]
    assert refused == case.get("refused", [])
    if refused:
        async with database.reading() as session:
            assert len((await session.exec(select(Person))).all()) == there
            assert (await session.exec(select(Household))).all() == []
    else:
        assert told == case["told"]


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 60
    assert len({case["what"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("周 明 远", "周明远"),
        ("周\u200b明\ufeff远", "周明远"),
        ("周\u3000明远\n", "周明远"),
        ("周明远(大)", "周明远(大)"),
        ("买买提·吐尔逊", "买买提·吐尔逊"),
    ],
)
def test_what_nobody_sees_is_no_part_of_a_name(tmp_path: Path, written: str, read: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'党员,角色\n"{written}",书记\n', encoding="utf-8")
    [entry], faults = check_rows(read_roster(path).rows)
    assert (entry.member, faults) == (read, [])


@pytest.mark.parametrize(
    "written",
    ["１３８００００００１２", "138 0000 0012", "+86 138-0000-0012", "8613800000012", '="13800000012"'],
)
def test_a_phone_is_read_however_it_is_written(tmp_path: Path, written: str) -> None:
    path = tmp_path / "a.csv"
    cell = written.replace('"', '""')
    path.write_text(f'党员,手机\n周明远,"{cell}"\n', encoding="utf-8")
    [entry], faults = check_rows(read_roster(path).rows)
    assert (entry.phone, faults) == ("13800000012", [])
