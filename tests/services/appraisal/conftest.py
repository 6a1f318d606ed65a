"""The village of the tests of time, with six households more whose people have scanned their plates."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.preset import Preset
from bot.services.roster.parameters import for_unit
from storage.tables import Household, Person
from tests.services.time import village as places
from tests.services.time.conftest import session
from tests.services.time.village import Village

__all__ = ["session"]


@dataclass
class Here:
    """The village, its households by number, and a resident of each."""

    village: Village
    homes: list[Household]
    residents: list[Person]
    preset: Preset


@pytest.fixture
async def here(session: AsyncSession) -> Here:
    village = await places.found(session, preset="huiji")
    homes, residents = [], []
    for number in range(6):
        head, address = f"户主{number}", f"村东{number}号"
        home = await places.household(
            session, village.branch, village.group, head, address, ["ordinary"], village.wang
        )
        resident = await places.person(session, f"住户{number}", village.branch)
        resident.household_id = home.id
        session.add(resident)
        homes.append(home)
        residents.append(resident)
    await session.flush()
    return Here(village, homes, residents, await for_unit(session, village.branch))
