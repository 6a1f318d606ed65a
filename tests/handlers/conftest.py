"""A conversation in a village of its own."""

from __future__ import annotations

import pytest

from storage.database import Database
from tests.handlers.conversation import Conversation
from tests.services.acts.village import found


@pytest.fixture
async def talk(database: Database) -> Conversation:
    async with database.transaction() as session:
        village = await found(session)
    return Conversation(database, village)
