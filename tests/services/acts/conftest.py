"""One transaction on a real database, in a village of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Database
from tests.services.acts.village import Village, found


@pytest.fixture
async def session(database: Database) -> AsyncIterator[AsyncSession]:
    async with database.transaction() as session:
        yield session


@pytest.fixture
async def village(session: AsyncSession) -> Village:
    return await found(session)
