"""A month of 杏林村 under one of the presets, from the evening of a day on."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from sqlmodel import select

from bot.demo.village import BRANCH, DATABASE
from bot.demo.village import village as found_village
from storage.tables import Household, Unit
from tests.stories.telling import Tale


@asynccontextmanager
async def month_of(
    preset: str, start: datetime, *, files: tuple[Path, Path], kinds: dict[str, list[str]] | None = None
) -> AsyncIterator[Tale]:
    """The village under a preset.

    Args:
        files: a migrated database, and the folder to play in.
        kinds: of households, by their head, where they differ from the demo's.
    """
    migrated, folder = files
    shutil.copyfile(migrated, folder / DATABASE)
    async with found_village(folder, start=start) as here:
        async with here.app.database.transaction() as session:
            branch = (await session.exec(select(Unit).where(Unit.name == BRANCH))).one()
            branch.preset = preset
            session.add(branch)
            for head, words in (kinds or {}).items():
                household = (await session.exec(select(Household).where(Household.head == head))).one()
                household.kinds = words
                session.add(household)
        tale = Tale(here)
        tale.listen_from_now()
        yield tale
