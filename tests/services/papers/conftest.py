"""The village of the tests of time with phones and plates, and one who prints."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.papers import PaperKind
from bot.secrets import Secrets
from bot.services.matters.looks import Onlooker
from bot.services.papers.asked import Asked, Means
from bot.services.papers.make_paper import Paper, make_paper
from storage.tables import Unit
from tests.services.time import village as places
from tests.services.time.conftest import session

__all__ = ["session"]

NOW = places.at("11-21 12:00")
SECRETS = Secrets("only for tests, and long enough for it")
Print = Callable[..., Awaitable[Any]]


@pytest.fixture
async def village(session: AsyncSession) -> places.Village:
    here = await places.found(session)
    for number, person in enumerate((here.wang, here.zhao, here.qian), start=1):
        person.phone_encrypted = SECRETS.encrypt_phone(f"1380000000{number}")
    here.li.plate, here.chen.plate = "K7M3X", "A4D9P"
    await session.flush()
    return here


@pytest.fixture
def print_paper(session: AsyncSession, village: places.Village) -> Print:
    """Prints a paper of the village's branch: a kind, and what else is asked for."""

    async def paper(
        kind: PaperKind, *, username: str | None = "lianxin_bot", now: datetime = NOW, **asked: Any
    ) -> Paper:
        branches = asked.pop("branches", None) or [await session.get_one(Unit, village.branch)]
        who = Onlooker(village.qian.name, village.qian.id)
        means = Means(asked.pop("secrets", SECRETS), username)
        return await make_paper(session, Asked(kind, branches, **asked), who, means, now=now)

    return paper
