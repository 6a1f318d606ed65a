"""Stories are told on the real program: playground over HTTP, SQLite file, a clock turned by hand."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.demo.village import DATABASE, PRESET, START, found
from bot.demo.village import village as found_village
from bot.services.roster.make_invites import InviteLine
from tests.stories.preset_month import month_of
from tests.stories.telling import Tale, on


@dataclass(frozen=True)
class Founded:
    """The database of 杏林村 before its bot has started, to be copied, and the codes that are in it."""

    file: Path
    invites: Sequence[InviteLine]


@pytest.fixture(scope="session")
def founded(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Founded:
    file = tmp_path_factory.mktemp("founded") / DATABASE
    shutil.copyfile(migrated_file, file)
    return Founded(file, asyncio.run(found(f"sqlite+aiosqlite:///{file}", now=START)))


@pytest.fixture
async def village(founded: Founded, tmp_path: Path) -> AsyncIterator[Tale]:
    """杏林村 on a Tuesday at 17:30, its group bound and everybody's name claimed."""
    shutil.copyfile(founded.file, tmp_path / DATABASE)
    async with found_village(tmp_path, invites=founded.invites) as here:
        tale = Tale(here)
        tale.listen_from_now()
        yield tale


@pytest.fixture
async def november(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Tale]:
    """杏林村 on Friday, 27 November, eight days before its Party day on Saturday, 5 December, 9:30."""
    async with month_of(PRESET, on(11, 27, "17:30"), files=(migrated_file, tmp_path)) as tale:
        yield tale


@pytest.fixture
async def december(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Tale]:
    """The same village on the eve of its Party day."""
    async with month_of(PRESET, on(12, 4, "17:30"), files=(migrated_file, tmp_path)) as tale:
        yield tale
