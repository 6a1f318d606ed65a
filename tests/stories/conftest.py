"""Stories are told on the real program: playground over HTTP, SQLite file, a clock turned by hand."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.village import DATABASE
from bot.demo.village import village as found_village
from tests.stories.telling import Tale


@pytest.fixture
async def village(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Tale]:
    """杏林村 on a Tuesday at 17:30, its group bound and everybody's name claimed."""
    shutil.copyfile(migrated_file, tmp_path / DATABASE)
    async with found_village(tmp_path) as here:
        tale = Tale(here)
        tale.listen_from_now()
        yield tale
