from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.secrets import Secrets
from bot.services.roster.create_branch import create_branch
from bot.services.roster.import_changes import Imported
from bot.services.roster.import_roster import import_roster
from bot.services.roster.roster_file import COLUMNS, RosterRow
from storage.tables import Unit

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="session")
def secrets() -> Secrets:
    return Secrets("only for tests, and long enough for it")


def rows(*cells: Mapping[str, str] | Sequence[str]) -> list[RosterRow]:
    """Rows of a roster from row 2 on; a plain sequence is 党小组, 党员, 户主, 地址."""
    short = ("党小组", "党员", "户主", "地址")
    given = [cell if isinstance(cell, Mapping) else dict(zip(short, cell, strict=False)) for cell in cells]
    return [
        RosterRow(number, {column: one.get(column, "") for column in COLUMNS})
        for number, one in enumerate(given, start=2)
    ]


async def make_branch(session: AsyncSession, name: str = "柳湾村", **values: Any) -> Unit:
    values = {"preset": "huozhou", "town": "青溪镇", "zone": ZONE, "now": NOW, **values}
    return (await create_branch(session, branch=name, **values)).branch


async def bring(
    session: AsyncSession, secrets: Secrets, *cells: Mapping[str, str] | Sequence[str], **values: Any
) -> Imported:
    values = {"branch": None, "today": TODAY, "now": NOW, **values}
    return await import_roster(session, rows(*cells), secrets=secrets, **values)
